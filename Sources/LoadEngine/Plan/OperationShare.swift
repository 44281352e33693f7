/// Which operations of a schedule one producer takes.
///
/// In each `period` of operations, the producer's scenario takes those at `positions`; of them, producer `rank` of
/// `count` takes every `count`-th. Over all scenarios and producers each operation is taken once.
///
///     operation   0 1 2 3 4 5 6 7 8 9 …      weights 4 and 1
///     events      · ·   · ·   · ·   · ·      positions [0, 1, 3, 4] of 5
///     spans           ·         ·            positions [2] of 5
package struct OperationShare: Sendable, Equatable {
    /// After how many operations the pattern repeats.
    package let period: UInt64
    /// The operations of the scenario in each period, ascending; at least one.
    package let positions: [UInt64]
    /// The number of the producer within its scenario, from 0.
    package let rank: UInt64
    /// How many producers the scenario has.
    package let count: UInt64

    /// Creates a share; without positions, the share of one of `count` producers in all operations.
    package init(period: UInt64 = 1, positions: [UInt64] = [0], rank: Int, of count: Int) {
        self.period = period
        self.positions = positions
        self.rank = UInt64(rank)
        self.count = UInt64(count)
    }

    /// Whether the producers take the operations in turn, and nobody else has any.
    var isWhole: Bool { period == 1 }

    /// How many of the first `operations` operations of the schedule are the producer's.
    package func count(below operations: UInt64) -> UInt64 {
        let (periods, rest) = operations.quotientAndRemainder(dividingBy: period)
        let width = UInt64(positions.count)
        let own = periods * width + UInt64(positions.prefix { $0 < rest }.count)
        return own > rank ? (own - rank - 1) / count + 1 : 0
    }

    /// The number in the schedule of the producer's own operation `index`, from 0.
    package func operation(_ index: UInt64) -> UInt64 {
        let own = rank + index * count
        guard period > 1 else { return own }
        let (periods, position) = own.quotientAndRemainder(dividingBy: UInt64(positions.count))
        return periods * period + positions[Int(position)]
    }

    /// The most operations after which a pattern of weights may repeat.
    static let maximumPeriod = 16_000

    /// The positions of several weights, spread as evenly as they go.
    ///
    /// Smooth weighted round robin: each turn, every credit grows by its weight, and the largest pays for the turn.
    ///
    /// - Parameter weights: at least one, all positive.
    /// - Returns: the positions of each weight in a period of the sum of the weights, divided by their common divisor.
    static func positions(ofWeights weights: [Int]) -> [[UInt64]] {
        let divisor = weights.reduce(0, greatestCommonDivisor)
        let reduced = weights.map { $0 / divisor }
        let period = reduced.reduce(0, +)
        var credits = reduced.map { _ in 0 }
        var positions: [[UInt64]] = reduced.map { _ in [] }
        for turn in 0..<period {
            for index in credits.indices { credits[index] += reduced[index] }
            var chosen = 0
            for index in credits.indices where credits[index] > credits[chosen] { chosen = index }
            credits[chosen] -= period
            positions[chosen].append(UInt64(turn))
        }
        return positions
    }

    private static func greatestCommonDivisor(_ one: Int, _ other: Int) -> Int {
        var (larger, smaller) = (one, other)
        while smaller != 0 { (larger, smaller) = (smaller, larger % smaller) }
        return larger
    }
}
