import HarnessCore

/// A report as Markdown for a pull request or an issue: the verdict and what needs attention first, the rest folded.
///
/// The text stays within ``limit`` bytes, because a comment on GitHub takes 65,536 characters: what does not fit is
/// counted.
package struct ReportMarkdown: Sendable {
    /// The most bytes that the text has.
    package let limit: Int

    /// Makes a renderer; a limit below 2,000 bytes leaves no room for what must be said.
    package init(limit: Int = 60_000) {
        precondition(limit >= 2_000, "a report of \(limit) bytes says nothing")
        self.limit = limit
    }

    /// The report, ending in a line break.
    package func render(_ report: RunReport) -> String {
        switch report.form {
        case .run: return run(report, report.subjects[0].result)
        case .comparison:
            // The comparison has a form of its own; the plots come below it as far as there is room.
            let text = report.comparison.map { ComparisonMarkdown(limit: limit * 2 / 3).render($0) } ?? ""
            var builder = MarkdownBuilder(limit: limit - text.utf8.count - 1)
            builder.add(MarkdownSection(items: report.omissions.map(MarkdownText.escaped), noun: "sentence"))
            for plot in report.plots { builder.add(Self.section(plot)) }
            return text + (builder.text.isEmpty ? "" : "\n" + builder.text)
        case .trend: return trend(report)
        }
    }

    // MARK: - Forms

    private func run(_ report: RunReport, _ result: RunResult) -> String {
        var text = MarkdownBuilder(limit: limit)
        text.add(MarkdownSection(items: [Self.heading(result)], noun: "line"))
        let facts = [
            result.markedDescription, result.partialExplanation, Self.identity(result),
        ]
        text.add(
            MarkdownSection(
                items: [facts.compactMap { $0.map(MarkdownText.escaped) }.joined(separator: "<br>\n")],
                noun: "line"
            )
        )
        text.add(Self.list("What speaks against the figures:", result.validity.reasons, "reason"))
        for table in report.tables.filter({ Self.open.contains($0.id) }) {
            text.add(table.section(isFolded: false))
        }
        text.add(Self.list("Warnings:", result.warnings, "warning"))
        for plot in report.plots { text.add(Self.section(plot)) }
        for table in report.tables.filter({ !Self.open.contains($0.id) }) + MemoryTables(result).tables {
            text.add(table.section(isFolded: true))
        }
        if let command = result.reproduction {
            text.add(
                MarkdownSection(
                    folded: "How to reproduce",
                    items: [String(MarkdownText.block(command, language: "sh").dropLast())],
                    noun: "command"
                )
            )
        }
        return text.text
    }

    private func trend(_ report: RunReport) -> String {
        var text = MarkdownBuilder(limit: limit)
        let count = report.subjects.count
        let verdicts = Dictionary(grouping: report.subjects, by: \.result.verdict.word).mapValues(\.count)
        let words = verdicts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { "\($0.value) \($0.key)" }
        text.add(
            MarkdownSection(
                items: ["### \(count) runs: \(MarkdownText.escaped(words.joined(separator: ", ")))"],
                noun: "line"
            )
        )
        for table in report.tables { text.add(table.section(isFolded: false)) }
        for plot in report.plots { text.add(Self.section(plot)) }
        return text.text
    }

    // MARK: - Pieces

    /// What stands open: the verdict's reasons and the figures that everybody asks for.
    private static let open: Set<String> = ["gates", "search-tries", "leak-trials", "latency"]

    private static func heading(_ result: RunResult) -> String {
        "### \(result.verdict.word): \(MarkdownText.escaped("\(result.profile): \(result.statement)"))"
    }

    private static func identity(_ result: RunResult) -> String {
        let commit = result.environment.gitCommit.map { "commit \($0.prefix(12))" }
        let system = [result.system.sdkName ?? result.system.name, result.system.sdkVersion].compactMap(\.self)
        return [
            system.joined(separator: " "), commit, result.environment.cpuModel,
            result.repetitions.count > 1 ? "\(result.repetitions.count) repetitions" : nil, result.startedAt,
        ].compactMap(\.self).joined(separator: " · ")
    }

    private static func list(_ heading: String, _ sentences: [String], _ noun: String) -> MarkdownSection {
        MarkdownSection(heading: heading, items: sentences.map { "- " + MarkdownText.escaped($0) }, noun: noun)
    }

    /// A plot as text in a block of code: marks, because the width of braille differs from font to font.
    private static func section(_ plot: Plot) -> MarkdownSection {
        var text = PlotText(width: 90, height: 12)
        text.usesBraille = false
        let lines = text.lines(plot).dropFirst()
        return MarkdownSection(
            folded: MarkdownText.html(plot.title),
            items: [String(MarkdownText.block(lines.joined(separator: "\n"), language: "text").dropLast())],
            noun: "plot"
        )
    }
}
