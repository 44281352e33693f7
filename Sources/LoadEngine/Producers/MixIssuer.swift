/// The operations of a mix: each goes to the producer of the component that the plan chooses for it.
struct MixIssuer: OperationIssuer {
    private struct Part {
        let target: any TelemetryProducer
        let counters: OperationCounters
        let latencies: LatencyWriter
        let items: UInt64
        /// Whether its items have ids, which are numbered over all such parts; measurements are numbered by themselves.
        let hasItemIDs: Bool
        var measurements: UInt64 = 0
    }

    private let choice: WorkloadMix.Choice
    private var parts: [Part]
    private var operation: UInt64 = 0
    private var item: UInt64 = 0
    private var index: Int
    private var number: UInt64 = 0
    private var accepted = 0

    /// - Parameters:
    ///   - mix: the components.
    ///   - choice: the plan's choice for the producer.
    ///   - targets: the system's producers, one for each component.
    ///   - recorder: where operations are recorded and counted.
    init(
        _ mix: WorkloadMix,
        choice: WorkloadMix.Choice,
        targets: [any TelemetryProducer],
        recorder: ProducerRecorder
    ) {
        self.choice = choice
        parts = mix.components.indices.map { index in
            let workload = mix.components[index].workload
            return Part(
                target: targets[index],
                counters: recorder.components[index],
                latencies: LatencyWriter(recorder.latencies[recorder.latencyIndices[index]]),
                items: UInt64(workload.itemsPerOperation),
                hasItemIDs: workload.operation.signal != .metrics
            )
        }
        index = choice.index(of: 0)
    }

    var latencies: LatencyWriter {
        @inline(__always) get { parts[index].latencies }
    }

    @inline(__always)
    mutating func perform() {
        accepted = parts[index].target.perform(number)
    }

    @inline(__always)
    mutating func settle() {
        let items = parts[index].items
        parts[index].counters.count(accepted: min(UInt64(clamping: accepted), items), of: items, number: number)
        // Wrapping additions are exact, as in `SingleIssuer`.
        if parts[index].hasItemIDs { item &+= items } else { parts[index].measurements &+= 1 }
        skip()
    }

    /// The plan's choice goes with the number of the operation, whether it is performed or not; items are numbered without
    /// a gap.
    @inline(__always)
    mutating func skip() {
        operation &+= 1
        index = choice.index(of: operation)
        number = parts[index].hasItemIDs ? item : parts[index].measurements
    }
}
