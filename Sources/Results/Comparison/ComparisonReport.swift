package import HarnessCore

/// Results judged by gates: the one model that every form of output shows.
///
/// It holds budgets (absolute limits) and regressions (limits relative to a baseline), and says of each row with
/// numbers why it stands as it does. JSON names are `snake_case`; what does not apply is absent.
package struct ComparisonReport: Codable, Equatable, Sendable {
    /// How the sides were measured.
    package enum Design: String, Codable, Sendable, CaseIterable {
        /// There is one side: only budgets are judged.
        case budgets
        /// Two sets of runs, measured at different times.
        case unpaired
        /// Two sides measured in turn, run by run.
        case paired
    }

    /// Version of the report's form in JSON.
    package private(set) var reportVersion = ComparisonReport.currentVersion
    /// What everything together is worth.
    package var verdict: SuiteVerdict
    /// The status that a tool ends with.
    package var exitStatus: ExitStatus
    /// How the sides were measured.
    package var design: Design
    /// The thresholds file in force; absent when there is none.
    package var thresholds: ThresholdsIdentity?
    /// The files, in the order in which they were given.
    package var inputs: [ComparisonInput]
    /// What is compared with; absent when only budgets are judged.
    package var baseline: SideIdentity?
    /// What is looked at.
    package var candidate: SideIdentity
    /// How the fingerprints of the sides differ; empty when they match, or when there is one side.
    package var differences: [FingerprintDifference]
    /// What makes a judgement impossible, each a sentence.
    package var problems: [String]
    /// What a reader should know, each a sentence.
    package var notes: [String]
    /// All rows, the worst first.
    package var rows: [ComparisonRow]

    /// The version that this build writes.
    package static let currentVersion = 2

    /// Makes the value; the rows are put in order, the worst first.
    package init(
        verdict: SuiteVerdict,
        exitStatus: ExitStatus,
        design: Design,
        thresholds: ThresholdsIdentity? = nil,
        inputs: [ComparisonInput],
        baseline: SideIdentity? = nil,
        candidate: SideIdentity,
        differences: [FingerprintDifference] = [],
        problems: [String] = [],
        notes: [String] = [],
        rows: [ComparisonRow]
    ) {
        self.verdict = verdict
        self.exitStatus = exitStatus
        self.design = design
        self.thresholds = thresholds
        self.inputs = inputs
        self.baseline = baseline
        self.candidate = candidate
        self.differences = differences
        self.problems = problems
        self.notes = notes
        self.rows = ComparisonRow.sorted(rows)
    }

    private enum CodingKeys: String, CodingKey {
        case reportVersion = "report_version"
        case verdict
        case exitStatus = "exit_status"
        case design
        case thresholds
        case inputs
        case baseline
        case candidate
        case differences
        case problems
        case notes
        case rows
    }
}

extension ComparisonReport {
    /// The rows that are gates: all that something was demanded of.
    package var gates: [ComparisonRow] { rows.filter { $0.kind != .information } }

    /// The gates that fail the suite.
    package var failures: [ComparisonRow] { gates.filter(\.isFailure) }

    /// `verdict=FAIL exit=1 gates=12 failed=1`: the last line of every text output, easy to search for.
    ///
    /// Counts that are not zero follow: `warned`, then those of each verdict that is neither pass nor failure.
    package var verdictLine: String {
        let gates = gates
        let counts =
            [("warned", gates.count(where: \.isWarning))]
            + [
                RowVerdict.missing, .suspect, .inconclusive, .notComparable, .invalid, .waived, .new, .improved,
            ].map { verdict in (verdict.rawValue, gates.count { $0.verdict == verdict }) }
        let extra = counts.filter { $0.1 > 0 }.map { " \($0.0)=\($0.1)" }.joined()
        return "verdict=\(verdict.rawValue) exit=\(exitStatus.rawValue) gates=\(gates.count) "
            + "failed=\(failures.count)\(extra)"
    }
}

/// A thresholds file, so that a later reader can tell whether limits have changed.
package struct ThresholdsIdentity: Codable, Equatable, Sendable {
    /// The file.
    package var path: String
    /// The SHA-256 digest of its contents, 64 hexadecimal digits.
    package var sha256: String

    /// Makes the value from its parts.
    package init(path: String, sha256: String) {
        self.path = path
        self.sha256 = sha256
    }
}
