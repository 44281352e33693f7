/// The operations of a single workload.
struct SingleIssuer: OperationIssuer {
    let latencies: LatencyWriter
    private let target: any TelemetryProducer
    private let counters: OperationCounters
    private let items: UInt64
    private var number: UInt64 = 0
    private var accepted = 0

    /// - Parameters:
    ///   - workload: what an operation hands to the system.
    ///   - target: the system's producer for it.
    ///   - recorder: where its operations are recorded and counted.
    init(_ workload: Workload, target: any TelemetryProducer, recorder: ProducerRecorder) {
        self.target = target
        counters = recorder.components[0]
        latencies = LatencyWriter(recorder.latencies[0])
        items = UInt64(workload.itemsPerOperation)
    }

    @inline(__always)
    mutating func perform() {
        accepted = target.perform(number)
    }

    @inline(__always)
    mutating func settle() {
        counters.count(accepted: min(UInt64(clamping: accepted), items), of: items, number: number)
        // Exact: below 2^40 by the limits of a plan, or a little above when time alone bounds it.
        number &+= items
    }

    /// Nothing is handed to the system, so that the numbers of its items stay without a gap.
    mutating func skip() {}
}
