import HarnessCore

/// The limits of a run as a table, the worst first, each with a bar that shows how far from its limit it is.
struct GateBlock {
    private let rows: [GateRow]

    /// Takes the limits.
    init(_ rows: [GateRow]) {
        self.rows = rows
    }

    /// The table, and why rows have no value.
    var html: HTML {
        let titles: [(String, String)] = [
            ("", ""), ("metric", ""), ("observed", "number"), ("limit", ""), ("", "meter"), ("margin", "number margin"),
            ("samples", "number wide"), ("from", "wide"),
        ]
        let head = titles.map { title, name in
            HTML.element(
                title.isEmpty ? "td" : "th",
                (title.isEmpty ? [] : [("scope", "col")]) + (name.isEmpty ? [] : [("class", name)]),
                [.text(title)]
            )
        }
        return .tag(
            "div",
            ["class": "card"],
            .tag(
                "div",
                ["class": "scroll", "tabindex": "0", "role": "region", "aria-label": "Thresholds"],
                .tag(
                    "table",
                    ["class": "gates"],
                    .tag("thead", [:], .tag("tr", [:], head)),
                    .tag("tbody", [:], GateTable.sorted(rows).filter { !zeros.contains($0) }.map(row) + [zeroRow])
                )
            ),
            .group(GateTable.reasons(rows).map { .tag("p", ["class": "remark"], .text($0)) })
        )
    }

    /// The counts that must be zero and are, if there are enough of them to share a row.
    private var zeros: [GateRow] {
        let zeros = rows.filter { $0.verdict == .pass && $0.limit == 0 && $0.observed == 0 && $0.phase == nil }
        return zeros.count > 3 ? zeros : []
    }

    private var zeroRow: HTML {
        guard let first = zeros.first else { return .nothing }
        return .tag(
            "tr",
            [:],
            Self.state(first),
            .tag(
                "th",
                ["scope": "row", "colspan": "7"],
                .text("\(zeros.count) counts are zero, as they must be: "),
                .tag("span", ["class": "soft"], .name(zeros.map(\.metric).joined(separator: ", ")))
            )
        )
    }

    /// How a row stands: as a sign, and in words where there is room.
    private static func state(_ row: GateRow) -> HTML {
        .tag(
            "td",
            ["class": "state \(row.style.name ?? "")"],
            .tag("span", ["aria-hidden": "true"], .text("\(row.mark) ")),
            .tag("span", ["class": "word-of"], .text(row.verdict.phrase))
        )
    }

    private func row(_ row: GateRow) -> HTML {
        let style = row.style.name ?? ""
        let source = row.source.word + (row.level == .error ? "" : ", \(row.level.rawValue)")
        return .tag(
            "tr",
            [:],
            Self.state(row),
            .tag("th", ["scope": "row"], .name(row.metric + (row.phase.map { " (\($0))" } ?? ""))),
            .tag(
                "td",
                ["class": "number \(row.verdict == .pass ? "" : style)"],
                .text(row.observed.map(row.unit.format) ?? "–")
            ),
            .tag("td", ["class": "limit"], .text(row.expression)),
            .tag("td", ["class": "meter"], meter(row)),
            .tag("td", ["class": "number margin"], .text(row.marginText)),
            .tag("td", ["class": "number wide soft"], .text(row.samples.map { Quantity.format(count: $0) } ?? "")),
            .tag("td", ["class": "wide soft"], .text(source))
        )
    }

    /// A bar from zero to the observed value, and a line at the limit; nothing where the limit is zero.
    private func meter(_ row: GateRow) -> HTML {
        guard let observed = row.observed, row.limit > 0, observed >= 0 else { return .nothing }
        // What is far beyond its limit ends at the edge.
        let length = max(row.limit, min(observed, 2.5 * row.limit)) * 1.12
        let limit = PlotPath.percent(row.limit / length)
        return .tag(
            "svg",
            ["width": "100%", "height": "14", "aria-hidden": "true"],
            .tag("rect", ["class": "track", "y": "3", "width": "100%", "height": "8", "rx": "2"]),
            .tag(
                "rect",
                [
                    "class": "fill \(row.style.name ?? "")", "y": "3",
                    "width": PlotPath.percent(min(1, observed / length)),
                    "height": "8", "rx": "2",
                ]
            ),
            .tag("line", ["class": "limit", "x1": limit, "x2": limit, "y1": "0", "y2": "14"])
        )
    }
}
