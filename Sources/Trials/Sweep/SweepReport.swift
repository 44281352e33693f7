package import HarnessCore

/// What a sweep came to.
package struct SweepReport: Codable, Sendable, Equatable {
    /// A case that broke a rule.
    package struct Violation: Codable, Sendable, Equatable {
        /// The rule: `false_success`, `hang`, `crash`, `timeout` or `account`.
        package var rule: Rule
        /// The number of the case.
        package var number: Int
        /// What happened.
        package var finding: String
        /// The calls of flush and shutdown of the case in the order of their ends, where they are known.
        package var calls: [String] = []

        private enum CodingKeys: String, CodingKey {
            case rule, finding, calls
            case number = "case"
        }
    }

    /// What every case must keep.
    package enum Rule: String, Codable, Sendable, CaseIterable {
        /// Success means that the receiver has everything accepted before the call.
        case falseSuccess = "false_success"
        /// Every call returns.
        case hang
        /// The process survives.
        case crash
        /// A call returns no later than 20 ms and a tenth after its time-out.
        case timeout
        /// Nothing is lost without a reason or arrives twice without a retry, and the SDK's account balances.
        case account
    }

    /// Version of the form.
    package private(set) var reportVersion = 1
    /// How it was called.
    package var command: [String] = []
    /// What all cases follow from.
    package var seed: UInt64
    /// Cases that were to be tried.
    package var planned: Int
    /// Cases that came to an end.
    package var cases = 0
    /// Items offered.
    package var items = 0
    /// Items accepted.
    package var accepted = 0
    /// Additions to counters.
    package var adds = 0
    /// How flushes ended.
    package var flushes = SweepOutcome.Calls()
    /// How shutdowns ended.
    package var shutdowns = SweepOutcome.Calls()
    /// Faults that struck.
    package var struck: UInt64 = 0
    /// The call whose overrun used the largest part of its allowance, of those that a repetition did not refute; nil if all
    /// calls were in time.
    package var worst: SweepOutcome.Overrun?
    /// Cases with a call that was later than allowed once, and in time when the case was repeated by itself.
    package var unconfirmed: [Int] = []
    /// The worst of their overruns.
    package var worstUnconfirmed: SweepOutcome.Overrun?
    /// Broken rules.
    package var violations: [Violation] = []
    /// How long it took, in seconds.
    package var seconds = 0.0

    /// A sweep that has not begun.
    package init(seed: UInt64, planned: Int) {
        self.seed = seed
        self.planned = planned
    }

    /// All operations: items, additions, flushes and shutdowns.
    package var operations: Int { items + adds + flushes.count + shutdowns.count }

    /// The status that the tool ends with.
    package var exitStatus: ExitStatus {
        if !violations.isEmpty { return .gateFailed }
        return cases == planned && cases > 0 ? .pass : .noVerdict
    }

    /// How often a rule was broken.
    package func count(_ rule: Rule) -> Int {
        violations.count { $0.rule == rule }
    }

    /// Adds what came of a case; whether its calls were in time is judged by the caller.
    mutating func add(_ outcome: SweepOutcome) {
        cases += 1
        items += outcome.items
        accepted += outcome.accepted
        adds += outcome.adds
        flushes.add(outcome.flushes)
        shutdowns.add(outcome.shutdowns)
        struck += outcome.struck
        if !outcome.isLate { noteOverrun(outcome.worst) }
        for (rule, findings) in [(Rule.falseSuccess, outcome.falseSuccesses), (.account, outcome.problems)] {
            violations += findings.map {
                Violation(rule: rule, number: outcome.number, finding: $0, calls: outcome.calls)
            }
        }
    }

    /// Keeps an overrun if it is worse than all before.
    mutating func noteOverrun(_ overrun: SweepOutcome.Overrun?) {
        guard let overrun, worst.map({ overrun.share > $0.share }) ?? true else { return }
        worst = overrun
    }

    private enum CodingKeys: String, CodingKey {
        case reportVersion = "report_version"
        case command, seed, planned, cases, items, accepted, adds, flushes, shutdowns, violations
        case struck = "faults_struck"
        case worst = "worst_overrun"
        case unconfirmed = "unconfirmed_late_cases"
        case worstUnconfirmed = "worst_unconfirmed_overrun"
        case seconds = "duration_s"
    }
}
