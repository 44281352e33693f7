/// The exit statuses that every tool of the package uses, so that a script can tell a verdict from an accident.
package enum ExitStatus: Int32, Sendable, CaseIterable, Codable {
    /// Everything asked for was judged and holds.
    case pass = 0
    /// A gate failed: a budget is broken, a regression is confirmed, or a gated metric is missing.
    case gateFailed = 1
    /// The command line, a profile, a thresholds file or a result file is wrong.
    case usage = 2
    /// Nothing can be said: the run is invalid, the comparison inconclusive, or there was nothing to judge.
    case noVerdict = 3
    /// The results differ in something that forbids comparing them, or there is no baseline.
    case notComparable = 4
    /// The harness failed, or the worker or the sink died.
    case internalError = 5
    /// The user interrupted the run.
    case interrupted = 130

    /// One line for help texts and reports.
    package var explanation: String {
        switch self {
        case .pass: "pass"
        case .gateFailed: "a limit is broken, or the run did not produce a metric that its profile limits"
        case .usage: "usage error, or an invalid profile, thresholds or result file"
        case .noVerdict: "no verdict: the run is invalid, delivery is unverified, or there was nothing to judge"
        case .notComparable: "not comparable, or no baseline"
        case .internalError: "internal error, or the worker or the sink died"
        case .interrupted: "interrupted"
        }
    }

    /// The status that a tool ends with when several apply: 130, then 5, 2, 1, 4, 3, 0.
    ///
    /// A broken harness says nothing about the system, and a broken budget is worth more than a doubt: what is more
    /// certain, and more urgent to repair, goes first.
    package static func mostUrgent(of statuses: some Sequence<ExitStatus>) -> ExitStatus {
        let order: [ExitStatus] = [.interrupted, .internalError, .usage, .gateFailed, .notComparable, .noVerdict]
        let present = Set(statuses)
        return order.first(where: present.contains) ?? .pass
    }
}
