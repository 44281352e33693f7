import LoadEngine

/// A system that loses items and says nothing of it.
struct DropDefect: PlantedDefect {
    static let manual = DefectManual(
        name: "drop",
        form: "=1/N",
        place: .calls,
        explanation: "Loses the items of every N-th call: they count as accepted and exported and are never sent."
    )

    private let number: UInt64

    init(_ values: inout DefectValues) throws(SystemConfigurationError) {
        number = try values.oneIn("drop")
    }

    func plant(in site: DefectSite) throws(SystemConfigurationError) -> any TelemetrySystem {
        let base = try site.make(site.configuration)
        let lost = ItemTally()
        return WrappedSystem(base) { [number] parts in
            parts.makeProducer = { LosingProducer(try base.makeProducer($0), $0, every: number, lost) }
            parts.counters = { base.counters().claiming(lost.value) }
        }
    }
}

/// Accepts the items of every N-th call and does nothing with them.
private final class LosingProducer: TelemetryProducer {
    private let base: any TelemetryProducer
    private let items: Int
    /// Nil for measurements, which no system counts one by one.
    private let tally: ItemTally?
    private var picker: OneIn

    init(_ base: any TelemetryProducer, _ context: ProducerContext, every number: UInt64, _ tally: ItemTally) {
        self.base = base
        items = context.workload.itemsPerOperation
        self.tally = context.workload.operation.signal == .metrics ? nil : tally
        picker = OneIn(number)
    }

    func perform(_ number: UInt64) -> Int {
        guard picker.next() else { return base.perform(number) }
        tally?.add(items)
        return items
    }
}
