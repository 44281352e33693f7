package import HarnessCore

/// What a self-test came to, as `bench selftest --json` prints it and `--out` writes it.
///
/// `results/selftest.schema.json` describes the form.
package struct SelfTestReport: Codable, Sendable, Equatable {
    /// How a check ended.
    package enum Verdict: String, Codable, Sendable, CaseIterable {
        /// The harness did what it has to do.
        case passed
        /// It did not.
        case failed
        /// The host was so noisy that nothing follows from it.
        case noisy
    }

    /// One check.
    package struct Row: Codable, Sendable, Equatable {
        /// Its name.
        package var check: String
        /// The system that it drove, with what is planted in it; of several, the planted one first.
        package var system: String
        /// What had to come of it.
        package var expectation: String
        /// What came of it.
        package var observed: String
        /// Why the harness says so, each a sentence with numbers; empty where it found nothing wrong.
        package var reasons: [String]
        /// How it ended.
        package var verdict: Verdict
        /// How long it took, repetitions for a noisy host included.
        package var seconds: Double
        /// How often it was run.
        package var attempts: Int
        /// What was wrong with the host in the last attempt, each a sentence.
        package var noise: [String]

        private enum CodingKeys: String, CodingKey {
            case check
            case system
            case expectation
            case observed
            case reasons
            case verdict
            case seconds = "duration_s"
            case attempts
            case noise
        }
    }

    /// Version of the form, `major.minor.patch`.
    package private(set) var reportVersion = SelfTestReport.currentVersion
    /// Where, when and by what call it was made; absent from a report that is only shown.
    package var origin: ReportOrigin?
    /// All checks, in their order.
    package var rows: [Row]
    /// Whether the user ended it before its end.
    package var isInterrupted: Bool

    /// The version that this build writes.
    package static let currentVersion = "2.0.0"

    /// Makes a report.
    package init(rows: [Row] = [], isInterrupted: Bool = false, origin: ReportOrigin? = nil) {
        self.rows = rows
        self.origin = origin
        self.isInterrupted = isInterrupted
    }

    /// The status that a tool ends with: a failure weighs more than noise.
    package var exitStatus: ExitStatus {
        if isInterrupted { return .interrupted }
        if rows.contains(where: { $0.verdict == .failed }) { return .gateFailed }
        return rows.contains { $0.verdict == .noisy } || rows.isEmpty ? .noVerdict : .pass
    }

    /// `selftest=PASS exit=0 checks=23 failed=0 noisy=0 seconds=48.1`: the last line of the table.
    package var verdictLine: String {
        let word =
            switch exitStatus {
            case .pass: "PASS"
            case .gateFailed: "FAIL"
            case .interrupted: "INTERRUPTED"
            default: "NO-VERDICT"
            }
        let count = { (verdict: Verdict) in rows.count { $0.verdict == verdict } }
        let seconds = Quantity.format(number: rows.reduce(0) { $0 + $1.seconds }, decimals: 1)
        return "selftest=\(word) exit=\(exitStatus.rawValue) checks=\(rows.count) failed=\(count(.failed)) "
            + "noisy=\(count(.noisy)) seconds=\(seconds)"
    }

    private enum CodingKeys: String, CodingKey {
        case reportVersion = "report_version"
        case origin
        case rows
        case isInterrupted = "interrupted"
        case exitStatus = "exit_status"
    }

    /// Reads a report; the status follows from its rows.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        reportVersion = try container.decode(String.self, forKey: .reportVersion)
        origin = try container.decodeIfPresent(ReportOrigin.self, forKey: .origin)
        rows = try container.decode([Row].self, forKey: .rows)
        isInterrupted = try container.decode(Bool.self, forKey: .isInterrupted)
    }

    /// Writes the report with its status.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(reportVersion, forKey: .reportVersion)
        try container.encodeIfPresent(origin, forKey: .origin)
        try container.encode(rows, forKey: .rows)
        try container.encode(isInterrupted, forKey: .isInterrupted)
        try container.encode(exitStatus, forKey: .exitStatus)
    }
}
