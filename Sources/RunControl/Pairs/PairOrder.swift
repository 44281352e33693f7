package import Results

/// Which side of each pair runs first: A B B A A B B A …, or the same with B first, as the seed says.
///
/// In this order a drift of the machine that is a straight line in time favours neither side, over any even number of
/// pairs; that the second run of a pair finds the machine warmer favours neither either.
package enum PairOrder {
    /// The first side of each pair.
    ///
    /// - Parameters:
    ///   - pairs: how many there are.
    ///   - seed: its parity of bits says which side is the first of all.
    /// - Returns: one side a pair.
    package static func first(pairs: Int, seed: UInt64) -> [PairedResult.Side] {
        let offset = seed.nonzeroBitCount
        return (0..<pairs).map { ($0 + offset) % 2 == 0 ? .candidate : .baseline }
    }
}
