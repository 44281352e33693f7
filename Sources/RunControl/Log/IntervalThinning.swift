/// Merges the intervals of a long run, so that its log grows slower and slower.
///
/// In the first half hour each interval has a line. From then on a line stands for a 1,800th of the time since the log
/// began: a day has 1,800 · (1 + ln 48) = 8,770 lines of at most 500 bytes, 4.4 MB, and each further e-fold 0.9 MB. A log
/// that ends with no warning lacks at most the line under way, 48 seconds after a day.
struct IntervalThinning {
    private static let linesPerTime = 1_800.0

    private var pending: RunLogRecord.Interval?
    private var writtenAt = 0.0

    /// Adds an interval.
    ///
    /// - Parameters:
    ///   - interval: without distributions.
    ///   - now: its end, in seconds since the log began.
    /// - Returns: what is to be written now; nil to wait for more.
    mutating func add(_ interval: RunLogRecord.Interval, at now: Double) -> RunLogRecord.Interval? {
        if pending == nil { pending = interval } else { pending?.merge(interval) }
        guard now - writtenAt >= now / Self.linesPerTime else { return nil }
        return take(at: now)
    }

    /// Takes what was held back; nil if nothing was.
    mutating func take(at now: Double) -> RunLogRecord.Interval? {
        writtenAt = max(writtenAt, now)
        defer { pending = nil }
        return pending
    }
}
