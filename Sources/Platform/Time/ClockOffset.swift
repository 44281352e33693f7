/// How far the clock for time stamps is ahead of the clock for durations.
///
/// Both run at the same corrected rate, so the distance changes only when somebody sets the time: by a step, which spoils
/// every age that was worked out from time stamps of two moments.
package enum ClockOffset {
    /// `CLOCK_REALTIME` minus `CLOCK_MONOTONIC`, in nanoseconds.
    ///
    /// Reads the one between two readings of the other, up to five times, and keeps the narrowest: being interrupted
    /// between them would look like a step. About 80 ns.
    ///
    /// - Returns: the distance and by how much it may be wrong, both in nanoseconds.
    package static func now() -> (nanoseconds: Int64, uncertainty: UInt64) {
        var best: (nanoseconds: Int64, uncertainty: UInt64) = (0, .max)
        for _ in 0..<5 {
            let before = MonotonicClock.now()
            let wall = WallClock.now()
            let after = MonotonicClock.now()
            if after - before < best.uncertainty {
                let middle = before + (after - before) / 2
                best = (Int64(clamping: wall) - Int64(clamping: middle), after - before)
            }
            if best.uncertainty < 2_000 { break }
        }
        return best
    }
}
