package import HarnessCore

/// A report as text for a terminal: the verdict, then every plot.
package struct ReportText: Sendable {
    /// Characters in a line.
    package var width: Int
    /// Whether styles are used.
    package var painter: TextPainter
    /// What is drawn with.
    package var glyphs: PlotGlyphs

    /// Makes a renderer.
    package init(width: Int = 100, showsColour: Bool = false, glyphs: PlotGlyphs = .blocks) {
        self.width = width
        painter = TextPainter(isEnabled: showsColour)
        self.glyphs = glyphs
    }

    /// The report, ending in a line break.
    package func render(_ report: RunReport) -> String {
        let drawing = PlotText(width: width, showsColour: painter.isEnabled, glyphs: glyphs)
        var blocks: [[String]] = []
        var end = ""
        switch report.form {
        case .run: blocks.append(report.subjects.flatMap(heading))
        case .comparison:
            let omissions = report.omissions.flatMap { TextWrap.lines(glyphs.shown($0), width: width) }
            blocks.append(report.subjects.flatMap(heading) + omissions.map { painter.paint($0, .caution) })
            let table = ComparisonTable(width: width, showsColour: painter.isEnabled, glyphs: glyphs)
            end = report.comparison.map { "\n" + table.render($0) } ?? ""
        case .trend:
            // A line has room for what a run is; its figures are in the plots.
            blocks = report.tables.map { table in
                table.prefix(TrendPlots.identifyingColumns).lines(width: width, painter: painter, glyphs: glyphs)
            }
        }
        blocks += report.plots.map { drawing.lines($0) }
        if report.plots.isEmpty { blocks.append([Self.emptiness(report.form)]) }
        return blocks.map { $0.joined(separator: "\n") }.joined(separator: "\n\n") + "\n" + end
    }

    private static func emptiness(_ form: RunReport.Form) -> String {
        form == .trend
            ? "There is nothing to draw: no two of the results are of the same profile, plan and system."
            : "There is nothing to draw: the results hold neither distributions nor a course."
    }

    private func heading(_ subject: RunReport.Subject) -> [String] {
        let result = subject.result
        let word = painter.paint(result.verdict.word, result.verdict.style)
        let name = subject.name == result.profile ? "" : "\(glyphs.shown(subject.name)): "
        let words = "\(glyphs.shown(result.profile)): \(glyphs.shown(result.statement))"
        let indentation = result.verdict.word.count + 2
        let lines = TextWrap.lines(name + words, width: max(20, width - indentation)).enumerated().map { index, line in
            index == 0 ? "\(word)  \(line)" : String(repeating: " ", count: indentation) + line
        }
        return lines + ["  " + painter.paint(glyphs.shown(subject.path), .dim)]
    }
}
