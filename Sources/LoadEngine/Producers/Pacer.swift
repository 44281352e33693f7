/// Waits for intended starts: sleeps until shortly before, and spins the rest.
///
///     now ──── sleep (absolute, in slices) ────▶│── spin ──▶│ target
///                                               target − spin
///
/// A sleep alone ends 20 to 70 µs late, and later the longer it was: an idle processor goes to deeper sleep itself.
/// Spinning alone would burn a core. So it spins a twentieth of the wait, within limits. What it spins is counted,
/// because it is processor time of the load generator and not of the system.
struct Pacer<Clock: PacingClock> {
    /// The time spent spinning, in nanoseconds.
    private(set) var spunNanoseconds: UInt64 = 0

    private let clock: Clock
    private let stop: StopFlag

    /// How long before the target a sleep ends: more than a sleep is late nearly always, with a timer slack of 1 ns.
    ///
    /// - Parameter wait: how long the whole wait is, in nanoseconds.
    /// - Returns: a twentieth of it, but 60 to 500 µs.
    static func spinNanoseconds(ofWait wait: UInt64) -> UInt64 {
        min(max(wait / 20, 60_000), 500_000)
    }

    /// The longest sleep, so that a stop is noticed.
    static var sliceNanoseconds: UInt64 { 100_000_000 }

    init(clock: Clock, stop: StopFlag) {
        self.clock = clock
        self.stop = stop
    }

    /// Waits for a moment.
    ///
    /// Hot path: one reading of the clock where the moment has passed already.
    ///
    /// - Parameter target: the moment to wait for.
    /// - Returns: the first reading of the clock that is not before the target, or nil when a stop came first.
    @inline(__always)
    mutating func wait(until target: UInt64) -> UInt64? {
        guard !stop.isSet else { return nil }
        let now = clock.now()
        return now >= target ? now : sleepAndSpin(from: now, until: target)
    }

    @inline(never)
    private mutating func sleepAndSpin(from start: UInt64, until target: UInt64) -> UInt64? {
        var now = start
        let spin = Self.spinNanoseconds(ofWait: target - start)
        while target - now > spin {
            clock.sleep(until: min(target - spin, now + Self.sliceNanoseconds))
            guard !stop.isSet else { return nil }
            now = clock.now()
            guard now < target else { return now }
        }
        let spinStart = now
        while now < target { now = clock.now() }
        spunNanoseconds += now - spinStart
        return now
    }
}
