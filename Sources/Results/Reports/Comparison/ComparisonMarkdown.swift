import HarnessCore

/// A comparison as Markdown for a pull request or the summary of a step.
///
/// What needs attention comes first; what does not is folded. The text stays within ``limit`` bytes, because a comment
/// on GitHub takes 65,536 characters: what does not fit is counted.
package struct ComparisonMarkdown: Sendable {
    /// The most bytes that the text has.
    package let limit: Int

    /// Makes a renderer; a limit below 2,000 bytes leaves no room for what must be said.
    package init(limit: Int = 60_000) {
        precondition(limit >= 2_000, "a report of \(limit) bytes says nothing")
        self.limit = limit
    }

    /// The report, ending in a line break.
    package func render(_ report: ComparisonReport) -> String {
        let end = "\n`\(report.verdictLine)`\n"
        var text = MarkdownBuilder(limit: limit - end.utf8.count)
        heading(report, &text)
        let places = RowPlaces(report)
        let attention = report.gates.filter { !$0.speaksForItself }
        text.add(table(attention, report))
        text.add(MarkdownSection(items: attention.map { "- " + reason($0, places) }, noun: "reason"))
        text.add(
            MarkdownSection(
                heading: "The limits could not be judged as asked:",
                items: report.problems.map { "- " + escaped($0) },
                noun: "problem"
            )
        )
        text.add(MarkdownSection(heading: "What speaks against the runs:", items: obstacles(report), noun: "obstacle"))
        text.add(differences(report))
        text.add(MarkdownSection(heading: "Notes:", items: report.notes.map { "- " + escaped($0) }, noun: "note"))
        for item in report.shifts { text.add(shift(item)) }
        let held = report.gates.filter(\.speaksForItself)
        text.add(table(held, report, folded: "\(ComparisonReport.count(held.count, "gate")) that hold"))
        let shown = report.information
        text.add(table(shown, report, folded: "\(ComparisonReport.count(shown.count, "metric")) that no gate limits"))
        text.add(inputs(report))
        text.add(reproduction(report))
        return text.text + end
    }

    // MARK: - Parts

    private func heading(_ report: ComparisonReport, _ text: inout MarkdownBuilder) {
        text.add(MarkdownSection(items: ["### \(report.verdict.rawValue): \(escaped(report.statement))"], noun: "line"))
        var lines = [report.extent + (report.thresholds.map { ", limits from \(MarkdownText.code($0.path))" } ?? "")]
        if report.design != .budgets {
            for (name, side) in [("baseline", report.baseline), ("candidate", report.candidate)] {
                guard let side, !side.text.isEmpty else { continue }
                lines.append("\(name): \(MarkdownText.code(clipped(side.text), inTable: false))")
            }
        }
        text.add(MarkdownSection(items: [lines.joined(separator: "<br>\n")], noun: "line"))
    }

    private func table(_ rows: [ComparisonRow], _ report: ComparisonReport, folded: String? = nil) -> MarkdownSection {
        let places = RowPlaces(report)
        let columns = Self.columns(report.design).filter { column in
            rows.contains { !column.text($0, places).isEmpty }
        }
        let header = [
            "| " + columns.map(\.title).joined(separator: " | ") + " |",
            "|" + columns.map { $0.isLeft ? " --- |" : " ---: |" }.joined(),
        ]
        let lines = rows.map { row in
            "| " + columns.map { $0.text(row, places) }.joined(separator: " | ") + " |"
        }
        return MarkdownSection(folded: folded, header: header, items: lines, noun: "row")
    }

    private struct Column {
        let title: String
        var isLeft = false
        let text: (ComparisonRow, RowPlaces) -> String
    }

    private static func columns(_ design: ComparisonReport.Design) -> [Column] {
        let gate = Column(title: "gate", isLeft: true) { row, places in
            let place = places[row]
            let source = places.source(of: row)
            return (place.isEmpty ? "" : MarkdownText.escaped(place) + " ") + MarkdownText.code(row.subject)
                + (source.isEmpty ? "" : " " + MarkdownText.escaped(source))
        }
        let limit = Column(title: "limit") { row, _ in
            row.kind == .information || row.limitText.isEmpty ? "" : MarkdownText.code(row.limitText)
        }
        let count = Column(title: "n") { row, _ in row.countText }
        let verdict = Column(title: "verdict", isLeft: true) { row, _ in
            row.kind == .information ? "" : figure(row.verdictText)
        }
        guard design != .budgets else {
            let observed = Column(title: "observed") { row, _ in figure(row.candidateText) }
            let margin = Column(title: "margin") { row, _ in figure(row.marginText) }
            return [gate, observed, limit, margin, count, verdict]
        }
        let change = Column(title: "change") { row, _ in
            guard !row.effectText.isEmpty else { return "" }
            let change = row.speaksForItself ? figure(row.effectText) : "**\(figure(row.effectText))**"
            return row.intervalText.isEmpty ? change : "\(change) (\(figure(row.intervalText)))"
        }
        return [
            gate, Column(title: "baseline") { row, _ in figure(row.baselineText) },
            Column(title: "candidate") { row, _ in figure(row.candidateText) }, change, limit,
            Column(title: "MDE") { row, _ in figure(row.detectableText) }, count, verdict,
        ]
    }

    /// A figure that is not broken between number and unit.
    private static func figure(_ text: String) -> String {
        MarkdownText.escaped(text).replacing(" ", with: "\u{A0}")
    }

    private func reason(_ row: ComparisonRow, _ places: RowPlaces) -> String {
        let place = places[row]
        let name = (place.isEmpty ? "" : escaped(place) + " ") + MarkdownText.code(row.subject, inTable: false)
        return "\(name) **\(escaped(row.verdictText))**: \(escaped(row.explanation))"
    }

    private func obstacles(_ report: ComparisonReport) -> [String] {
        report.inputs.flatMap { input in
            input.obstacles.map { "- \(MarkdownText.code(input.path, inTable: false)): \(escaped($0))" }
        }
    }

    private func differences(_ report: ComparisonReport) -> MarkdownSection {
        MarkdownSection(
            heading: "The sides were not measured under the same conditions:",
            header: ["| profile | field | baseline | candidate | so |", "| --- | --- | --- | --- | --- |"],
            items: report.differences.map { difference in
                let cells = [
                    escaped(difference.profile), MarkdownText.code(difference.field),
                    escaped(difference.baseline ?? "not known"), escaped(difference.candidate ?? "not known"),
                    difference.severity == .blocking ? "not comparable" : "at most suspect",
                ]
                return "| " + cells.joined(separator: " | ") + " |"
            },
            noun: "difference"
        )
    }

    private func shift(_ item: (subject: String, shift: DistributionShift)) -> MarkdownSection {
        MarkdownSection(
            folded: MarkdownText.html(clipped("Distribution of \(item.subject): \(item.shift.sentence)")),
            header: ["| quantile | baseline | candidate | change |", "| --- | ---: | ---: | ---: |"],
            items: item.shift.quantiles.map { quantile in
                let change = ComparisonRow.change(ratio: quantile.ratio)
                let interval = DistributionPlot.interval(quantile)
                let cells = [
                    DistributionPlot.name(quantile.quantile), MetricUnit.nanoseconds.format(quantile.baseline),
                    MetricUnit.nanoseconds.format(quantile.candidate),
                    change + (interval.isEmpty ? "" : " (\(interval))"),
                ]
                return "| " + cells.map { escaped($0) }.joined(separator: " | ") + " |"
            },
            noun: "quantile"
        )
    }

    private func inputs(_ report: ComparisonReport) -> MarkdownSection {
        MarkdownSection(
            folded: "Results",
            header: ["| file | role | profile | runs | began | verdict |", "| --- | --- | --- | ---: | --- | --- |"],
            items: report.inputs.map { input in
                let cells = [
                    MarkdownText.code(input.path), input.role.rawValue, escaped(input.profile), "\(input.repetitions)",
                    escaped(input.startedAt), escaped(input.verdict.rawValue),
                ]
                return "| " + cells.joined(separator: " | ") + " |"
            },
            noun: "result"
        )
    }

    private func reproduction(_ report: ComparisonReport) -> MarkdownSection {
        let commands = report.reproduction.joined(separator: "\n")
        return MarkdownSection(
            folded: "How to reproduce",
            items: [String(MarkdownText.block(commands, language: "sh").dropLast())],
            noun: "command"
        )
    }

    private func escaped(_ text: String) -> String { MarkdownText.escaped(clipped(text)) }

    /// One text of others is not to take the room of all.
    private func clipped(_ text: String) -> String {
        text.count > Self.longestText ? text.prefix(Self.longestText - 1) + "…" : text
    }

    private static let longestText = 600
}
