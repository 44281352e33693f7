package import HarnessCore

/// What stands above the table of pairs: the verdict, and what it rests on.
package struct PairedHeadline: Equatable, Sendable {
    /// The verdict.
    package let word: String
    /// How it stands out.
    package let style: TextStyle
    /// What it rests on, in a clause.
    package let statement: String

    /// The headline of pairs of which only the candidate's own limits are judged.
    package init(_ paired: PairedResult) {
        let (baseline, candidate) = (paired.baseline.result, paired.candidate.result)
        let held = candidate.thresholds.count { $0.verdict == .pass }
        let limits = "\(held) of \(candidate.thresholds.count) thresholds hold"
        if !paired.isComplete {
            (word, style) = (RunVerdict.interrupted.word, RunVerdict.interrupted.style)
            statement = "\(paired.pairs.count) of \(paired.plannedPairs) pairs were measured"
        } else if !baseline.validity.isValid, candidate.verdict == .pass {
            (word, style) = (RunVerdict.invalid.word, RunVerdict.invalid.style)
            statement = "candidate: \(limits); the figures of the baseline cannot be trusted"
        } else {
            (word, style) = (candidate.verdict.word, candidate.verdict.style)
            statement = "candidate: \(limits)"
        }
    }

    /// The headline of pairs whose changes were judged.
    package init(_ paired: PairedResult, judgedAs report: ComparisonReport) {
        (word, style) = (report.verdict.rawValue, report.style)
        let fresh = paired.confirmation.map { ComparisonReport.count($0.pairs.count, "fresh pair") }
        statement = ([report.statement, report.extent] + [fresh].compactMap(\.self)).joined(separator: " · ")
    }

    /// Why no fresh pairs were measured, in a sentence; nil where there are some, or the first ones are not all there.
    package static func omission(_ paired: PairedResult, _ report: ComparisonReport) -> String? {
        guard paired.confirmation == nil, paired.isComplete else { return nil }
        let changes = report.rows.filter { $0.kind == .regression }
        let invalid = changes.filter { $0.verdict == .invalid }.compactMap(\.gate)
        guard invalid.isEmpty else {
            return
                "no fresh pairs were measured: the first ones are invalid for \(invalid.joined(separator: ", ")), so there "
                + "is nothing that fresh ones could confirm; measure again on a quieter machine"
        }
        return "no fresh pairs were measured: the first ones left nothing open that fresh ones could decide"
    }
}
