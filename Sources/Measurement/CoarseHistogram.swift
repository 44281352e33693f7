/// A distribution in so few bytes that a thousand of them can be kept: what a plot over time needs.
///
/// Its slots are laid out as an HdrHistogram's, 32 to an octave: exact up to 63, and never wider than 1/32 of the values
/// that they hold, so a percentile exceeds the true one by less than 3.2 %, which no plot shows. Only slots that are not
/// empty take memory, 10 bytes each: some hundred for latencies of a second, 640 for such that spread over six decades,
/// and 1,216 at the very most, up to an hour.
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
            append(count, to: Self.slot(of: HistogramLayout.lowestValue(at: index)))
        }
        totalCount = histogram.totalCount
        trim()
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
        merged.reserve(slots.count + other.slots.count)
        var (own, others) = (0, 0)
        while own < slots.count || others < other.slots.count {
            if others == other.slots.count || own < slots.count && slots[own] < other.slots[others] {
                merged.append(counts[own], to: slots[own])
                own += 1
            } else {
                merged.append(other.counts[others], to: other.slots[others])
                others += 1
            }
        }
        merged.totalCount = totalCount + other.totalCount
        merged.trim()
        self = merged
    }

    /// Adds to the last slot, or to one behind it.
    private mutating func append(_ count: UInt64, to slot: UInt16) {
        if slots.last == slot {
            counts[counts.count - 1] += count
        } else {
            slots.append(slot)
            counts.append(count)
        }
    }

    private mutating func reserve(_ count: Int) {
        slots.reserveCapacity(count)
        counts.reserveCapacity(count)
    }

    /// Gives back what the arrays keep for further slots: a thousand of these are kept for long.
    private mutating func trim() {
        slots = [UInt16](unsafeUninitializedCapacity: slots.count) { buffer, count in
            count = buffer.initialize(fromContentsOf: slots)
        }
        counts = [UInt64](unsafeUninitializedCapacity: counts.count) { buffer, count in
            count = buffer.initialize(fromContentsOf: counts)
        }
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
    private static let halfMagnitude: UInt64 = 5

    private static func slot(of value: UInt64) -> UInt16 {
        let exact: UInt64 = 2 << halfMagnitude - 1
        let bucket = 63 - halfMagnitude - UInt64((value | exact).leadingZeroBitCount)
        return UInt16(truncatingIfNeeded: bucket << halfMagnitude + value >> bucket)
    }

    private static func highestValue(of slot: UInt16) -> UInt64 {
        let bucket = max(UInt64(slot) >> halfMagnitude, 1) - 1
        return ((UInt64(slot) - bucket << halfMagnitude + 1) << bucket) - 1
    }
}
