import HarnessCore

/// The figures of a row in words, the same in every form of report.
extension ComparisonRow {
    /// What is limited: `flush_latency.p95 (main)`.
    var subject: String { metric + (phase.map { " (\($0))" } ?? "") }

    /// The baseline's value; empty where there is none.
    var baselineText: String { baseline.map(unit.format) ?? "" }

    /// The candidate's value; empty where there is none.
    var candidateText: String { candidate.map(unit.format) ?? "" }

    /// How far the candidate is from the baseline: `+12.3 %`; of budgets it is empty.
    var effectText: String { effect.map { text(of: $0.estimate, $0.scale) } ?? "" }

    /// The confidence interval of the change: `+8.1 … +16.0 %`; empty where there is none.
    var intervalText: String {
        guard let effect, let low = effect.low, let high = effect.high else { return "" }
        let (first, last) = (text(of: low, effect.scale), text(of: high, effect.scale))
        // The unit once is enough where both ends have the same.
        return first.hasSuffix(" %") && last.hasSuffix(" %") ? "\(first.dropLast(2)) … \(last)" : "\(first) … \(last)"
    }

    /// How sure the interval is: `95 %`; nil where there is none.
    var confidenceText: String? {
        effect?.confidence.map {
            Quantity.format(number: 100 * $0, decimals: Self.decimals(ofPercent: 100 * $0)) + " %"
        }
    }

    /// The limit, in few words: `<= 250ms`, `10 % or 1.00 ms`.
    var limitText: String {
        guard kind == .regression else { return limit ?? "" }
        let parts = [maximumRelative.map(Self.share), minimumAbsolute.map(unit.format)].compactMap(\.self)
        return parts.isEmpty ? limit ?? "" : parts.joined(separator: " or ")
    }

    /// The margin of a budget with its sign, and as a share of the limit; empty where there is none to speak of.
    var marginText: String {
        guard let margin, let budget, budget != 0 || margin != 0 else { return "" }
        let sign = margin < 0 ? "-" : "+"
        let percent =
            budget == 0 ? "" : " (\(sign)\(Quantity.format(number: (100 * margin / budget).magnitude.rounded())) %)"
        return sign + unit.format(margin.magnitude) + percent
    }

    /// The smallest change that the figures can tell from none: `4.1 %`; empty where nobody worked it out.
    var detectableText: String { minimalDetectableEffect.map(Self.share) ?? "" }

    /// How many values the row stands on: pairs or runs of a comparison, samples of a budget.
    var countText: String {
        (effect.map { UInt64(max(0, $0.count)) } ?? samples).map { Quantity.format(count: $0) } ?? ""
    }

    /// The verdict, with the level where that is not `error`.
    var verdictText: String {
        kind == .information || level == .error || verdict == .info
            ? verdict.phrase : "\(verdict.phrase), \(level.rawValue)"
    }

    /// The reason, with the gate's id before it where it has one: waivers need it.
    var explanation: String {
        // A name that is made of profile, metric and phase says nothing new.
        let ownName = "/\(metric)" + (phase.map { "@\($0)" } ?? "")
        return gate.flatMap { $0.hasSuffix(ownName) ? nil : "[\($0)] \(reason)" } ?? reason
    }

    /// A figure of an effect, as a change.
    private func text(of value: Double, _ scale: ComparisonEffect.Scale) -> String {
        switch scale {
        case .ratio: Self.change(ratio: value)
        case .difference: (value < 0 ? "-" : value > 0 ? "+" : "") + unit.format(value.magnitude)
        }
    }

    /// A ratio as a change: `+12.3 %`, or `×28.0` for what is no change but another order of magnitude.
    static func change(ratio: Double) -> String {
        guard ratio < 10 else { return "×" + Quantity.format(number: ratio, decimals: 1) }
        let percent = 100 * (ratio - 1)
        return (percent > 0 ? "+" : "") + Quantity.format(number: percent, decimals: decimals(ofPercent: percent))
            + " %"
    }

    /// A share as percent: `2.5 %`.
    static func share(_ share: Double) -> String {
        let percent = 100 * share
        return Quantity.format(
            number: percent,
            decimals: percent == percent.rounded() ? 0 : decimals(ofPercent: percent)
        )
            + " %"
    }

    /// As many decimals as a percentage deserves: a change of 0.04 % is not one of 0.0 %.
    private static func decimals(ofPercent percent: Double) -> Int {
        percent.magnitude >= 99.95 ? 0 : percent.magnitude >= 0.995 || percent == 0 ? 1 : 2
    }
}

/// How a row stands out.
extension ComparisonRow {
    /// A sign at the beginning of the row.
    var mark: String {
        guard kind != .information else { return "" }
        switch verdict {
        case .pass: return "✓"
        case .improved: return "↑"
        case .new, .info: return "i"
        case .waived: return "w"
        case .failed, .regressed: return level == .error ? "✗" : level == .warn ? "!" : "i"
        case .missing: return level == .error ? "?" : level == .warn ? "!" : "i"
        case .suspect, .inconclusive, .notComparable, .invalid: return "–"
        }
    }

    /// How the row is shown.
    var style: TextStyle {
        guard kind != .information else { return .plain }
        switch verdict {
        case .pass, .improved: return .good
        case .failed, .regressed, .missing: return level == .error ? .bad : level == .warn ? .caution : .dim
        case .suspect, .inconclusive, .notComparable, .invalid: return level == .error ? .caution : .dim
        case .new, .info, .waived: return .dim
        }
    }

    /// Whether the metric is not what it was, as far as the figures can tell: the interval leaves no change out.
    var hasMoved: Bool {
        if verdict == .new || verdict == .missing { return true }
        guard let effect else { return false }
        let same = effect.scale == .ratio ? 1.0 : 0
        if effect.method == .exact {
            // Of what is counted every one matters; of a quotient of counts not the last digits.
            return effect.estimate.magnitude > (unit == .count ? 0 : 1e-4 * (baseline ?? 0).magnitude)
        }
        guard let low = effect.low, let high = effect.high else { return false }
        return low > same || high < same
    }

    /// Whether a reader need not know why the row stands as it does.
    var speaksForItself: Bool { kind == .information || verdict == .pass || verdict == .info }
}
