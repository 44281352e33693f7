import LoadEngine
import Platform

/// A system that forgets memory, descriptors or threads.
struct LeakDefect: PlantedDefect {
    static let manual = DefectManual(
        name: "leak",
        form: "=B|descriptor|thread/event|flush|session|thread",
        parameters: [(name: "every", form: "=N")],
        place: .calls,
        explanation: "Takes B bytes, a descriptor or a thread at each call, each flush, each time the system is made, "
            + "or the first call of each thread, or at every N-th of them, and never gives it back."
    )

    /// When something is forgotten.
    private enum Occasion: String, CaseIterable {
        case event
        case flush
        case session
        case thread
    }

    private let resource: LeakedResource
    private let occasion: Occasion
    private let every: UInt64

    init(_ values: inout DefectValues) throws(SystemConfigurationError) {
        let parts = values.text("leak")?.split(separator: "/", omittingEmptySubsequences: false).map(String.init) ?? []
        let occasion = parts.count == 2 ? Occasion(rawValue: parts[1]) : nil
        guard parts.isEmpty || occasion != nil else {
            throw values.refusal(
                "leak",
                "is not a size, \"descriptor\" or \"thread\" for each event, flush, session or thread; "
                    + "for example 64B/event"
            )
        }
        switch parts.first {
        case "descriptor": resource = .descriptor
        case "thread": resource = .thread
        default: resource = .memory(bytes: try values.bytes("leak", of: parts.first))
        }
        self.occasion = occasion ?? .event
        every = UInt64(try values.integer("every", in: 1...1_000_000_000) ?? 1)
    }

    func plant(in site: DefectSite) throws(SystemConfigurationError) -> any TelemetrySystem {
        let base = try site.make(site.configuration)
        let (resource, occasion, every) = (resource, occasion, every)
        if occasion == .session, Self.sessions.next(every) { resource.forget() }
        return WrappedSystem(base) { parts in
            switch occasion {
            case .event:
                parts.makeProducer = { LeakingProducer(try base.makeProducer($0), resource, OneIn(every)) }
            case .thread:
                parts.makeProducer = { LeakingProducer(try base.makeProducer($0), resource, NewThreads(every)) }
            case .flush:
                let flushes = Turns()
                parts.flush = {
                    if flushes.next(every) { resource.forget() }
                    return base.flush(timeoutNanoseconds: $0)
                }
            case .session: break
            }
        }
    }

    /// Counts the systems of the whole process.
    private static let sessions = Turns()
}

/// Forgets something at the calls that are picked.
private final class LeakingProducer<Picker: CallPicker>: TelemetryProducer {
    private let base: any TelemetryProducer
    private let resource: LeakedResource
    private var picker: Picker

    init(_ base: any TelemetryProducer, _ resource: LeakedResource, _ picker: Picker) {
        self.base = base
        self.resource = resource
        self.picker = picker
    }

    func perform(_ number: UInt64) -> Int {
        if picker.next() { resource.forget() }
        return base.perform(number)
    }
}

/// Picks the first call of a thread to any system, of every N-th thread.
private struct NewThreads: CallPicker {
    /// Not null in a thread that has called.
    private static let mark = ThreadSlot { _ in }
    private static let threads = Turns()
    private let every: UInt64

    init(_ every: UInt64) {
        self.every = every
    }

    mutating func next() -> Bool {
        guard Self.mark.pointer == nil else { return false }
        Self.mark.set(UnsafeMutableRawPointer(bitPattern: 1))
        return Self.threads.next(every)
    }
}
