package import HarnessCore

/// A plot as text for a terminal: lines of braille dots where colours tell them apart or there is but one, else marks.
package struct PlotText: Sendable {
    /// Characters in a line, 40 or more.
    package var width: Int
    /// Lines of the field that is drawn on.
    package var height: Int
    /// Whether styles are used.
    package var painter: TextPainter
    /// What is drawn with; without Unicode every sign is ASCII.
    package var glyphs: PlotGlyphs

    /// Whether braille dots may be used; their width differs from font to font.
    package var usesBraille = true

    /// Makes a renderer.
    package init(width: Int = 100, height: Int = 14, showsColour: Bool = false, glyphs: PlotGlyphs = .blocks) {
        self.width = max(40, width)
        self.height = height
        painter = TextPainter(isEnabled: showsColour)
        self.glyphs = glyphs
    }

    /// The plot: title, field with axes, phases and faults, legend, and what it shows in words.
    package func lines(_ plot: Plot) -> [String] {
        let heading = [painter.paint(glyphs.shown(plot.title).uppercased(), .bold)]
        let words = TextWrap.lines(glyphs.shown(plot.summary), width: width - 2).map { "  " + $0 }
        guard let field = PlotField(plot, self) else { return heading + words }
        return heading + field.lines + legend(plot) + words
    }

    /// How a series is drawn.
    func style(_ index: Int) -> TextStyle { .series(index) }

    /// The mark of a series.
    func mark(_ index: Int) -> Character { glyphs.marks[index % glyphs.marks.count] }

    /// Whether lines are made of dots.
    func isBraille(_ plot: Plot) -> Bool {
        usesBraille && glyphs == .blocks && (painter.isEnabled || plot.series.count == 1)
    }

    private func legend(_ plot: Plot) -> [String] {
        guard plot.series.count > 1 else { return [] }
        let entries = plot.series.enumerated().map { index, series -> (text: String, length: Int) in
            let sign: Character =
                series.style == .marks || !isBraille(plot)
                ? mark(index) : series.style == .computed ? "╌" : "━"
            let name = glyphs.shown(series.name)
            return (painter.paint("\(sign) \(name)", style(index)), name.count + 2)
        }
        var lines: [String] = []
        var (line, length) = ("", 0)
        for entry in entries {
            if length > 0, length + 3 + entry.length > width - 2 {
                lines.append("  " + line)
                (line, length) = ("", 0)
            }
            line += (length > 0 ? "   " : "") + entry.text
            length += (length > 0 ? 3 : 0) + entry.length
        }
        return lines + ["  " + line]
    }
}
