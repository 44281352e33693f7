import HarnessCore

/// The rows of a comparison as aligned lines.
///
/// Columns that nothing stands in are left out. Where the names of the gates would take the room of the figures, each
/// stands on a line of its own above them.
struct ComparisonGrid {
    private let rows: [ComparisonRow]
    private let names: [String]
    private let columns: [Column]
    private let cells: [[TextTable.Cell]]
    private let glyphs: PlotGlyphs

    /// Makes a grid of some rows of a report; without limits only figures are shown.
    init(_ rows: [ComparisonRow], _ report: ComparisonReport, _ glyphs: PlotGlyphs, withLimits: Bool) {
        self.rows = rows
        self.glyphs = glyphs
        let places = RowPlaces(report)
        names = rows.map { row in
            glyphs.shown(
                [places[row], row.subject, places.source(of: row)].filter { !$0.isEmpty }.joined(separator: " ")
            )
        }
        let columns = Self.columns(report.design, rows).filter { column in
            (withLimits || !column.isOfLimits) && rows.contains { !column.text($0).isEmpty }
        }
        self.columns = columns
        cells = rows.map { row in
            columns.map { TextTable.Cell(glyphs.shown($0.text(row)), $0.style(row)) }
        }
    }

    /// The titles of the columns.
    func titles(_ width: Int, _ painter: TextPainter) -> String {
        table(isStacked(width)).lines(width: width, painter: painter)[0]
    }

    /// The lines of each row.
    func lines(_ width: Int, _ painter: TextPainter) -> [[String]] {
        let isStacked = isStacked(width)
        let lines = table(isStacked).lines(width: width, painter: painter).dropFirst().map { line in
            // What the table cuts it marks beyond ASCII.
            glyphs == .ascii ? line.replacing("…", with: ".") : line
        }
        guard isStacked else { return lines.map { [$0] } }
        return zip(zip(rows, names), lines).map { head, line in
            let mark = glyphs.shown(head.0.mark)
            let start = mark.isEmpty ? "     " : "  \(painter.paint(mark, head.0.style))  "
            return [start + head.1, line]
        }
    }

    /// Whether names stand on lines of their own: they would take more than a third of a line that is too short.
    private func isStacked(_ width: Int) -> Bool {
        guard let longest = names.map(\.count).max(), longest > width / 3 else { return false }
        return table(false).lines().contains { TextPainter.visibleCount($0) > width }
    }

    private func table(_ isStacked: Bool) -> TextTable {
        let figures = columns.map { column in
            TextTable.Column(column.title, column.isLeft ? .left : .right, dropRank: column.dropRank)
        }
        let head = isStacked ? [] : [TextTable.Column(), TextTable.Column("gate", isFlexible: true)]
        var table = TextTable(head + figures)
        table.indentation = isStacked ? 5 : 2
        for (index, row) in rows.enumerated() {
            let head =
                isStacked ? [] : [TextTable.Cell(glyphs.shown(row.mark), row.style), TextTable.Cell(names[index])]
            table.append(head + cells[index])
        }
        return table
    }

    /// One column of figures.
    private struct Column {
        let title: String
        var isLeft = false
        var isOfLimits = false
        /// When it gives way to a narrow terminal, 1 first; nil for never.
        var dropRank: Int?
        var style: (ComparisonRow) -> TextStyle = { _ in .plain }
        let text: (ComparisonRow) -> String
    }

    private static func columns(_ design: ComparisonReport.Design, _ rows: [ComparisonRow]) -> [Column] {
        let verdict = Column(title: "verdict", isLeft: true, isOfLimits: true, style: \.style, text: \.verdictText)
        let count = Column(title: "n", dropRank: 2, style: { _ in .dim }, text: \.countText)
        guard design != .budgets else {
            return [
                Column(title: "observed", style: emphasis, text: \.candidateText),
                Column(title: "limit", isOfLimits: true, text: \.limitText),
                Column(title: "margin", isOfLimits: true, dropRank: 1, text: \.marginText), count, verdict,
            ]
        }
        let confidence = Set(rows.compactMap(\.confidenceText))
        let interval = confidence.first.map { confidence.count == 1 ? "\($0) interval" : "interval" } ?? ""
        return [
            Column(title: "baseline", dropRank: 1, text: \.baselineText),
            Column(
                title: "candidate",
                dropRank: 4,
                style: { $0.kind == .budget ? emphasis($0) : .plain },
                text: \.candidateText
            ),
            Column(title: "change", style: emphasis, text: \.effectText),
            Column(title: interval, dropRank: 5, style: { _ in .dim }, text: \.intervalText),
            Column(title: "limit", isOfLimits: true, dropRank: 6, text: \.limitText),
            Column(title: "MDE", isOfLimits: true, dropRank: 3, style: { _ in .dim }, text: \.detectableText), count,
            verdict,
        ]
    }

    private static func emphasis(_ row: ComparisonRow) -> TextStyle { row.verdict == .pass ? .plain : row.style }
}
