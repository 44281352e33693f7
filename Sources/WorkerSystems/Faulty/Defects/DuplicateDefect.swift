import LoadEngine

/// A system that sends items twice and counts them once.
struct DuplicateDefect: PlantedDefect {
    static let manual = DefectManual(
        name: "duplicate",
        form: "=1/N",
        place: .calls,
        explanation: "Sends the items of every N-th call twice and counts them once."
    )

    private let number: UInt64

    init(_ values: inout DefectValues) throws(SystemConfigurationError) {
        number = try values.oneIn("duplicate")
    }

    func plant(in site: DefectSite) throws(SystemConfigurationError) -> any TelemetrySystem {
        let base = try site.make(site.configuration)
        let extra = ItemTally()
        return WrappedSystem(base) { [number] parts in
            parts.makeProducer = { DoublingProducer(try base.makeProducer($0), $0, every: number, extra) }
            parts.counters = { base.counters().concealing(extra.value) }
        }
    }
}

/// Performs every N-th call twice.
private final class DoublingProducer: TelemetryProducer {
    private let base: any TelemetryProducer
    private let tally: ItemTally?
    private var picker: OneIn

    init(_ base: any TelemetryProducer, _ context: ProducerContext, every number: UInt64, _ tally: ItemTally) {
        self.base = base
        self.tally = context.workload.operation.signal == .metrics ? nil : tally
        picker = OneIn(number)
    }

    func perform(_ number: UInt64) -> Int {
        let accepted = base.perform(number)
        if picker.next() {
            let again = base.perform(number)
            tally?.add(again)
        }
        return accepted
    }
}
