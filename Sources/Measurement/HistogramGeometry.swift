/// How some HdrHistogram maps values to slots: the arithmetic of `AbstractHistogram.java` for any of its parameters.
///
/// Ours is ``HistogramLayout``, whose parameters are constants; this type is for histograms that others wrote.
struct HistogramGeometry: Equatable {
    /// The binary logarithm of the distance at which small values are told apart.
    let unitMagnitude: Int
    /// Half the slots of the first bucket, as a power of two.
    let halfMagnitude: Int
    /// The number of slots.
    let slotCount: Int

    /// The geometry of a histogram with these parameters.
    ///
    /// - Parameters:
    ///   - lowest: the lowest discernible value, at least 1.
    ///   - highest: the highest trackable value, at least twice the lowest.
    ///   - digits: significant decimal digits, 0 … 5.
    /// - Throws: ``HistogramDecodingError/unsupported(_:)`` for parameters that no histogram has.
    init(lowest: UInt64, highest: UInt64, digits: UInt32) throws(HistogramDecodingError) {
        guard digits <= 5 else { throw .unsupported("it has \(digits) significant digits, and 5 is the most") }
        guard lowest >= 1, lowest <= UInt64(Int64.max) / 2, highest / 2 >= lowest, highest <= UInt64(Int64.max) else {
            throw .unsupported("its range is \(lowest) to \(highest)")
        }
        // Two times ten to the digits is the largest value that has to be resolved to one unit.
        let largest = (0..<digits).reduce(2) { value, _ in value * 10 }
        let magnitude = Int.bitWidth - (largest - 1).leadingZeroBitCount
        unitMagnitude = 63 - lowest.leadingZeroBitCount
        halfMagnitude = magnitude - 1
        guard unitMagnitude + magnitude <= 62 else { throw .unsupported("its range is \(lowest) to \(highest)") }
        var buckets = 1
        var untrackable = UInt64(1) << UInt64(unitMagnitude + magnitude)
        while untrackable <= highest {
            buckets += 1
            guard untrackable <= UInt64(Int64.max) / 2 else { break }
            untrackable *= 2
        }
        slotCount = (buckets + 1) << halfMagnitude
    }

    /// Whether slots stand for the same values as ours do.
    var isOurs: Bool { unitMagnitude == 0 && halfMagnitude == HistogramLayout.halfMagnitude }

    /// The smallest value of a slot.
    ///
    /// - Parameter index: below ``slotCount``.
    /// - Returns: nanoseconds.
    func lowestValue(at index: Int) -> UInt64 {
        let bucket = Swift.max((index >> halfMagnitude) - 1, 0)
        return UInt64(index - (bucket << halfMagnitude)) << UInt64(bucket + unitMagnitude)
    }
}
