import Measurement

/// What one producer records: written by its thread alone, read by the reporter at any time.
///
/// All memory is allocated and touched at the start of the run. Histograms that the plan has no use for do not exist.
final class ProducerRecorder: Sendable {
    /// What the producer's operations hand to the system.
    let workload: WorkloadMix
    /// One set for each kind of operation that the producer has.
    let latencies: [LatencyHistograms]
    /// For each component of the workload the index of its set.
    let latencyIndices: [Int]
    /// Durations of the flushes that the producer makes itself.
    let flushLatency: Histogram?
    /// What became of the operations, for each component of the workload.
    let components: [OperationCounters]
    /// Operations that were due and could not be started before the deadline of their phase.
    let missed = Counter()
    /// Phases at whose deadline an operation had been started and had not returned.
    let inFlight = Counter()
    /// Flushes of the producer that did not end in success.
    let failedFlushes = Counter()
    /// Time spent spinning for intended starts, in nanoseconds.
    let spunNanoseconds = Counter()

    /// Creates what a producer of the plan needs.
    init(for plan: Plan, producer: Int) {
        workload = plan.scenarios[plan.place(ofProducer: producer).scenario].workload
        let isOpen = plan.phases.contains(where: \.isOpen)
        let operations = workload.components.map(\.workload.operation)
        let kinds = operations.indices.filter { operations.firstIndex(of: operations[$0]) == $0 }.map { operations[$0] }
        latencies = kinds.map { LatencyHistograms($0, isOpen: isOpen) }
        latencyIndices = operations.map { kinds.firstIndex(of: $0) ?? 0 }
        components = operations.map { _ in OperationCounters() }
        flushLatency = plan.phases.contains { $0.flushEvery != nil } ? Histogram() : nil
    }

    /// Operations performed, over all components.
    var operations: UInt64 { components.reduce(0) { $0 + $1.operations.value } }
    /// Items that the system accepted, over all components.
    var accepted: UInt64 { components.reduce(0) { $0 + $1.accepted.value } }
    /// Items that the system refused, over all components.
    var rejected: UInt64 { components.reduce(0) { $0 + $1.rejected.value } }
}
