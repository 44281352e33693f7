import LoadEngine

/// A system that only pretends: the fastest of all.
struct NothingDefect: PlantedDefect {
    static let manual = DefectManual(
        name: "nothing",
        place: .calls,
        explanation: "Accepts everything, claims to have exported it, and does nothing at all."
    )

    init(_ values: inout DefectValues) throws(SystemConfigurationError) {
        try values.none()
    }

    func plant(in site: DefectSite) throws(SystemConfigurationError) -> any TelemetrySystem {
        // Made all the same: its configuration is checked, and it says what it is.
        let base = try site.make(site.configuration)
        let claimed = ItemTally()
        return WrappedSystem(base) { parts in
            parts.makeProducer = { PretendingProducer($0, claimed) }
            parts.flush = { _ in .success }
            parts.counters = { SystemCounters().claiming(claimed.value) }
        }
    }
}

/// Says yes.
private final class PretendingProducer: TelemetryProducer {
    private let items: Int
    private let tally: ItemTally?

    init(_ context: ProducerContext, _ tally: ItemTally) {
        items = context.workload.itemsPerOperation
        self.tally = context.workload.operation.signal == .metrics ? nil : tally
    }

    func perform(_ number: UInt64) -> Int {
        tally?.add(items)
        return items
    }
}
