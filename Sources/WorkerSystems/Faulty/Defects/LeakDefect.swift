import LoadEngine

/// A system that forgets memory.
struct LeakDefect: PlantedDefect {
    static let manual = DefectManual(
        name: "leak",
        form: "=B/event|flush",
        place: .calls,
        explanation: "Allocates B bytes at each call, or at each flush, and never frees them."
    )

    private let bytes: Int
    private let isPerFlush: Bool

    init(_ values: inout DefectValues) throws(SystemConfigurationError) {
        let parts = values.text("leak")?.split(separator: "/", omittingEmptySubsequences: false).map(String.init) ?? []
        guard parts.isEmpty || (parts.count == 2 && ["event", "flush"].contains(parts[1])) else {
            throw values.refusal("leak", "is not a size for each event or flush; for example 64B/event")
        }
        bytes = try values.bytes("leak", of: parts.first)
        isPerFlush = parts[1] == "flush"
    }

    func plant(in site: DefectSite) throws(SystemConfigurationError) -> any TelemetrySystem {
        let base = try site.make(site.configuration)
        return WrappedSystem(base) { [bytes, isPerFlush] parts in
            if isPerFlush {
                parts.flush = {
                    Self.leak(bytes)
                    return base.flush(timeoutNanoseconds: $0)
                }
            } else {
                parts.makeProducer = { LeakingProducer(try base.makeProducer($0), bytes) }
            }
        }
    }

    /// Takes memory, writes to all of it, and forgets it.
    @inline(never)
    fileprivate static func leak(_ bytes: Int) {
        let memory = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: 16)
        memory.initializeMemory(as: UInt8.self, repeating: 0xA5, count: bytes)
    }
}

/// Leaks with each call.
private final class LeakingProducer: TelemetryProducer {
    private let base: any TelemetryProducer
    private let bytes: Int

    init(_ base: any TelemetryProducer, _ bytes: Int) {
        self.base = base
        self.bytes = bytes
    }

    func perform(_ number: UInt64) -> Int {
        LeakDefect.leak(bytes)
        return base.perform(number)
    }
}
