import Glibc

/// The Mann–Whitney U test, also Wilcoxon's rank-sum test: whether values of one sample tend to be greater.
///
/// H. B. Mann, D. R. Whitney, "On a Test of Whether one of Two Random Variables is Stochastically Larger than the Other",
/// 1947, https://doi.org/10.1214/aoms/1177730491.
///
/// - Equal values share the mean of their ranks, and p is taken from the distribution over all assignments of just these
///   ranks to the samples: exact with ties too.
/// - Where n · m is above 400, p comes from the normal approximation, corrected for continuity and ties.
package struct MannWhitney: Sendable, Equatable {
    /// Pairs in which the candidate's value is greater; an equal pair counts a half.
    package let statistic: Double
    /// The two-sided p value: twice the smaller tail, at most 1; 1 when a sample is empty.
    package let pValue: Double
    /// Whether p is that of the exact distribution.
    package let isExact: Bool

    /// The greatest n · m for which the exact distribution is worked out; its counts are exact in a `Double`.
    package static let exactLimit = 400

    /// Tests finite values; the exact distribution of 20 of each takes about a million additions.
    package init(baseline: [Double], candidate: [Double]) {
        precondition((baseline + candidate).allSatisfy(\.isFinite), "only finite values can be ranked")
        let (n, m) = (candidate.count, baseline.count)
        let ranks = MidRanks(candidate + baseline)
        let doubledSum = ranks.doubled.prefix(n).reduce(0, +)
        statistic = Double(doubledSum - n * (n + 1)) / 2
        isExact = n * m <= Self.exactLimit
        if n == 0 || m == 0 {
            pValue = 1
        } else if isExact {
            pValue = Self.exactP(doubledRanks: ranks.doubled, chosen: n, doubledSum: doubledSum)
        } else {
            pValue = Self.approximateP(n, m, statistic: statistic, tieTerm: ranks.tieTerm)
        }
    }

    // MARK: - Interval

    /// The interval of the shift candidate − baseline: every shift that the test would not reject.
    ///
    /// Its ends are the k-th smallest and the k-th greatest difference, with the greatest k whose confidence
    /// 1 − 2 P(U < k) is still enough. With ties it holds at least the confidence that it states.
    ///
    /// - Parameters:
    ///   - baseline: finite.
    ///   - candidate: finite.
    ///   - confidence: 0 … 1, both excluded.
    /// - Returns: nil where even the range of all differences has less confidence; ``smallestCount(reaching:)`` of
    ///   1 − `confidence` says how many values a sample needs.
    package static func interval(
        baseline: [Double],
        candidate: [Double],
        confidence: Double = 0.95
    ) -> ConfidenceInterval? {
        guard let cut = cut(baseline.count, candidate.count, confidence: confidence) else { return nil }
        let differences = HodgesLehmann.differences(baseline: baseline, candidate: candidate)
        return ConfidenceInterval(
            lower: differences[cut.place - 1],
            upper: differences[differences.count - cut.place],
            confidence: cut.confidence
        )
    }

    // MARK: - Limits of the test

    /// The smallest p of samples of these sizes: 2 / C(n + m, n).
    package static func smallestP(_ n: Int, _ m: Int) -> Double { min(1, 2 / choices(n, m)) }

    /// C(n + m, n): in how many ways labels fall on samples of these sizes.
    static func choices(_ n: Int, _ m: Int) -> Double {
        let (few, all) = (min(n, m), n + m)
        guard few > 0 else { return 1 }
        return (1...few).reduce(1.0) { $0 * Double(all - few + $1) / Double($1) }
    }

    /// The fewest values of each sample, both of one size, that can have a p of at most `level`.
    ///
    /// - Parameter level: above 0.
    /// - Returns: at least 1; 4 for a level of 0.05.
    package static func smallestCount(reaching level: Double) -> Int {
        precondition(level > 0, "no test reaches a p of \(level)")
        var count = 1
        while smallestP(count, count) > level * (1 + rounding) { count += 1 }
        return count
    }

    // MARK: - Distribution

    /// Levels such as 1 − 0.95 are not the decimal fraction that they stand for.
    private static let rounding = 1e-12

    /// In how many of the choices of so many ranks they add up to each sum.
    private static func waysByDoubledSum(_ doubledRanks: [Int], chosen: Int) -> [Double] {
        let sums = doubledRanks.sorted(by: >).prefix(chosen).reduce(0, +) + 1
        var ways = [Double](repeating: 0, count: (chosen + 1) * sums)
        ways[0] = 1
        for (position, rank) in doubledRanks.enumerated() where rank < sums {
            for taken in stride(from: min(position + 1, chosen), through: 1, by: -1) {
                let (row, previous) = (taken * sums, (taken - 1) * sums)
                for sum in rank..<sums { ways[row + sum] += ways[previous + sum - rank] }
            }
        }
        return Array(ways[(chosen * sums)...])
    }

    private static func exactP(doubledRanks: [Int], chosen: Int, doubledSum: Int) -> Double {
        let all = doubledRanks.count
        // The larger sample's sum follows from the smaller one's.
        let isComplement = chosen > all - chosen
        let sum = isComplement ? doubledRanks.reduce(0, +) - doubledSum : doubledSum
        let ways = waysByDoubledSum(doubledRanks, chosen: isComplement ? all - chosen : chosen)
        let total = ways.reduce(0, +)
        // With ties the tails differ.
        let tail = min(ways[...sum].reduce(0, +), ways[sum...].reduce(0, +))
        return min(1, 2 * tail / total)
    }

    private static func approximateP(_ n: Int, _ m: Int, statistic: Double, tieTerm: Double) -> Double {
        let all = Double(n + m)
        let product = Double(n) * Double(m)
        let variance = product / 12 * (all + 1 - tieTerm / (all * (all - 1)))
        guard variance > 0 else { return 1 }
        let distance = max(0, (statistic - product / 2).magnitude - 0.5)
        return min(1, 2 * NormalDistribution.upperTail(distance / variance.squareRoot()))
    }

    /// Which smallest difference bounds the interval, counted from 1, and the confidence that this gives.
    private static func cut(_ n: Int, _ m: Int, confidence: Double) -> (place: Int, confidence: Double)? {
        guard n > 0, m > 0 else { return nil }
        let allowed = (1 - confidence) / 2 * (1 + rounding)
        guard n * m <= exactLimit else {
            let deviation = (Double(n * m) * Double(n + m + 1) / 12).squareRoot()
            let place = Int(Double(n * m) / 2 - 0.5 - NormalDistribution.quantile(1 - allowed) * deviation) + 1
            return (max(1, place), confidence)
        }
        let few = min(n, m)
        let ways = waysByDoubledSum((1...(n + m)).map { 2 * $0 }, chosen: few)
        let total = ways.reduce(0, +)
        var below = 0.0
        var best: (place: Int, confidence: Double)?
        for place in 1...(n * m / 2 + 1) {
            // U is the rank sum less its smallest value, few (few + 1) / 2.
            below += ways[few * (few + 1) + 2 * (place - 1)] / total
            guard below <= allowed else { break }
            best = (place, 1 - 2 * below)
        }
        return best
    }
}
