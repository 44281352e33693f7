import Synchronization

/// The counts of a histogram at a moment, or of any merge or difference of histograms.
///
/// Everything is derived from the counts, as HdrHistogram does it, so that a snapshot read back from its encoded form
/// gives the same figures: each is within 0.1 % of the recorded values.
package struct HistogramSnapshot: Sendable, Equatable {
    /// The counts by slot of ``HistogramLayout``, cut after the last one that is not zero.
    package private(set) var counts: [UInt64] = []

    /// How many values were recorded.
    package private(set) var totalCount: UInt64 = 0

    /// Creates an empty snapshot.
    package init() {}

    /// Creates a snapshot from counts by slot.
    ///
    /// - Parameter counts: at most ``HistogramLayout/slotCount`` counts.
    package init(counts: [UInt64]) {
        precondition(counts.count <= HistogramLayout.slotCount, "a histogram has \(HistogramLayout.slotCount) slots")
        self.counts = counts
        trim()
        totalCount = counts.reduce(0, +)
    }

    /// Creates a snapshot of values recorded one by one.
    ///
    /// - Parameter values: nanoseconds; more than one hour counts as one hour.
    package init(recording values: some Sequence<UInt64>) {
        for value in values {
            let index = HistogramLayout.index(of: Swift.min(value, HistogramLayout.highestTrackableValue))
            grow(to: index + 1)
            counts[index] += 1
            totalCount += 1
        }
    }

    /// Whether nothing was recorded.
    package var isEmpty: Bool { totalCount == 0 }

    // MARK: - Merging

    /// Adds the counts of another snapshot: the result is that of one histogram which recorded all values of both.
    package mutating func add(_ other: HistogramSnapshot) {
        grow(to: other.counts.count)
        for index in other.counts.indices {
            counts[index] += other.counts[index]
        }
        totalCount += other.totalCount
    }

    /// Adds the counts that a histogram has now; its writer may go on meanwhile.
    package mutating func add(_ histogram: Histogram) {
        var end = HistogramLayout.slotCount
        while end > 0, histogram.counts[end - 1].load(ordering: .relaxed) == 0 { end -= 1 }
        grow(to: end)
        var sum: UInt64 = 0
        for index in 0..<end {
            // Read once: the total must be the sum of the counts even while they change.
            let count = histogram.counts[index].load(ordering: .relaxed)
            counts[index] += count
            sum += count
        }
        totalCount += sum
    }

    /// The values recorded since an earlier snapshot of the same histograms.
    ///
    /// - Parameter earlier: a snapshot of which no count exceeds this one's.
    /// - Returns: the difference of the counts.
    package func subtracting(_ earlier: HistogramSnapshot) -> HistogramSnapshot {
        precondition(
            earlier.counts.count <= counts.count && earlier.totalCount <= totalCount,
            "an earlier snapshot of the same histogram cannot have more counts"
        )
        var difference = self
        for index in earlier.counts.indices {
            difference.counts[index] -= earlier.counts[index]
        }
        difference.totalCount -= earlier.totalCount
        difference.trim()
        return difference
    }

    // MARK: - Figures

    /// The smallest value, in nanoseconds, or nil when nothing was recorded.
    package var min: UInt64? {
        counts.firstIndex { $0 != 0 }.map(HistogramLayout.lowestValue(at:))
    }

    /// The greatest value, in nanoseconds, or nil when nothing was recorded.
    package var max: UInt64? {
        isEmpty ? nil : HistogramLayout.highestValue(at: counts.count - 1)
    }

    /// The arithmetic mean, in nanoseconds, or nil when nothing was recorded.
    package var mean: Double? {
        guard !isEmpty else { return nil }
        var sum = 0.0
        for index in counts.indices where counts[index] != 0 {
            sum += Double(counts[index]) * Double(HistogramLayout.middleValue(at: index))
        }
        return sum / Double(totalCount)
    }

    /// The standard deviation of the recorded values (the population's), in nanoseconds, or nil when there are none.
    package var standardDeviation: Double? {
        guard let mean else { return nil }
        var sum = 0.0
        for index in counts.indices where counts[index] != 0 {
            let deviation = Double(HistogramLayout.middleValue(at: index)) - mean
            sum += Double(counts[index]) * deviation * deviation
        }
        return (sum / Double(totalCount)).squareRoot()
    }

    /// The value that the given share of the recorded values does not exceed.
    ///
    /// - Parameter percentile: 0 … 100; beyond that it counts as the nearer end.
    /// - Returns: nanoseconds (the greatest value of the slot; at percentile 0 the smallest), or nil when nothing was
    ///   recorded.
    package func value(atPercentile percentile: Double) -> UInt64? {
        guard !isEmpty else { return nil }
        // One step down before multiplying keeps 99.9 % of 1,000 at 999 instead of 999.0000000000001, as the Java
        // implementation does (`getValueAtPercentile`).
        let share = Swift.min(Swift.max(percentile.nextDown, 0), 100)
        let target = Swift.max(UInt64((share * Double(totalCount) / 100).rounded(.up)), 1)
        var seen: UInt64 = 0
        for index in counts.indices {
            seen += counts[index]
            if seen >= target {
                return percentile <= 0
                    ? HistogramLayout.lowestValue(at: index) : HistogramLayout.highestValue(at: index)
            }
        }
        return max
    }

    // MARK: - Storage

    private mutating func grow(to count: Int) {
        guard counts.count < count else { return }
        counts.append(contentsOf: repeatElement(0, count: count - counts.count))
    }

    private mutating func trim() {
        let end = counts.lastIndex { $0 != 0 }.map { $0 + 1 } ?? 0
        counts.removeLast(counts.count - end)
    }
}
