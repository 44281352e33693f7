package import HarnessCore

/// What everything that was judged together is worth.
package enum SuiteVerdict: String, Codable, Sendable, CaseIterable {
    /// Every gate was judged and holds.
    case pass = "PASS"
    /// A budget is broken, a regression is certain, or a gated metric is missing.
    case fail = "FAIL"
    /// A gate could not be decided: too few runs, too much noise, nothing proved, or nothing to judge.
    case inconclusive = "INCONCLUSIVE"
    /// A run was disturbed, interrupted or incomplete, so that its figures prove nothing.
    case invalid = "INVALID"
    /// The sides differ in something that forbids comparing them, or there is no baseline.
    case notComparable = "NOT-COMPARABLE"
    /// The thresholds, the results or the command line are wrong, so that nothing was judged as asked.
    case error = "ERROR"

    /// The status that a tool ends with; an error may also be one of the tool itself.
    package var exitStatus: ExitStatus {
        switch self {
        case .pass: .pass
        case .fail: .gateFailed
        case .inconclusive, .invalid: .noVerdict
        case .notComparable: .notComparable
        case .error: .usage
        }
    }
}
