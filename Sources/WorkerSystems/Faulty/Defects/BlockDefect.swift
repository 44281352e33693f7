import LoadEngine
import Platform

/// A system that blocks a caller now and then: a lock shared with the exporter, a write to disk at the call.
struct BlockDefect: PlantedDefect {
    static let manual = DefectManual(
        name: "block",
        form: "=1/N",
        parameters: [("for", "=D")],
        place: .calls,
        explanation: "Blocks every N-th call of each producer for D; the others go on."
    )

    private let number: UInt64
    private let nanoseconds: UInt64

    init(_ values: inout DefectValues) throws(SystemConfigurationError) {
        number = try values.oneIn("block")
        nanoseconds = try values.duration("for")
    }

    func plant(in site: DefectSite) throws(SystemConfigurationError) -> any TelemetrySystem {
        let base = try site.make(site.configuration)
        return WrappedSystem(base) { [number, nanoseconds] parts in
            parts.makeProducer = { BlockingProducer(try base.makeProducer($0), every: number, for: nanoseconds) }
        }
    }
}

/// Sleeps in every N-th call.
private final class BlockingProducer: TelemetryProducer {
    private let base: any TelemetryProducer
    private let nanoseconds: UInt64
    private var picker: OneIn

    init(_ base: any TelemetryProducer, every number: UInt64, for nanoseconds: UInt64) {
        self.base = base
        self.nanoseconds = nanoseconds
        picker = OneIn(number)
    }

    func perform(_ number: UInt64) -> Int {
        if picker.next() { Sleep.for(nanoseconds: nanoseconds) }
        return base.perform(number)
    }
}
