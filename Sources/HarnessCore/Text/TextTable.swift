/// Rows of cells as aligned text: as wide as their contents need, no trailing spaces.
///
/// Widths are counted in characters, which is right for everything the harness prints (letters, digits, `µ`, `–`).
package struct TextTable {
    /// On which side of its column a cell stands.
    package enum Alignment: Sendable {
        case left
        case right
    }

    /// One column.
    package struct Column: Sendable {
        /// The text above the column, empty for none.
        package var title: String
        /// Where its cells stand.
        package var alignment: Alignment
        /// Whether its cells are cut with an ellipsis when the table would be wider than allowed.
        package var isFlexible: Bool
        /// When the column is left out of a table that would be wider than allowed: 1 goes first, `nil` never.
        package var dropRank: Int?

        /// Makes a column.
        package init(
            _ title: String = "",
            _ alignment: Alignment = .left,
            isFlexible: Bool = false,
            dropRank: Int? = nil
        ) {
            self.title = title
            self.alignment = alignment
            self.isFlexible = isFlexible
            self.dropRank = dropRank
        }
    }

    /// One cell: a text and how it is shown.
    package struct Cell: Sendable, ExpressibleByStringLiteral, ExpressibleByStringInterpolation {
        /// The text, on one line.
        package var text: String
        /// How it is shown.
        package var style: TextStyle

        /// Makes a cell.
        package init(_ text: String, _ style: TextStyle = .plain) {
            self.text = text
            self.style = style
        }

        /// Makes a plain cell.
        package init(stringLiteral text: String) {
            self.init(text)
        }
    }

    /// The columns, in order.
    package let columns: [Column]
    /// The rows, in order, each with one cell for every column or fewer.
    package private(set) var rows: [[Cell]] = []
    /// Spaces before each line.
    package var indentation = 2
    /// Spaces between columns.
    package var spacing = 2

    /// Makes a table without rows.
    package init(_ columns: [Column]) {
        self.columns = columns
    }

    /// Adds a row; absent cells at its end are empty.
    package mutating func append(_ cells: [Cell]) {
        precondition(cells.count <= columns.count, "a row has more cells than the table has columns")
        rows.append(cells)
    }

    /// The table as lines, its titles first if it has any.
    ///
    /// To keep within `width` characters, columns with a ``Column/dropRank`` are left out, then flexible ones shrink.
    package func lines(width: Int? = nil, painter: TextPainter = TextPainter(isEnabled: false)) -> [String] {
        let widths = columnWidths(limit: width)
        var lines: [String] = []
        if columns.contains(where: { !$0.title.isEmpty }) {
            lines.append(line(columns.map { Cell($0.title, .dim) }, widths, painter))
        }
        return lines + rows.map { line($0, widths, painter) }
    }

    private func columnWidths(limit: Int?) -> [Int] {
        var widths = columns.indices.map { column in
            rows.reduce(columns[column].title.count) { max($0, $1.count > column ? $1[column].text.count : 0) }
        }
        guard let limit else { return widths }
        let excessOver = { (widths: [Int]) in
            indentation + widths.reduce(0, +) + max(0, widths.count { $0 > 0 } - 1) * spacing - limit
        }
        let droppable = columns.indices.filter { columns[$0].dropRank != nil }
            .sorted { (columns[$0].dropRank ?? 0, $0) < (columns[$1].dropRank ?? 0, $1) }
        for column in droppable where excessOver(widths) > 0 {
            widths[column] = 0
        }
        var excess = excessOver(widths)
        // The widest flexible column gives way first; none shrinks below what can still be recognised.
        while excess > 0 {
            let shrinkable = columns.indices.filter { columns[$0].isFlexible && widths[$0] > 8 }
            guard let widest = shrinkable.max(by: { widths[$0] < widths[$1] }) else { break }
            widths[widest] -= 1
            excess -= 1
        }
        return widths
    }

    private func line(_ cells: [Cell], _ widths: [Int], _ painter: TextPainter) -> String {
        var line = String(repeating: " ", count: indentation)
        var pending = 0
        for (column, cell) in cells.enumerated() where widths[column] > 0 {
            let text = cell.text.count <= widths[column] ? cell.text : cell.text.prefix(widths[column] - 1) + "…"
            let padding = widths[column] - text.count
            let before = columns[column].alignment == .right ? padding : 0
            // Spaces are held back until something follows them, so that no line ends in spaces.
            if text.isEmpty {
                pending += widths[column] + spacing
            } else {
                line += String(repeating: " ", count: pending + before) + painter.paint(text, cell.style)
                pending = padding - before + spacing
            }
        }
        return line
    }
}
