/// Performs a producer's operations one after the other, and counts what becomes of them.
///
/// A value in a local variable of the loop that times the operations; it is kept from phase to phase.
protocol OperationIssuer {
    /// Performs the next operation: the call that is timed, and nothing else.
    mutating func perform()

    /// Counts the operation that was performed last, and makes ready for the next; not timed.
    mutating func settle()
}

/// The operations of a single workload.
struct SingleIssuer: OperationIssuer {
    private let target: any TelemetryProducer
    private let counters: OperationCounters
    private let items: UInt64
    private var number: UInt64 = 0
    private var accepted = 0

    /// - Parameters:
    ///   - workload: what an operation hands to the system.
    ///   - target: the system's producer for it.
    ///   - counters: where its operations are counted.
    init(_ workload: Workload, target: any TelemetryProducer, counters: OperationCounters) {
        self.target = target
        self.counters = counters
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
}

/// The operations of a mix: each goes to the producer of the component that the plan chooses for it.
struct MixIssuer: OperationIssuer {
    private struct Part {
        let target: any TelemetryProducer
        let counters: OperationCounters
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
    ///   - counters: where operations are counted, one for each component.
    init(
        _ mix: WorkloadMix,
        choice: WorkloadMix.Choice,
        targets: [any TelemetryProducer],
        counters: [OperationCounters]
    ) {
        self.choice = choice
        parts = mix.components.indices.map { index in
            let workload = mix.components[index].workload
            return Part(
                target: targets[index],
                counters: counters[index],
                items: UInt64(workload.itemsPerOperation),
                hasItemIDs: workload.operation.signal != .metrics
            )
        }
        index = choice.index(of: 0)
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
        operation &+= 1
        index = choice.index(of: operation)
        number = parts[index].hasItemIDs ? item : parts[index].measurements
    }
}
