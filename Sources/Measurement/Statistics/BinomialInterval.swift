/// Where a rate lies of which some successes in some trials were seen.
///
/// C. J. Clopper, E. S. Pearson, "The Use of Confidence or Fiducial Limits Illustrated in the Case of the Binomial", 1934,
/// https://doi.org/10.1093/biomet/26.4.404: exact, so its confidence is at least what was asked for.
package enum BinomialInterval {
    /// The interval of the rate.
    ///
    /// - Parameters:
    ///   - successes: 0 … `trials`.
    ///   - trials: at least 1.
    ///   - confidence: 0 … 1, both excluded.
    /// - Returns: rates, 0 … 1.
    package static func clopperPearson(
        successes: Int,
        trials: Int,
        confidence: Double = 0.95
    ) -> ConfidenceInterval {
        precondition(trials >= 1 && (0...trials).contains(successes), "a rate needs 0 … n successes in n ≥ 1 trials")
        let tail = (1 - confidence) / 2
        let lower =
            successes == 0
            ? 0
            : rate { 1 - cumulative(successes - 1, trials, $0) > tail }
        let upper =
            successes == trials
            ? 1
            : rate { cumulative(successes, trials, $0) < tail }
        return ConfidenceInterval(lower: lower, upper: upper, confidence: confidence)
    }

    /// The smallest rate from which on `isBeyond` holds, by bisection.
    private static func rate(_ isBeyond: (Double) -> Bool) -> Double {
        var (low, high) = (0.0, 1.0)
        for _ in 0..<60 {
            let middle = (low + high) / 2
            if isBeyond(middle) { high = middle } else { low = middle }
        }
        return (low + high) / 2
    }

    /// P(X ≤ successes) for X binomial.
    private static func cumulative(_ successes: Int, _ trials: Int, _ rate: Double) -> Double {
        guard rate > 0 else { return 1 }
        guard rate < 1 else { return successes >= trials ? 1 : 0 }
        // Each term follows from the one before it; the sum is scaled by the greatest to avoid vanishing terms.
        let odds = rate / (1 - rate)
        var (term, below, all) = (1.0, 0.0, 0.0)
        for count in 0...trials {
            if count > 0 { term *= odds * Double(trials - count + 1) / Double(count) }
            if count <= successes { below += term }
            all += term
            if all > 1e280 { (term, below, all) = (term * 1e-280, below * 1e-280, all * 1e-280) }
        }
        return below / all
    }
}
