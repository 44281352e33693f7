/// How long the collections of a reader and its exports took.
struct ReaderTimings: Sendable {
    /// Durations in buckets whose bounds are `SelfMetric.durationBounds`.
    struct Distribution: Sendable {
        private(set) var count: UInt64 = 0
        private(set) var sum: Double = 0
        private(set) var minimum = Double.infinity
        private(set) var maximum = -Double.infinity
        private(set) var buckets = [UInt64](repeating: 0, count: SelfMetric.durationBounds.count + 1)

        /// Counts a duration.
        mutating func record(_ nanoseconds: UInt64) {
            let seconds = Double(nanoseconds) / 1e9
            count += 1
            sum += seconds
            minimum = min(minimum, seconds)
            maximum = max(maximum, seconds)
            buckets[SelfMetric.durationBounds.count { $0 < seconds }] += 1
        }
    }

    /// Reading and encoding of all instruments, without the time that backends took.
    var collection = Distribution()
    /// Exports of batches, retries included.
    var export = Distribution()
    /// When the export under way began, monotonic nanoseconds.
    var exportBegan: UInt64 = 0
}
