import HarnessCore
import Measurement

extension ComparisonRow {
    /// Takes over the values of both sides, and what stands for each side.
    mutating func fill(_ values: ComparedValues, _ metric: Metric) {
        baselineValues = values.baseline
        candidateValues = values.candidate
        baseline = values.baseline.isEmpty ? nil : metric.aggregate(values.baseline)
        candidate = values.candidate.isEmpty ? nil : metric.aggregate(values.candidate)
        samples = values.fewestSamples
    }

    /// The row of a counted metric, judged: there is no noise in a count.
    ///
    /// Of several repetitions the worst stands for its side.
    func judgedExactly(by limit: RegressionLimit, _ gate: Gate) -> ComparisonRow {
        var row = self
        guard let baseline, let candidate, let first = baselineValues, let second = candidateValues else { return row }
        row.effect = .exact(ComparedValues(baseline: first, candidate: second, total: first.count), gate.metric)
        let worse = gate.metric.direction == .higherIsBetter ? baseline - candidate : candidate - baseline
        let allowance = limit.allowance(from: baseline)
        let verdict: RowVerdict = worse > allowance ? .regressed : (worse < -allowance && worse < 0 ? .improved : .pass)
        row.verdict = gate.level == .info ? .info : verdict
        row.reason =
            "\(metric) is \(unit.format(candidate)) and was \(unit.format(baseline)), allowed is \(limit.text(unit: unit))"
        if Set(first).count > 1 || Set(second).count > 1 {
            row.reason += "; its repetitions differ, and the worst of each side counts"
        }
        return row
    }

    /// How much the metric changed, with the interval and how many stand behind it.
    var changeClause: String {
        guard let effect else { return "\(metric) has no change" }
        let what = effect.method == .paired ? "pairs" : "runs of each side"
        let format = { (value: Double) in
            effect.scale == .ratio
                ? Self.signedPercentText(value - 1) : (value < 0 ? "-" : "+") + unit.format(value.magnitude)
        }
        var text = "\(metric) changed by \(format(effect.estimate))"
        if let low = effect.low, let high = effect.high, let confidence = effect.confidence {
            let level = Quantity.format(number: confidence * 100, decimals: 1)
            text += " (\(format(low)) to \(format(high)) with \(level) % confidence, \(effect.count) \(what))"
        } else {
            text += " (\(effect.count) \(what))"
        }
        return text
    }

    /// A share as a percentage with as many digits as mean something.
    static func percentText(_ share: Double) -> String {
        let percent = share * 100
        return Quantity.format(number: percent, decimals: percent.magnitude < 10 ? 1 : 0) + " %"
    }

    private static func signedPercentText(_ share: Double) -> String {
        (share < 0 ? "-" : "+") + percentText(share.magnitude)
    }
}

extension ComparisonEffect {
    /// The effect of a counted metric: the difference of what stands for each side.
    static func exact(_ values: ComparedValues, _ metric: Metric) -> ComparisonEffect {
        let (first, second) = (metric.aggregate(values.baseline), metric.aggregate(values.candidate))
        return ComparisonEffect(
            method: .exact,
            scale: .difference,
            estimate: second - first,
            count: min(values.baseline.count, values.candidate.count)
        )
    }
}
