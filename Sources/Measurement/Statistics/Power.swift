import Glibc

/// What a number of repetitions can tell, and how many a limit needs.
///
/// Effects, limits, spreads and half-widths are log-ratios, so 0.05 is 5 %.
///
/// Two rules, for two questions:
///
/// - The *minimal detectable effect* is the smallest true effect that is told from none in 80 % of all comparisons,
///
///       (t(1 − level/2) + t(power)) · standard error,
///
///   with the standard error of the estimate taken from its interval, half-width / t(confidence), or from a spread, where
///   the Hodges–Lehmann estimate has √(π/3 / n) · spread.
/// - The *pairs needed* for a limit L are those after which the interval is no wider than L, n · (half-width / (L/2))²:
///   it then cannot hold both 0 and L, so whatever the truth is, the limit is decided. There are never fewer than the test
///   needs to reach its level at all.
package enum Power {
    /// The share of true effects that a comparison is to notice.
    package static let usual = 0.8

    // MARK: - Precision

    /// The standard error of an estimate, from its interval.
    ///
    /// - Parameters:
    ///   - interval: of the estimate.
    ///   - degrees: degrees of freedom, at least 1: n − 1 for pairs, n + m − 2 for two samples.
    /// - Returns: in the unit of the interval.
    package static func standardError(of interval: ConfidenceInterval, degrees: Int) -> Double {
        interval.halfWidth
            / NormalDistribution.studentQuantile((1 + interval.confidence) / 2, degrees: Double(max(1, degrees)))
    }

    /// The standard error of the Hodges–Lehmann estimate of so many pairs, whose log-ratios have this standard deviation.
    package static func standardError(spread: Double, pairs: Int) -> Double {
        spread * (Double.pi / 3 / Double(max(1, pairs))).squareRoot()
    }

    // MARK: - Power

    /// The minimal detectable effect of a comparison.
    ///
    /// - Parameters:
    ///   - standardError: of the estimate, at least 0.
    ///   - degrees: degrees of freedom, at least 1.
    ///   - smallestP: the smallest p that the test can have with so many values.
    ///   - level: two-sided level that p must reach.
    ///   - power: 0.5 … 1, the last excluded.
    /// - Returns: nil where p cannot reach the level, however great the effect.
    package static func detectableEffect(
        standardError: Double,
        degrees: Int,
        smallestP: Double,
        level: Double = 0.05,
        power: Double = Power.usual
    ) -> Double? {
        guard smallestP <= level * (1 + 1e-12) else { return nil }
        let degrees = Double(max(1, degrees))
        let sum =
            NormalDistribution.studentQuantile(1 - level / 2, degrees: degrees)
            + NormalDistribution.studentQuantile(power, degrees: degrees)
        return sum * standardError
    }

    /// How likely a comparison is to call a true effect one: p reaches the level and the estimate exceeds the limit.
    ///
    /// - Parameters:
    ///   - effect: the true effect, positive in the direction looked for.
    ///   - limit: what the estimate must exceed, at least 0.
    ///   - standardError: of the estimate, above 0.
    ///   - degrees: degrees of freedom, at least 1.
    ///   - smallestP: the smallest p that the test can have with so many values.
    ///   - level: two-sided level that p must reach.
    /// - Returns: 0 … 1; 0 where p cannot reach the level.
    package static func power(
        toDetect effect: Double,
        beyond limit: Double = 0,
        standardError: Double,
        degrees: Int,
        smallestP: Double,
        level: Double = 0.05
    ) -> Double {
        guard smallestP <= level * (1 + 1e-12) else { return 0 }
        let needed =
            NormalDistribution.studentQuantile(1 - level / 2, degrees: Double(max(1, degrees))) * standardError
        guard standardError > 0 else { return effect > limit ? 1 : 0 }
        return NormalDistribution.upperTail((max(limit, needed) - effect) / standardError)
    }

    // MARK: - Planning

    /// The pairs after which a limit is decided, from an interval that so many pairs gave.
    ///
    /// - Parameters:
    ///   - limit: above 0.
    ///   - pairs: how many gave the interval, at least 1.
    ///   - halfWidth: of the interval.
    ///   - level: two-sided level that p must reach.
    /// - Returns: at least ``SignedRank/smallestCount(reaching:)`` of the level.
    package static func pairsNeeded(
        toDecide limit: Double,
        pairs: Int,
        halfWidth: Double,
        level: Double = 0.05
    ) -> Int {
        let ratio = halfWidth / (limit / 2)
        let scaled = (Double(pairs) * ratio * ratio).rounded(.up)
        return max(Int(min(scaled, 1e9)), SignedRank.smallestCount(reaching: level))
    }

    /// The pairs after which a limit is decided, from the standard deviation of single log-ratios.
    ///
    /// - Parameters:
    ///   - limit: above 0.
    ///   - spread: standard deviation of the pairs' log-ratios; that of two independent runs is √2 times a run's.
    ///   - level: two-sided level that p must reach.
    /// - Returns: the fewest pairs whose expected half-width is at most half the limit, not below
    ///   ``SignedRank/smallestCount(reaching:)`` of the level; a billion stands for more.
    package static func pairsNeeded(toDecide limit: Double, spread: Double, level: Double = 0.05) -> Int {
        var (low, high) = (SignedRank.smallestCount(reaching: level), 1_000_000_000)
        while low < high {
            let middle = (low + high) / 2
            if halfWidth(spread: spread, pairs: middle, level: level) <= limit / 2 {
                high = middle
            } else {
                low = middle + 1
            }
        }
        return low
    }

    /// The half-width to be expected of the interval that so many pairs give.
    package static func halfWidth(spread: Double, pairs: Int, level: Double = 0.05) -> Double {
        NormalDistribution.studentQuantile(1 - level / 2, degrees: Double(max(1, pairs - 1)))
            * standardError(spread: spread, pairs: pairs)
    }
}
