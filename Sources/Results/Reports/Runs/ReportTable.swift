package import HarnessCore

/// A table as data: text, Markdown and HTML are made from the same value.
package struct ReportTable: Sendable {
    /// One column.
    package struct Column: Sendable, Equatable {
        /// What stands above it.
        package var title: String
        /// Whether its cells are figures, which stand to the right.
        package var isNumeric: Bool

        /// Makes a column.
        package init(_ title: String, isNumeric: Bool = false) {
            self.title = title
            self.isNumeric = isNumeric
        }
    }

    /// A short name for links: lower-case letters and hyphens.
    package var id: String
    /// The title.
    package var title: String
    /// The columns, in order.
    package var columns: [Column]
    /// The rows, each with a cell for every column.
    package var rows: [[TextTable.Cell]]
    /// What is to be known about it, in a sentence; nil for nothing.
    package var note: String?

    /// Makes a table.
    package init(
        id: String,
        title: String,
        columns: [Column],
        rows: [[TextTable.Cell]],
        note: String? = nil
    ) {
        self.id = id
        self.title = title
        self.columns = columns
        self.rows = rows
        self.note = note
    }

    /// The table with its first columns alone.
    func prefix(_ count: Int) -> ReportTable {
        var table = self
        table.columns = Array(columns.prefix(count))
        table.rows = rows.map { Array($0.prefix(count)) }
        return table
    }

    /// The table as lines of text, its title first; with glyphs of ASCII every other sign gives way to one of them.
    package func lines(width: Int, painter: TextPainter, glyphs: PlotGlyphs) -> [String] {
        var table = TextTable(
            columns.map { TextTable.Column(glyphs.shown($0.title), $0.isNumeric ? .right : .left, isFlexible: true) }
        )
        for row in rows { table.append(row.map { TextTable.Cell(glyphs.shown($0.text), $0.style) }) }
        let note = note.map { TextWrap.lines(glyphs.shown($0), width: width - 2).map { "  " + $0 } } ?? []
        return [painter.paint(glyphs.shown(title).uppercased(), .bold)]
            + table.lines(width: width, painter: painter).map { glyphs == .ascii ? $0.replacing("…", with: ".") : $0 }
            + note
    }

    /// The table as a part of a Markdown text; of a folded one only the title shows at first.
    func section(isFolded: Bool) -> MarkdownSection {
        MarkdownSection(
            folded: isFolded ? MarkdownText.html(title) : nil,
            heading: [isFolded ? nil : "**\(MarkdownText.escaped(title))**", note.map(MarkdownText.escaped)]
                .compactMap(\.self).joined(separator: "<br>\n"),
            header: [
                "| " + columns.map { MarkdownText.escaped($0.title) }.joined(separator: " | ") + " |",
                "|" + columns.map { $0.isNumeric ? " ---: |" : " --- |" }.joined(),
            ],
            items: rows.map { row in
                "| " + row.map { MarkdownText.escaped($0.text) }.joined(separator: " | ") + " |"
            },
            noun: "row"
        )
    }
}
