package import HarnessCore

/// A comparison as text for a terminal: the verdict, the gates with the worst first, reasons, and the verdict line.
package struct ComparisonTable: Sendable {
    /// Characters in a line, 40 or more.
    package var width: Int
    /// Whether styles are used.
    package var painter: TextPainter
    /// What is drawn with; without Unicode every sign is ASCII.
    package var glyphs: PlotGlyphs

    /// Whether metrics that no gate judges are all listed; otherwise those that moved for certain, and the others by name.
    package var showsAll: Bool

    /// Makes a table.
    package init(
        width: Int = 100,
        showsColour: Bool = false,
        glyphs: PlotGlyphs = .blocks,
        showsAll: Bool = false
    ) {
        self.width = width
        self.showsAll = showsAll
        painter = TextPainter(isEnabled: showsColour)
        self.glyphs = glyphs
    }

    /// The report, ending in a line break.
    package func render(_ report: ComparisonReport) -> String {
        let blocks = [
            heading(report),
            gates(report),
            report.shifts.flatMap { DistributionPlot(width: width, painter: painter, glyphs: glyphs).lines($0) },
            information(report),
            obstacles(report),
            footnotes(report),
            [report.verdictLine],
        ]
        return blocks.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") }.joined(separator: "\n\n") + "\n"
    }

    // MARK: - Before and after the gates

    private func heading(_ report: ComparisonReport) -> [String] {
        let thresholds = report.thresholds.map { ", thresholds from \($0.path)" } ?? ""
        let text = glyphs.shown("\(report.statement) · \(report.extent)\(thresholds)")
        let word = report.verdict.rawValue
        let first = wrapped(text, indentation: word.count + 2, style: .plain)
        var lines = [painter.paint(word, report.style) + "  " + (first.first ?? "").drop { $0 == " " }]
        lines += first.dropFirst()
        for (name, side) in [("baseline ", report.baseline), ("candidate", report.candidate)] {
            guard report.design != .budgets, let side, !side.text.isEmpty else { continue }
            let text = wrapped(glyphs.shown(side.text), indentation: 13, style: .dim)
            lines.append("  " + name + "  " + (text.first ?? "").drop { $0 == " " })
            lines += text.dropFirst()
        }
        return lines
    }

    private func obstacles(_ report: ComparisonReport) -> [String] {
        let obstacles = report.inputs.flatMap { input in input.obstacles.map { "\(input.path): \($0)" } }
        let shown = obstacles.prefix(Self.shownObstacles)
        let more = obstacles.count > shown.count ? ["and \(obstacles.count - shown.count) more"] : []
        return (shown + more).flatMap { wrapped("! " + $0, indentation: 5, hanging: 2, style: .caution) }
    }

    private func footnotes(_ report: ComparisonReport) -> [String] {
        let problems = report.problems.flatMap { wrapped("error: " + $0, indentation: 5, hanging: 2, style: .bad) }
        let differences = report.differences.flatMap {
            wrapped("! " + $0.sentence, indentation: 5, hanging: 2, style: .caution)
        }
        let legend = report.gates.contains { !$0.detectableText.isEmpty } ? [Self.legend] : []
        let notes = (legend + report.notes.map { "note: " + $0 }).flatMap {
            wrapped($0, indentation: 5, hanging: 2, style: .plain)
        }
        return problems + differences + notes
    }

    // MARK: - Rows

    private func gates(_ report: ComparisonReport) -> [String] {
        let rows = report.gates
        guard !rows.isEmpty else { return [] }
        let grid = ComparisonGrid(rows, report, glyphs, withLimits: true)
        var result = [grid.titles(width, painter)]
        for (row, lines) in zip(rows, grid.lines(width, painter)) {
            result += lines
            guard !row.speaksForItself else { continue }
            result += wrapped(row.explanation, indentation: 5, style: row.style == .dim ? .dim : .caution)
        }
        return result
    }

    /// What is only shown, without columns of limits.
    private func information(_ report: ComparisonReport) -> [String] {
        guard !report.information.isEmpty else { return [] }
        let rows = report.information.filter { showsAll || $0.hasMoved }
        var lines = [painter.paint("NOT JUDGED", .bold)]
        if !rows.isEmpty {
            let grid = ComparisonGrid(rows, report, glyphs, withLimits: false)
            lines += [grid.titles(width, painter)] + grid.lines(width, painter).joined()
        }
        let others = report.information.filter { !showsAll && !$0.hasMoved }
        guard !others.isEmpty else { return lines }
        // Without intervals nothing can be said of what did not move.
        let isKnown = others.contains { $0.effect?.low != nil || $0.effect?.method == .exact }
        let text =
            "\(ComparisonReport.count(others.count, rows.isEmpty ? "metric" : "other")) "
            + (isKnown ? "did not move for certain" : "with too few runs to tell") + " (--all lists "
            + "\(others.count == 1 ? "it" : "them")): \(Self.names(others, withProfiles: Set(report.rows.map(\.profile)).count > 1))"
        return lines + wrapped(text, indentation: 5, style: .dim)
    }

    /// The metrics of rows in few words: `lost, service_time.p50 .p90`, profile by profile where there are several.
    private static func names(_ rows: [ComparisonRow], withProfiles: Bool) -> String {
        var profiles: [String] = []
        for row in rows where !profiles.contains(row.profile) { profiles.append(row.profile) }
        return profiles.map { profile in
            var groups: [(family: String, names: [String])] = []
            for row in rows where row.profile == profile {
                let parts = row.metric.split(separator: ".", maxSplits: 1).map { String($0) }
                if parts.count == 2, groups.last?.family == parts[0] {
                    groups[groups.count - 1].names.append(".\(parts[1])")
                } else {
                    groups.append((parts[0], [row.metric]))
                }
            }
            let list = groups.map { $0.names.joined(separator: " ") }.joined(separator: ", ")
            return withProfiles ? "\(profile): \(list)" : list
        }.joined(separator: "; ")
    }

    /// Prose in lines, each indented, those after the first by `hanging` more.
    private func wrapped(_ text: String, indentation: Int, hanging: Int = 0, style: TextStyle) -> [String] {
        TextWrap.lines(glyphs.shown(text), width: max(20, width - indentation - hanging)).enumerated().map {
            index,
            line in
            String(repeating: " ", count: indentation + (index == 0 ? 0 : hanging)) + painter.paint(line, style)
        }
    }

    private static let legend = "MDE: the smallest change that these figures can tell from none"

    /// Obstacles that are listed one by one; the JSON has them all.
    private static let shownObstacles = 10
}
