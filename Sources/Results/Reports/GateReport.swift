package import HarnessCore

extension SuiteVerdict {
    /// The verdict that goes with the status of a tool.
    init(_ status: ExitStatus) {
        switch status {
        case .pass: self = .pass
        case .gateFailed: self = .fail
        case .noVerdict, .notComparable, .interrupted: self = .inconclusive
        case .usage, .internalError: self = .error
        }
    }
}

/// Results judged by gates: one model for every form of output.
package struct GateReport: Codable, Equatable, Sendable {
    /// A result that was judged.
    package struct Subject: Codable, Equatable, Sendable {
        /// The file.
        package var path: String
        /// Name of the profile that was run.
        package var profile: String
        /// Identifies the run.
        package var runID: String
        /// What the run was worth when it ended.
        package var verdict: RunVerdict
        /// Why the run cannot be judged as a whole, if so.
        package var obstacles: [String]

        private enum CodingKeys: String, CodingKey {
            case path
            case profile
            case runID = "run_id"
            case verdict
            case obstacles
        }
    }

    /// A gate as it stands in one result.
    package struct Row: Codable, Equatable, Sendable {
        /// The file of the result.
        package var path: String
        /// The gate with what was observed.
        package var gate: GateRow
    }

    /// Two sides beside each other.
    package struct Comparison: Codable, Equatable, Sendable {
        /// The file of the paired result.
        package var path: String
        /// How many pairs there are.
        package var pairs: Int
        /// Every metric that both sides have.
        package var metrics: [PairedMetric]

        /// What a report keeps of a paired result.
        package init(path: String, _ paired: PairedResult) {
            self.path = path
            pairs = paired.pairs.count
            metrics = paired.metrics
        }
    }

    /// Version of the report's form in JSON.
    package private(set) var reportVersion = 1
    /// The thresholds file in force, if there is one.
    package var thresholdsFile: String?
    /// The results, in the order in which they were given.
    package var results: [Subject]
    /// The paired results among them; absent when there are none.
    package var comparisons: [Comparison]?
    /// All rows, the worst first.
    package var rows: [Row]
    /// What makes a judgement impossible, each a sentence.
    package var problems: [String]
    /// What a reader should know, each a sentence.
    package var notes: [String]
    /// What the set is worth.
    package var verdict: SuiteVerdict
    /// The status that a tool ends with.
    package var exitStatus: ExitStatus

    private enum CodingKeys: String, CodingKey {
        case reportVersion = "report_version"
        case thresholdsFile = "thresholds_file"
        case results
        case comparisons
        case rows
        case problems
        case notes
        case verdict
        case exitStatus = "exit_status"
    }

    /// Rows that break their limit and count.
    package var failures: [Row] { rows.filter { $0.gate.level == .error && $0.gate.verdict == .fail } }

    /// `verdict=FAIL exit=1 gates=12 failed=1`: the last line of every text output, easy to search for.
    package var verdictLine: String {
        let counts = [
            ("warned", rows.count { $0.gate.isWarning }),
            ("missing", rows.count { $0.gate.verdict == .missing }),
            ("not_evaluated", rows.count { $0.gate.verdict == .notEvaluated }),
        ]
        let extra = counts.filter { $0.1 > 0 }.map { " \($0.0)=\($0.1)" }.joined()
        return
            "verdict=\(verdict.rawValue) exit=\(exitStatus.rawValue) gates=\(rows.count) failed=\(failures.count)\(extra)"
    }
}
