/// How one row of a comparison stands.
package enum RowVerdict: String, Codable, Sendable, CaseIterable {
    /// The budget holds, or a change that matters would have been seen and was not.
    case pass
    /// The metric is better by more than the limit allows it to be worse.
    case improved
    /// The budget is broken.
    case failed
    /// The metric is worse by more than the limit, and that is more than chance: of pairs, confirmed by fresh ones.
    case regressed
    /// It looks worse than the limit allows, and that is not certain: unconfirmed, or between unlike machines.
    case suspect
    /// The figures cannot tell: what could be hidden in the noise is greater than what matters.
    case inconclusive
    /// The candidate lacks the metric, or has too few samples for it.
    case missing
    /// Only the candidate has the metric: there is nothing to compare it with.
    case new
    /// The sides differ in something that forbids comparing them.
    case notComparable = "not_comparable"
    /// The runs were disturbed, interrupted or incomplete.
    case invalid
    /// It fails or is suspect, and a waiver says that this is known.
    case waived
    /// Shown, not judged.
    case info
}

extension RowVerdict {
    /// The verdict as people read it.
    package var phrase: String { self == .notComparable ? "not comparable" : rawValue }

    /// Whether a row at level `error` makes the suite fail.
    package var isFailure: Bool { self == .failed || self == .regressed || self == .missing }

    /// Whether a row at level `error` leaves the suite without a pass, and not failed either.
    package var isDoubt: Bool {
        switch self {
        case .suspect, .inconclusive, .notComparable, .invalid: true
        case .pass, .improved, .failed, .regressed, .missing, .new, .waived, .info: false
        }
    }

    /// The order of rows in reports, lower first: what needs attention most comes first.
    package var urgency: Int {
        switch self {
        case .regressed, .failed: 0
        case .missing: 1
        case .invalid: 2
        case .notComparable: 3
        case .suspect: 4
        case .inconclusive: 5
        case .waived: 6
        case .new: 7
        case .improved: 8
        case .pass: 9
        case .info: 10
        }
    }
}
