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
        var blocks = [report.subjects.flatMap(heading)]
        if report.plots.isEmpty {
            blocks.append(["There is nothing to draw: the results hold neither distributions nor a course."])
        }
        blocks += report.plots.map { drawing.lines($0) }
        let text: String
        switch report.form {
        case .run: text = ""
        case .comparison:
            let table = ComparisonTable(width: width, showsColour: painter.isEnabled, glyphs: glyphs)
            text = report.comparison.map { "\n" + table.render($0) } ?? ""
        case .trend:
            blocks += report.tables.map { $0.lines(width: width, painter: painter, glyphs: glyphs) }
            text = ""
        }
        return blocks.map { $0.joined(separator: "\n") }.joined(separator: "\n\n") + "\n" + text
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
