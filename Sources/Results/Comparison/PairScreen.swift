/// What a first look at pairs leaves for fresh ones to decide.
///
/// The screen only chooses: a gate that it does not settle is measured again, and the fresh pairs alone decide it. It
/// settles a gate where the 95 % interval lies within the limit and a change of that size would have been seen. That clears
/// fewer gates than a two-sided test at 0.10 would: its 90 % interval lies within that of 95 %, so that whatever it suspects
/// to exceed the limit is measured again, and what the figures cannot tell as well. Nothing is called regressed here.
package enum PairScreen {
    /// The gates that are suspicious or undecided, by name, in the order of the report.
    ///
    /// - Parameter report: of pairs, without a confirmation.
    /// - Returns: names of gates on changes of timed metrics; counts are as certain as they will ever be, and a metric that
    ///   is missing stays so.
    package static func openGates(of report: ComparisonReport) -> [String] {
        report.rows.compactMap { row in
            guard row.kind == .regression, row.effect?.method == .paired, row.level == .error || row.level == .warn
            else { return nil }
            switch row.verdict {
            case .suspect, .inconclusive, .regressed: return row.gate
            case .pass, .improved, .failed, .missing, .new, .notComparable, .invalid, .waived, .info: return nil
            }
        }
    }
}
