import LoadEngine
import Platform
import Synchronization

/// A system that answers nobody for a while: a lock held too long, a full pipe, a stop of the world.
struct StallDefect: PlantedDefect {
    static let manual = DefectManual(
        name: "stall",
        form: "=D",
        parameters: [("at", "=D"), ("every", "=D")],
        place: .calls,
        explanation: "Blocks all calls for D, once, 1 s after the first call or at the time given, or again and again."
    )

    private let duration: UInt64
    private let offset: UInt64
    private let period: UInt64?

    init(_ values: inout DefectValues) throws(SystemConfigurationError) {
        duration = try values.duration("stall")
        offset = try values.optionalDuration("at") ?? 1_000_000_000
        period = try values.optionalDuration("every")
        if let period, period <= duration {
            throw values.refusal("every", "is not longer than the stall itself: no call would ever end")
        }
    }

    func plant(in site: DefectSite) throws(SystemConfigurationError) -> any TelemetrySystem {
        let base = try site.make(site.configuration)
        let stall = Stall(duration: duration, offset: offset, period: period)
        return WrappedSystem(base) { parts in
            parts.makeProducer = { StallingProducer(try base.makeProducer($0), stall) }
        }
    }
}

/// When a system stalls, counted from its first call.
///
///     0          offset       offset + duration     offset + period
///     |── calls ────|── no call returns ──|── calls ────|── no call …
final class Stall: Sendable {
    private let duration: UInt64
    private let offset: UInt64
    private let period: UInt64?
    /// The moment of the first call; 0 before it.
    ///
    /// Relaxed: whoever comes first sets it, and nothing hangs on it.
    private let start = Atomic<UInt64>(0)

    init(duration: UInt64, offset: UInt64, period: UInt64?) {
        self.duration = duration
        self.offset = offset
        self.period = period
    }

    /// Until when a call that comes now is blocked.
    ///
    /// - Parameter now: nanoseconds of the monotonic clock, not 0.
    /// - Returns: a moment of that clock; nil if the call is not blocked.
    func end(for now: UInt64) -> UInt64? {
        let (_, first) = start.compareExchange(expected: 0, desired: now, ordering: .relaxed)
        let start = first == 0 ? now : first
        guard now >= start, now - start >= offset else { return nil }
        var began = start + offset
        if let period { began += (now - began) / period * period }
        return now - began < duration ? began + duration : nil
    }
}

/// Waits while the system stalls, then calls.
private final class StallingProducer: TelemetryProducer {
    private let base: any TelemetryProducer
    private let stall: Stall

    init(_ base: any TelemetryProducer, _ stall: Stall) {
        self.base = base
        self.stall = stall
    }

    func perform(_ number: UInt64) -> Int {
        if let end = stall.end(for: MonotonicClock.now()) { Sleep.until(monotonic: end) }
        return base.perform(number)
    }
}
