import Glibc

/// Wilcoxon's signed-rank test: whether values, such as log-ratios of pairs, lie symmetrically about zero.
///
/// F. Wilcoxon, "Individual Comparisons by Ranking Methods", 1945, https://doi.org/10.2307/3001968.
///
/// - Zeros say nothing of a direction and are left out before ranking, as Wilcoxon did.
/// - Equal magnitudes share the mean of their ranks, and p is taken from the distribution over all signs of just these
///   ranks: exact with ties too.
/// - Above 50 values p comes from the normal approximation, corrected for continuity and ties.
package struct SignedRank: Sendable, Equatable {
    /// Values that are not zero.
    package let count: Int
    /// The sum of the ranks of positive values, 0 … n (n + 1) / 2.
    package let statistic: Double
    /// The two-sided p value: twice the smaller tail, at most 1; 1 when all values are zero.
    package let pValue: Double
    /// Whether p is that of the exact distribution.
    package let isExact: Bool

    /// The most values for which the exact distribution is worked out; its counts, up to 2⁵⁰, are exact in a `Double`.
    package static let exactLimit = 50

    /// Tests values, which are finite, in O(n³) up to 50 of them.
    package init(_ values: [Double]) {
        precondition(values.allSatisfy(\.isFinite), "only finite values can be ranked")
        let used = values.filter { $0 != 0 }
        let ranks = MidRanks(used.map(\.magnitude))
        let doubledSum = zip(used, ranks.doubled).reduce(0) { $0 + ($1.0 > 0 ? $1.1 : 0) }
        count = used.count
        statistic = Double(doubledSum) / 2
        isExact = count <= Self.exactLimit
        pValue =
            isExact
            ? Self.exactP(doubledRanks: ranks.doubled, doubledSum: doubledSum)
            : Self.approximateP(count: count, statistic: statistic, tieTerm: ranks.tieTerm)
    }

    // MARK: - Interval

    /// The interval of the pseudo-median: every shift that the test of the shifted values would not reject.
    ///
    /// Its ends are the k-th smallest and the k-th greatest average of two values (Tukey's construction), with the
    /// greatest k whose confidence 1 − 2 P(T < k) is still enough. All values count, zeros and ties included: with ties it
    /// holds at least the confidence that it states.
    ///
    /// - Parameters:
    ///   - values: finite.
    ///   - confidence: 0 … 1, both excluded.
    /// - Returns: nil where even the range of all values has less confidence; ``smallestCount(reaching:)`` of
    ///   1 − `confidence` says how many values are needed.
    package static func interval(of values: [Double], confidence: Double = 0.95) -> ConfidenceInterval? {
        guard let cut = cut(count: values.count, confidence: confidence) else { return nil }
        let averages = HodgesLehmann.walshAverages(of: values)
        return ConfidenceInterval(
            lower: averages[cut.place - 1],
            upper: averages[averages.count - cut.place],
            confidence: cut.confidence
        )
    }

    // MARK: - Limits of the test

    /// The smallest p that so many values can have: 2 / 2ⁿ.
    package static func smallestP(count: Int) -> Double { min(1, exp2(Double(1 - count))) }

    /// The fewest values that can have a p of at most `level`.
    ///
    /// - Parameter level: above 0.
    /// - Returns: at least 1; 6 for a level of 0.05.
    package static func smallestCount(reaching level: Double) -> Int {
        precondition(level > 0, "no test reaches a p of \(level)")
        var count = 1
        while smallestP(count: count) > level * (1 + Self.rounding) { count += 1 }
        return count
    }

    // MARK: - Distribution

    /// Levels such as 1 − 0.95 are not the decimal fraction that they stand for.
    private static let rounding = 1e-12

    /// In how many of the 2ⁿ choices of signs the positive ranks add up to each sum.
    private static func waysByDoubledSum(_ doubledRanks: [Int]) -> [Double] {
        var ways = [Double](repeating: 0, count: doubledRanks.reduce(0, +) + 1)
        ways[0] = 1
        var highest = 0
        for rank in doubledRanks {
            highest += rank
            for sum in stride(from: highest, through: rank, by: -1) { ways[sum] += ways[sum - rank] }
        }
        return ways
    }

    private static func exactP(doubledRanks: [Int], doubledSum: Int) -> Double {
        let ways = waysByDoubledSum(doubledRanks)
        // The distribution is symmetric: the smaller tail is that of the smaller of the sum and its mirror image.
        let tail = ways[...min(doubledSum, ways.count - 1 - doubledSum)].reduce(0, +)
        return min(1, 2 * tail / exp2(Double(doubledRanks.count)))
    }

    private static func approximateP(count: Int, statistic: Double, tieTerm: Double) -> Double {
        let n = Double(count)
        let mean = n * (n + 1) / 4
        let variance = n * (n + 1) * (2 * n + 1) / 24 - tieTerm / 48
        let distance = max(0, (statistic - mean).magnitude - 0.5)
        return min(1, 2 * NormalDistribution.upperTail(distance / variance.squareRoot()))
    }

    /// Which smallest average bounds the interval, counted from 1, and the confidence that this gives.
    private static func cut(count: Int, confidence: Double) -> (place: Int, confidence: Double)? {
        let allowed = (1 - confidence) / 2 * (1 + rounding)
        guard count <= exactLimit else {
            let n = Double(count)
            let deviation = (n * (n + 1) * (2 * n + 1) / 24).squareRoot()
            let place = Int(n * (n + 1) / 4 - 0.5 - NormalDistribution.quantile(1 - allowed) * deviation) + 1
            return (max(1, place), confidence)
        }
        let ways = waysByDoubledSum((0..<count).map { 2 * ($0 + 1) })
        let all = exp2(Double(count))
        var below = 0.0
        var best: (place: Int, confidence: Double)?
        for place in 1...max(1, count * (count + 1) / 4 + 1) {
            guard 2 * (place - 1) < ways.count else { break }
            below += ways[2 * (place - 1)] / all
            guard below <= allowed else { break }
            best = (place, 1 - 2 * below)
        }
        return best
    }
}
