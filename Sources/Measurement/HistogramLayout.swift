/// Where a value lives in the fixed array of counts that every histogram shares.
///
/// The arithmetic is HdrHistogram's (HdrHistogram/HdrHistogram `AbstractHistogram.java`) for a lowest discernible value
/// of 1, a highest trackable value of one hour in nanoseconds and three significant digits:
///
///     values      0 … 2047   2048 … 4095   4096 … 8191   …    one bucket each, 2048 slots in the first,
///     resolution     1            2             4         …    1024 in every following one
///     index       0 … 2047   2048 … 3071   3072 … 4095   …
///
/// A slot is never wider than 1/1024 of the values it holds, so every figure read back is within 0.1 % of the truth.
@usableFromInline
package enum HistogramLayout {
    /// The number of significant decimal digits kept.
    @inlinable package static var significantDigits: Int { 3 }

    /// The smallest distance of two values that are told apart.
    @inlinable package static var lowestDiscernibleValue: UInt64 { 1 }

    /// The highest value recorded as itself, in nanoseconds: one hour.
    @inlinable package static var highestTrackableValue: UInt64 { 3_600_000_000_000 }

    /// The number of slots: (32 buckets + 1) × 1024, 270,336 bytes of counts.
    @inlinable package static var slotCount: Int { 33_792 }

    /// Half the slots of the first bucket, as a power of two.
    @inlinable static var halfMagnitude: Int { 10 }

    /// The slot of a value.
    ///
    /// - Parameter value: at most ``highestTrackableValue``.
    /// - Returns: an index below ``slotCount``.
    @inlinable
    @inline(__always)
    package static func index(of value: UInt64) -> Int {
        // The bucket is the number of bits by which the value exceeds the first bucket's 11. Wrapping arithmetic is
        // exact: the bucket is 0 … 31 for values up to one hour and the slot within it below 2048.
        let bucket = 53 &- (value | 2047).leadingZeroBitCount
        return (bucket &<< halfMagnitude) &+ Int(truncatingIfNeeded: value &>> UInt64(truncatingIfNeeded: bucket))
    }

    /// The smallest value that shares the slot.
    ///
    /// - Parameter index: below ``slotCount``.
    /// - Returns: nanoseconds.
    @inlinable
    package static func lowestValue(at index: Int) -> UInt64 {
        let bucket = Swift.max((index >> halfMagnitude) - 1, 0)
        return UInt64(index - (bucket << halfMagnitude)) << UInt64(bucket)
    }

    /// How many values share the slot.
    ///
    /// - Parameter index: below ``slotCount``.
    /// - Returns: a power of two.
    @inlinable
    package static func width(at index: Int) -> UInt64 {
        1 << UInt64(Swift.max((index >> halfMagnitude) - 1, 0))
    }

    /// The greatest value that shares the slot.
    ///
    /// - Parameter index: below ``slotCount``.
    /// - Returns: nanoseconds.
    @inlinable
    package static func highestValue(at index: Int) -> UInt64 {
        lowestValue(at: index) + width(at: index) - 1
    }

    /// The value in the middle of the slot, which stands for its values in sums.
    ///
    /// - Parameter index: below ``slotCount``.
    /// - Returns: nanoseconds.
    @inlinable
    package static func middleValue(at index: Int) -> UInt64 {
        lowestValue(at: index) + width(at: index) / 2
    }
}
