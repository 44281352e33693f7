import Platform

/// Time as producers see it; tests pass a clock that they advance themselves.
///
/// All times are nanoseconds of one clock that never goes back.
protocol PacingClock: Sendable {
    /// The time now; on the hot path, 25 ns.
    func now() -> UInt64

    /// Blocks the calling thread until a moment; it may come back late, never early.
    func sleep(until moment: UInt64)

    /// Makes sleeps of the calling thread as precise as they can be.
    func prepareThread()
}

/// The machine's monotonic clock.
struct SystemPacingClock: PacingClock {
    @inline(__always)
    func now() -> UInt64 { MonotonicClock.now() }

    func sleep(until moment: UInt64) { Sleep.until(monotonic: moment) }

    func prepareThread() {
        // The kernel may otherwise join wake-ups within 50 µs. Where it is refused, sleeps end up to 50 µs later, which
        // the lag histogram shows; there is nothing else to do about it.
        try? TimerSlack.set(nanoseconds: 1)
    }
}
