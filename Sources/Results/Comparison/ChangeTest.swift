import Glibc
import Measurement

/// How far two sets of values are apart, on a scale on which more is worse.
///
/// Timed values are compared as logarithms, so that a change is a share of the baseline; where a value is zero or
/// negative there are no shares, and they are compared as they are.
struct ChangeTest {
    /// The confidence that intervals are to have.
    static let confidence = 0.95
    /// The level that p, corrected for all gates, must reach.
    static let level = 0.05

    /// How the values were compared.
    let method: ComparisonRow.Method
    /// Whether the figures are logarithms of ratios rather than differences.
    let isRatio: Bool
    /// The Hodges–Lehmann estimate; above zero is worse.
    let estimate: Double
    /// The interval on the same scale; nil where so few values give none.
    let interval: ConfidenceInterval?
    /// Two-sided p if nothing had changed.
    let pValue: Double
    /// The smallest p that so many values can have.
    let smallestP: Double
    /// Pairs, or values of the side that has fewer.
    let count: Int
    /// How far values lie apart that should be equal, relative to the baseline: √ of a robust variance.
    let spread: Double
    private let direction: Double
    private let degrees: Int

    /// Compares; both sides have values, pairs as many as each other.
    init(_ values: ComparedValues, isPaired: Bool, direction: MetricDirection) {
        let sign = direction == .higherIsBetter ? -1.0 : 1
        let (first, second) = (values.baseline, values.candidate)
        isRatio = first.allSatisfy { $0 > 0 } && second.allSatisfy { $0 > 0 }
        let scale = { [isRatio] (value: Double) in isRatio ? log(value) : value }
        let (left, right) = (first.map(scale), second.map(scale))
        let reference = isRatio ? 1 : max((MetricSpread.median(first) ?? 0).magnitude, .leastNormalMagnitude)
        self.direction = sign
        count = min(first.count, second.count)
        if isPaired {
            method = .paired
            let changes = zip(left, right).map { sign * ($1 - $0) }
            estimate = HodgesLehmann.pseudomedian(of: changes) ?? 0
            interval = SignedRank.interval(of: changes, confidence: Self.confidence)
            pValue = SignedRank(changes).pValue
            smallestP = SignedRank.smallestP(count: count)
            degrees = count - 1
            spread = Self.deviation(changes) / reference
        } else {
            method = .unpaired
            let (left, right) = (left.map { sign * $0 }, right.map { sign * $0 })
            estimate = HodgesLehmann.shift(baseline: left, candidate: right) ?? 0
            interval = MannWhitney.interval(baseline: left, candidate: right, confidence: Self.confidence)
            pValue = MannWhitney(baseline: left, candidate: right).pValue
            smallestP = MannWhitney.smallestP(left.count, right.count)
            degrees = left.count + right.count - 2
            spread = max(Self.deviation(left), Self.deviation(right)) / reference
        }
    }

    /// The effect that is found in 80 of 100 comparisons like this one, on the scale of the test; nil where none is.
    var detectable: Double? {
        guard let interval else { return nil }
        return Power.detectableEffect(
            standardError: Power.standardError(of: interval, degrees: degrees),
            degrees: degrees,
            smallestP: smallestP,
            level: Self.level
        )
    }

    /// Pairs, or values of each side, after which a limit on the scale of the test is decided; nil for too many to count.
    func needed(for limit: Double) -> Int? {
        let fewest =
            method == .paired
            ? SignedRank.smallestCount(reaching: Self.level) : MannWhitney.smallestCount(reaching: Self.level)
        guard limit > 0 else { return nil }
        guard let interval else { return fewest }
        let needed = Power.pairsNeeded(
            toDecide: limit,
            pairs: count,
            halfWidth: interval.halfWidth,
            level: Self.level
        )
        return needed < 1_000_000 ? max(needed, fewest) : nil
    }

    /// A limit on how much worse it may be than this baseline, on the scale of the test.
    func limit(_ limit: RegressionLimit, from baseline: Double) -> Double {
        let allowance = limit.allowance(from: baseline)
        guard isRatio, baseline > 0 else { return allowance }
        let share = allowance / baseline
        return direction > 0 ? log1p(share) : (share < 1 ? -log1p(-share) : .infinity)
    }

    /// An effect on the scale of the test as a share of the baseline, whatever its direction.
    func share(_ effect: Double, of baseline: Double) -> Double? {
        if isRatio { return direction > 0 ? expm1(effect) : -expm1(-effect) }
        return baseline == 0 ? nil : effect / baseline.magnitude
    }

    /// The figures for a report.
    func effect(isConfirmation: Bool) -> ComparisonEffect {
        let value = { [isRatio, direction] (worse: Double) in isRatio ? exp(direction * worse) : direction * worse }
        let ends = interval.map { [value($0.lower), value($0.upper)].sorted() }
        return ComparisonEffect(
            method: method,
            scale: isRatio ? .ratio : .difference,
            estimate: value(estimate),
            low: ends?[0],
            high: ends?[1],
            confidence: interval?.confidence,
            pValue: pValue,
            count: count,
            isConfirmation: isConfirmation
        )
    }

    /// A standard deviation from the median of the distances from the median, which a few outliers do not move.
    private static func deviation(_ values: [Double]) -> Double {
        guard let median = MetricSpread.median(values) else { return 0 }
        return 1.4826 * (MetricSpread.median(values.map { ($0 - median).magnitude }) ?? 0)
    }
}
