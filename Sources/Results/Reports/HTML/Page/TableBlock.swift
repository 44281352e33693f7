import HarnessCore

/// A table of a report as HTML; a wide one is scrolled by itself rather than with the page.
struct TableBlock {
    private let table: ReportTable

    /// Takes a table.
    init(_ table: ReportTable) {
        self.table = table
    }

    /// The table with its note, without its title; one of names and values alone is no table for the eye.
    var html: HTML {
        let isTitled = table.columns.contains { !$0.title.isEmpty }
        guard isTitled || table.columns.count != 2 else { return .group([pairs, note]) }
        let titles = table.columns.map { column in
            column.title.isEmpty ? HTML.tag("td") : cell("th", column, [("scope", "col")], .text(column.title))
        }
        let rows = table.rows.map { row in
            HTML.tag(
                "tr",
                [:],
                zip(table.columns, row).enumerated().map { index, pair in
                    let (column, text) = pair
                    return index == 0
                        ? cell("th", column, [("scope", "row")], text.html) : cell("td", column, [], text.html)
                }
            )
        }
        // What scrolls has to be reached without a mouse, too.
        return .group([
            .tag(
                "div",
                ["class": "scroll", "tabindex": "0", "role": "region", "aria-label": table.title],
                .tag(
                    "table",
                    [:],
                    isTitled ? .tag("thead", [:], .tag("tr", [:], titles)) : .nothing,
                    .tag("tbody", [:], rows)
                )
            ),
            note,
        ])
    }

    private var note: HTML { table.note.map { .tag("p", ["class": "remark"], .sentence($0)) } ?? .nothing }

    private var pairs: HTML {
        .tag(
            "dl",
            ["class": "pairs"],
            table.rows.map { .tag("div", [:], .tag("dt", [:], $0[0].html), .tag("dd", [:], $0[1].html)) }
        )
    }

    private func cell(
        _ name: String,
        _ column: ReportTable.Column,
        _ attributes: [(name: String, value: String)],
        _ content: HTML
    ) -> HTML {
        .element(name, attributes + (column.isNumeric ? [("class", "number")] : []), [content])
    }
}

extension TextTable.Cell {
    /// The text in its style.
    var html: HTML {
        style.name.map { .tag("span", ["class": $0], .text(text)) } ?? .text(text)
    }
}

extension TextStyle {
    /// The class of the style sheet; nil for plain text.
    var name: String? {
        switch self {
        case .plain, .series: nil
        case .bold: "strong"
        case .dim: "soft"
        case .good: "good"
        case .caution: "caution"
        case .bad: "bad"
        }
    }
}
