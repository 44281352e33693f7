import HarnessCore

/// What a linter found, as text.
package struct LintTable: Sendable {
    private let width: Int
    private let painter: TextPainter

    /// Makes a table.
    package init(width: Int = 100, showsColour: Bool = false) {
        self.width = width
        painter = TextPainter(isEnabled: showsColour)
    }

    /// The gates, the plan, and a line of counts that is easy to search for.
    package func render(_ lint: GateLint) -> String {
        let never = lint.rows.count { !$0.findings.isEmpty }
        var lines = [
            never == 0
                ? painter.paint("every gate can decide", .good)
                : painter.paint("\(never) of \(lint.rows.count) gates cannot do their work", .bad)
        ]
        if let largest = lint.families.max(by: { $0.gates < $1.gates }) {
            let text =
                "gates on changes of timed metrics are judged together profile by profile, at most \(largest.gates) "
                + "(\(largest.profile)): each must reach p \(Quantity.format(number: largest.strictestLevel, decimals: 4)), and "
                + "\(lint.pairs) pairs reach \(Quantity.format(number: lint.smallestP, decimals: 4))"
            lines += TextWrap.lines(text, width: width - 2).map { "  " + painter.paint($0, .dim) }
        }
        if !lint.rows.isEmpty { lines += [""] + rows(lint) }
        if !lint.plans.isEmpty { lines += ["", "cheapest plan that decides all"] + plans(lint) }
        for note in lint.notes {
            lines += TextWrap.lines("note: \(note)", width: width - 2).map { "  " + painter.paint($0, .dim) }
        }
        return lines.joined(separator: "\n") + "\n\n\(lint.verdictLine)\n"
    }

    private func rows(_ lint: GateLint) -> [String] {
        var lines: [String] = []
        for row in lint.rows {
            let mark = row.findings.isEmpty ? painter.paint("✓", .good) : painter.paint("✗", .bad)
            let detectable = row.detectableChange.map {
                ", finds \(Quantity.format(number: 100 * $0, decimals: 1)) %"
            }
            lines.append("  \(mark) \(row.gate): \(row.limit)\(detectable ?? "")")
            for finding in row.findings {
                lines += TextWrap.lines(finding.reason, width: width - 6).map { "      " + $0 }
            }
        }
        return lines
    }

    private func plans(_ lint: GateLint) -> [String] {
        var table = TextTable([.init("profile"), .init("pairs", .right), .init("time", .right)])
        for plan in lint.plans {
            let pairs = plan.pairs.map { "\($0)" } ?? "more than \(GateLint.mostPairs)"
            let time = plan.seconds.map { "about " + Quantity.format(durationNanoseconds: $0 * 1e9) } ?? ""
            table.append([TextTable.Cell(plan.profile), TextTable.Cell(pairs), TextTable.Cell(time)])
        }
        return table.lines(width: width, painter: painter)
    }
}
