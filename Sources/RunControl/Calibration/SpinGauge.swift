import Measurement
import Platform

/// What a thread loses that does nothing but look at the clock: the host's own noise, below which no lag can be.
struct SpinGauge {
    /// How long it looked, in nanoseconds.
    let watched: UInt64
    /// The largest distance of two readings.
    let maximumGap: UInt64
    /// The distance that an operation at a random moment would have met, 99th percentile.
    let gapP99: UInt64
    /// The sum of the distances of more than a microsecond.
    let lost: UInt64

    /// Looks at the clock for a while; uses a processor all the time.
    ///
    /// - Parameter nanoseconds: how long.
    init(nanoseconds: UInt64) {
        let gaps = Histogram()
        let start = MonotonicClock.now()
        var (last, longest, lost): (UInt64, UInt64, UInt64) = (start, 0, 0)
        while last - start < nanoseconds {
            let now = MonotonicClock.now()
            let gap = now - last
            // A moment falls into a gap the more likely the longer the gap is.
            gaps.record(gap, count: gap)
            if gap > 1_000 { lost += gap }
            longest = max(longest, gap)
            last = now
        }
        watched = last - start
        maximumGap = longest
        self.lost = lost
        gapP99 = min(longest, gaps.snapshot().value(atPercentile: 99) ?? longest)
    }
}
