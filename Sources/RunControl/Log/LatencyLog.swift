import Measurement

/// Turns the latencies of intervals into lines of an HdrHistogram log, within a budget of bytes.
///
/// Each interval becomes lines of its own as long as the budget lasts: 2 MB at once, 4.4 kB a second in the first hour,
/// and from then on less and less, so that a log of any length is bounded:
///
///     t ≤ 1 h    2 MB + 4.4 kB/s · t                              17.8 MB after an hour
///     t > 1 h    the same + 15.84 MB · 2 · (1 − √(1 h / t))       43.1 MB after a day, never more than 49.5 MB
///
/// Beyond the budget intervals are merged until there is budget again; what is merged is still exact, and only the
/// resolution in time suffers. It is also what a log lacks that ends with no warning.
struct LatencyLog {
    private static let burstBytes = 2_000_000.0
    private static let bytesPerSecond = 4_400.0
    private static let fullRateSeconds = 3_600.0

    private var pending: [(tag: String, start: Double, end: Double, histogram: HistogramSnapshot)] = []
    private var budget = Self.burstBytes
    private var refilledAt = 0.0

    /// Adds what was recorded in an interval.
    ///
    /// - Parameters:
    ///   - tag: what it is of.
    ///   - start: the start of the interval, in seconds since the log began.
    ///   - end: its end.
    ///   - histogram: what was recorded; nil or empty adds nothing.
    mutating func add(_ tag: String, from start: Double, to end: Double, _ histogram: HistogramSnapshot?) {
        guard let histogram, !histogram.isEmpty else { return }
        if let index = pending.firstIndex(where: { $0.tag == tag }) {
            pending[index].end = end
            pending[index].histogram.add(histogram)
        } else {
            pending.append((tag, start, end, histogram))
        }
    }

    /// Takes the lines that are due.
    ///
    /// - Parameters:
    ///   - now: seconds since the log began.
    ///   - isLast: whether nothing may be held back, because a phase is over.
    /// - Returns: the lines; empty while the budget is used up.
    /// - Throws: `CompressionError.outOfMemory`.
    mutating func take(at now: Double, isLast: Bool) throws -> String {
        let end = max(refilledAt, now)
        budget = min(Self.burstBytes, budget + Self.allowance(until: end) - Self.allowance(until: refilledAt))
        refilledAt = end
        guard isLast || budget > 0 else { return "" }
        let lines = try pending.map { part in
            try HistogramLogEntry(
                tag: part.tag,
                startSeconds: part.start,
                lengthSeconds: part.end - part.start,
                histogram: part.histogram
            ).line()
        }.joined()
        pending = []
        // The end of a phase may leave a debt, which the intervals after it pay.
        budget -= Double(lines.utf8.count)
        return lines
    }

    /// What may be written in all, beside the burst: the rate is constant for an hour, and then falls as t to the power
    /// of −1.5.
    private static func allowance(until seconds: Double) -> Double {
        let full = bytesPerSecond * fullRateSeconds
        return seconds <= fullRateSeconds
            ? bytesPerSecond * seconds : full * (3 - 2 * (fullRateSeconds / seconds).squareRoot())
    }
}
