import HarnessCore

extension ComparisonReport {
    /// All rows as a table, the worst first.
    package var table: ReportTable {
        let places = RowPlaces(self)
        let columns: [(title: String, isNumeric: Bool, text: (ComparisonRow) -> TextTable.Cell)] = [
            ("metric", false, { .init([places[$0], $0.subject].filter { !$0.isEmpty }.joined(separator: " ")) }),
            ("baseline", true, { .init($0.baselineText) }), ("candidate", true, { .init($0.candidateText) }),
            ("change", true, { .init($0.effectText, $0.style) }), ("interval", true, { .init($0.intervalText, .dim) }),
            ("limit", true, { .init($0.limitText) }), ("n", true, { .init($0.countText, .dim) }),
            ("verdict", false, { $0.kind == .information ? "" : .init($0.verdictText, $0.style) }),
        ]
        // Columns that nothing stands in are left out.
        let shown = columns.filter { column in rows.contains { !column.text($0).text.isEmpty } }
        return ReportTable(
            id: "comparison",
            title: "Baseline and candidate",
            columns: shown.map { ReportTable.Column($0.title, isNumeric: $0.isNumeric) },
            rows: rows.map { row in shown.map { $0.text(row) } }
        )
    }
}
