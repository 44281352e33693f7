import Measurement

/// What one producer records: written by its thread alone, read by the reporter at any time.
///
/// All memory is allocated and touched at the start of the run. Histograms that the plan has no use for do not exist.
final class ProducerRecorder: Sendable {
    /// From the intended start to the end; open model only.
    let response: Histogram?
    /// From the actual start to the end.
    let service = Histogram()
    /// From the intended to the actual start; open model only.
    let lag: Histogram?
    /// Durations of the flushes that the producer makes itself.
    let flushLatency: Histogram?
    /// What became of the operations, for each component of the mix.
    let components: [OperationCounters]
    /// Flushes of the producer that did not end in success.
    let failedFlushes = Counter()
    /// Time spent spinning for intended starts, in nanoseconds.
    let spunNanoseconds = Counter()

    /// Creates what a producer of the plan needs.
    init(for plan: Plan) {
        let isOpen = plan.phases.contains { phase in
            switch phase.schedule {
            case .constant, .burst: true
            case .closed, .idle: false
            }
        }
        components = plan.workload.components.map { _ in OperationCounters() }
        response = isOpen ? Histogram() : nil
        lag = isOpen ? Histogram() : nil
        flushLatency = plan.phases.contains { $0.flushEvery != nil } ? Histogram() : nil
    }
    /// Operations performed, over all components.
    var operations: UInt64 { components.reduce(0) { $0 + $1.operations.value } }
    /// Items that the system accepted, over all components.
    var accepted: UInt64 { components.reduce(0) { $0 + $1.accepted.value } }
    /// Items that the system refused, over all components.
    var rejected: UInt64 { components.reduce(0) { $0 + $1.rejected.value } }
}
