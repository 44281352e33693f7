import HarnessCore

/// A comparison as commands for GitHub Actions: each gate that does not stand as it should, beside its line.
///
/// Rows at level `error` are errors when they fail and warnings while they are in doubt; those at level `warn` are
/// warnings; what is better, new or waived is a notice.
package struct ComparisonAnnotations: Sendable {
    /// Makes a renderer.
    package init() {}

    /// The commands, one a line, and the verdict line.
    package func render(_ report: ComparisonReport) -> String {
        let lines = WorkflowCommand.limited(commands(report)).map(\.text)
        return (lines + [report.verdictLine]).joined(separator: "\n") + "\n"
    }

    /// All commands, more than GitHub would show, the worst first.
    func commands(_ report: ComparisonReport) -> [WorkflowCommand] {
        let problems = report.problems.map {
            WorkflowCommand(severity: .error, file: report.thresholds?.path, title: "bench-compare", message: $0)
        }
        let places = RowPlaces(report)
        let rows = report.gates.compactMap { row in
            Self.severity(of: row).map { severity in
                let place = places[row]
                return WorkflowCommand(
                    severity: severity,
                    file: row.source == .thresholds ? report.thresholds?.path : nil,
                    line: row.line,
                    title: Self.clipped(
                        [place, row.subject].filter { !$0.isEmpty }.joined(separator: " ") + ": \(row.verdictText)"
                            + (row.effectText.isEmpty ? "" : " (\(row.effectText))")
                    ),
                    message: row.explanation
                )
            }
        }
        let obstacles = report.inputs.flatMap { input in
            input.obstacles.map {
                WorkflowCommand(severity: .warning, title: "\(input.profile): \(input.path)", message: $0)
            }
        }
        let differences = report.differences.map {
            WorkflowCommand(severity: .warning, title: "\($0.field) differs", message: $0.sentence)
        }
        let verdict = Self.verdict(report)
        return (verdict.map { [$0] } ?? []) + problems + rows + obstacles + differences
    }

    /// A verdict that no row explains must not look like a pass.
    private static func verdict(_ report: ComparisonReport) -> WorkflowCommand? {
        guard report.exitStatus != .pass, report.problems.isEmpty, !report.gates.contains(where: isAccountable) else {
            return nil
        }
        return WorkflowCommand(
            severity: report.exitStatus == .noVerdict ? .warning : .error,
            title: report.verdict.rawValue,
            message: report.statement
        )
    }

    private static func isAccountable(_ row: ComparisonRow) -> Bool {
        row.isFailure || (row.level == .error && row.verdict.isDoubt)
    }

    private static func severity(of row: ComparisonRow) -> WorkflowCommand.Severity? {
        switch (row.verdict, row.level) {
        case (.pass, _), (.info, _), (_, .off): nil
        case (.improved, _), (.new, _), (.waived, _): .notice
        case (_, .info): nil
        case (_, .error) where row.isFailure: .error
        default: .warning
        }
    }

    /// GitHub cuts titles after 255 characters.
    private static func clipped(_ title: String) -> String { title.count > 255 ? title.prefix(254) + "…" : title }
}
