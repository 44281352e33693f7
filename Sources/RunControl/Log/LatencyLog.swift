import Measurement

/// Turns the latencies of intervals into lines of an HdrHistogram log, within a budget of bytes.
///
/// Each interval becomes lines of its own as long as the budget lasts: 2 MB at once and 4.4 kB a second from then on,
/// 17.8 MB in the first hour. Beyond it intervals are merged until there is budget again; what is merged is still exact,
/// and only the resolution in time suffers.
struct LatencyLog {
    private static let burstBytes = 2_000_000.0
    private static let bytesPerSecond = 4_400.0

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
        budget = min(Self.burstBytes, budget + max(0, now - refilledAt) * Self.bytesPerSecond)
        refilledAt = max(refilledAt, now)
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
}
