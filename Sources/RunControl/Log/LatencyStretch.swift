import Measurement

/// What an entry of a log of latencies has for a plot over time.
struct LatencyStretch {
    /// Where it begins, in seconds since the log began.
    var startSeconds: Double
    /// Where it ends.
    var endSeconds: Double
    /// What was recorded.
    var histogram: CoarseHistogram

    /// Takes over an entry.
    init(_ entry: HistogramLogEntry) {
        startSeconds = entry.startSeconds
        endSeconds = entry.startSeconds + entry.lengthSeconds
        histogram = CoarseHistogram(entry.histogram)
    }
}
