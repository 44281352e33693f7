/// A distribution in so few bytes that a thousand of them can be kept: what a plot over time needs.
///
/// Its slots are those of an HdrHistogram with two significant digits: exact up to 255, and never wider than 1/128 of
/// the values that they hold, so a percentile exceeds the true one by less than 0.8 %. Only slots that are not empty
/// take memory, 10 bytes each: some hundred for latencies of a second, 2,000 for such that spread over six decades.
package struct CoarseHistogram: Sendable, Equatable {
    /// The slots that are not empty, ascending.
    private var slots: [UInt16] = []
    /// How many values each of them has.
    private var counts: [UInt64] = []
    /// How many values there are.
    package private(set) var totalCount: UInt64 = 0

    /// An empty distribution.
    package init() {}

    /// The distribution of a full one.
    package init(_ histogram: HistogramSnapshot) {
        // A slot of the fine histogram lies within one of ours, and the order is the same.
        for (index, count) in histogram.counts.enumerated() where count > 0 {
            let slot = Self.slot(of: HistogramLayout.lowestValue(at: index))
            if slots.last == slot {
                counts[counts.count - 1] += count
            } else {
                slots.append(slot)
                counts.append(count)
            }
        }
        totalCount = histogram.totalCount
    }

    /// Whether it has no values.
    package var isEmpty: Bool { totalCount == 0 }

    /// Adds the values of another one.
    package mutating func add(_ other: CoarseHistogram) {
        guard !other.isEmpty else { return }
        guard !isEmpty else {
            self = other
            return
        }
        var merged = CoarseHistogram()
        merged.slots.reserveCapacity(max(slots.count, other.slots.count))
        merged.counts.reserveCapacity(max(slots.count, other.slots.count))
        var (own, others) = (0, 0)
        while own < slots.count || others < other.slots.count {
            let ownSlot = own < slots.count ? slots[own] : .max
            let otherSlot = others < other.slots.count ? other.slots[others] : .max
            var count: UInt64 = 0
            if ownSlot <= otherSlot {
                count += counts[own]
                own += 1
            }
            if otherSlot <= ownSlot {
                count += other.counts[others]
                others += 1
            }
            merged.slots.append(min(ownSlot, otherSlot))
            merged.counts.append(count)
        }
        merged.totalCount = totalCount + other.totalCount
        self = merged
    }

    /// The value that the given share of the values does not exceed.
    ///
    /// - Parameter percentile: 0 … 100.
    /// - Returns: the greatest value of the slot, or nil when there are none.
    package func value(atPercentile percentile: Double) -> UInt64? {
        let share = min(max(percentile.nextDown, 0), 100)
        let target = max(UInt64((share * Double(totalCount) / 100).rounded(.up)), 1)
        var seen: UInt64 = 0
        for (slot, count) in zip(slots, counts) {
            seen += count
            if seen >= target { return Self.highestValue(of: slot) }
        }
        return nil
    }

    // MARK: - Slots

    /// Half the slots of the first bucket, as a power of two.
    private static let halfMagnitude: UInt64 = 7

    private static func slot(of value: UInt64) -> UInt16 {
        let bucket = UInt64(56 - (value | 255).leadingZeroBitCount)
        return UInt16(truncatingIfNeeded: bucket << halfMagnitude + value >> bucket)
    }

    private static func highestValue(of slot: UInt16) -> UInt64 {
        let bucket = max(UInt64(slot) >> halfMagnitude, 1) - 1
        return ((UInt64(slot) - bucket << halfMagnitude + 1) << bucket) - 1
    }
}
