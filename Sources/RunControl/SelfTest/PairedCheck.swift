import Glibc
import HarnessCore
import Results

/// Compares a system behind a defect with the plain one in pairs of runs, so that the machine's drift cancels.
///
/// The statistic is that of `bench ab`: the median of the pairs' log-ratios. With eight pairs, the second smallest and the
/// second greatest of them enclose the true median with 93 % confidence, whatever the distribution:
/// 1 − 2·(C(8,0) + C(8,1))/2⁸ (H. A. David and H. N. Nagaraja, *Order Statistics*, section 7.1).
struct PairedCheck: Sendable {
    /// What has to come of it.
    enum Expectation: Sendable, Equatable {
        /// The candidate is slower; by so many percent in the median.
        case slower(ClosedRange<Double>)
        /// Neither is slower than the other by as much as ``PairedCheck/relevantPercent``.
        case same
    }

    /// How many pairs there are.
    static let pairs = 8
    /// A change that the pairs must be able to tell from none, in percent.
    static let relevantPercent = 20.0

    /// The metric that is compared.
    var metric: String
    /// What has to come of it.
    var expectation: Expectation

    /// Which of the two sides each run belongs to.
    private static let sides: [PairedResult.Side] = PairOrder.first(pairs: pairs, seed: 1).flatMap { first in
        first == .baseline ? [.baseline, .candidate] : [.candidate, .baseline]
    }

    /// The profiles in the order in which they are to be run.
    static func profiles(baseline: String, candidate: String) -> [String] {
        sides.map { $0 == .baseline ? baseline : candidate }
    }

    /// What the runs say.
    func finding(_ results: [RunResult]) -> SelfTestCheck.Finding {
        let values = { (side: PairedResult.Side) in
            zip(Self.sides, results).filter { $0.0 == side }.compactMap { $0.1.summary[metric] }
        }
        guard let known = MetricCatalogue.metric(named: metric), results.count == Self.sides.count,
            let paired = PairedMetric(known, baseline: values(.baseline), candidate: values(.candidate)),
            let ratios = paired.logRatios?.sorted(), ratios.count == Self.pairs, let median = paired.changePercent
        else {
            return SelfTestCheck.Finding(isAsExpected: false, observed: "nothing to compare in \(results.count) runs")
        }
        let percent = { (ratio: Double) in 100 * expm1(ratio) }
        let (low, high) = (percent(ratios[1]), percent(ratios[ratios.count - 2]))
        let limit = Self.relevantPercent
        let text = { (value: Double) in (value < 0 ? "−" : "+") + Quantity.format(number: value.magnitude, decimals: 0)
        }
        let observed = "\(metric) \(text(median)) %, by 93 % confidence \(text(low)) … \(text(high)) %"
        let sides = [paired.baselineMedian, paired.candidateMedian].map { known.unit.format($0) }
        let reason = "\(metric) is \(sides[0]) plain and \(sides[1]) with the candidate, medians of \(Self.pairs) runs"
        let isRight: Bool
        let isWrong: Bool
        switch expectation {
        case .slower(let range):
            isRight = low > 0 && range.contains(median)
            isWrong = high < limit || (low > 0 && !range.contains(median))
        case .same:
            isRight = low > -limit && high < limit
            isWrong = low > limit || high < -limit
        }
        return SelfTestCheck.Finding(
            isAsExpected: isRight,
            observed: observed,
            reasons: [reason],
            doubt: isRight || isWrong ? nil : "the pairs are too far apart to tell: \(observed)"
        )
    }
}
