import HarnessCore

/// The field of a plot as text, with both axes and what is marked along the horizontal one.
struct PlotField {
    private let plot: Plot
    private let text: PlotText
    private let x: PlotScale
    private let y: PlotScale
    private let margin: Int
    private var canvas: PlotCanvas

    /// Draws a plot; nil where nothing in it has a place.
    init?(_ plot: Plot, _ text: PlotText) {
        let points = plot.series.flatMap(\.points)
        let values = points.flatMap { [$0.y, $0.low, $0.high].compactMap(\.self) }
        // Phases before the first value and after the last belong to the picture.
        let places = points.map(\.x) + plot.spans.flatMap { [$0.range.lowerBound, $0.range.upperBound] }
        guard let y = PlotScale(plot.y, values: values, ticks: max(2, text.height / 3)) else { return nil }
        let labels = y.ticks.map { text.glyphs.shown($0.label).count }
        let margin = (labels.max() ?? 0) + 2
        let columns = text.width - margin
        guard columns >= 10, let x = PlotScale(plot.x, values: places, ticks: max(2, columns / 14), isTight: true)
        else { return nil }
        self.plot = plot
        self.text = text
        (self.x, self.y) = (x, y)
        self.margin = margin
        canvas = PlotCanvas(columns: columns, rows: text.height, isBraille: text.isBraille(plot))
        for (index, series) in plot.series.enumerated() { drawBand(series, index) }
        for (index, series) in plot.series.enumerated() { draw(series, index) }
    }

    /// The field with its axes.
    var lines: [String] {
        let label = plot.y.label.isEmpty ? [] : ["  " + text.painter.paint(text.glyphs.shown(plot.y.label), .dim)]
        return label + rows + [base, below] + spanLines
    }

    // MARK: - Drawing

    private typealias Place = (x: Int, y: Int)

    private func place(_ x: Double, _ y: Double?) -> Place? {
        guard let y, let across = self.x.place(of: x), let up = self.y.place(of: y) else { return nil }
        return (canvas.x(across), canvas.y(up))
    }

    private mutating func draw(_ series: Plot.Series, _ index: Int) {
        let places = series.points.map { place($0.x, $0.y) }
        if series.style == .marks {
            for place in places.compactMap(\.self) { canvas.put(text.mark(index), at: place, owner: index) }
        } else {
            connect(places, series.style == .computed ? .dashed : .solid, index, isStep: series.style == .step)
        }
    }

    private mutating func drawBand(_ series: Plot.Series, _ index: Int) {
        let isStep = series.style == .step
        for edge in [\Plot.Point.low, \Plot.Point.high] {
            // An edge on the line itself shows nothing.
            let places = series.points.map { point in
                point[keyPath: edge] == point.y ? nil : place(point.x, point[keyPath: edge])
            }
            connect(places, .dotted, index, isStep: isStep)
        }
    }

    private mutating func connect(_ places: [Place?], _ pen: PlotCanvas.Pen, _ index: Int, isStep: Bool) {
        let mark = pen == .dotted ? text.glyphs.edge : text.mark(index)
        var last: Place?
        for place in places {
            defer { last = place }
            guard let place else { continue }
            let start = last ?? place
            if isStep {
                let corner = (x: place.x, y: start.y)
                canvas.line(from: start, to: corner, pen, owner: index, mark: mark)
                canvas.line(from: corner, to: place, pen, owner: index, mark: mark)
            } else {
                canvas.line(from: start, to: place, pen, owner: index, mark: mark)
            }
        }
    }

    // MARK: - Axes

    private var rows: [String] {
        var labels: [Int: String] = [:]
        for tick in y.ticks {
            let row = canvas.rows - 1 - Int((tick.place * Double(canvas.rows - 1)).rounded())
            labels[row] = labels[row] ?? text.glyphs.shown(tick.label)
        }
        return canvas.lines(text.painter, style: text.style).enumerated().map { row, line in
            let label = labels[row] ?? ""
            let wall = labels[row] == nil ? text.glyphs.wall : text.glyphs.notch
            return String(repeating: " ", count: margin - 2 - label.count) + label + " \(wall)" + line
        }
    }

    private func column(_ place: Double) -> Int { Int((place * Double(canvas.columns - 1)).rounded()) }

    private var base: String {
        let marked = Set(x.ticks.map { column($0.place) })
        let cells = (0..<canvas.columns).map { marked.contains($0) ? text.glyphs.tick : text.glyphs.floor }
        return String(repeating: " ", count: margin - 1) + String(text.glyphs.corner) + String(cells)
    }

    /// The labels of the horizontal axis, each about its mark, and what it shows where there is room for it.
    private var below: String {
        var cells = [Character](repeating: " ", count: text.width)
        var end = -1
        for tick in x.ticks {
            let label = text.glyphs.shown(tick.label)
            let start = min(max(0, margin + column(tick.place) - label.count / 2), text.width - label.count)
            guard start > end else { continue }
            for (offset, character) in label.enumerated() { cells[start + offset] = character }
            end = start + label.count
        }
        let line = String(cells).trimmedEnd
        let name = text.glyphs.shown(plot.x.label)
        return line.count + name.count + 3 <= text.width ? line + "   " + text.painter.paint(name, .dim) : line
    }

    // MARK: - Spans

    /// Phases on a line, and each fault on one of its own.
    private var spanLines: [String] {
        let phases = plot.spans.filter { $0.kind != .fault }
        let faults = plot.spans.filter { $0.kind == .fault }
        let lines = (phases.isEmpty ? [] : [phaseLine(phases)]) + faults.prefix(Self.shownFaults).compactMap(faultLine)
        let rest = faults.count - Self.shownFaults
        return lines + (rest > 0 ? [text.painter.paint("  and \(rest) more faults", .caution)] : [])
    }

    private static let shownFaults = 4

    private func phaseLine(_ phases: [Plot.Span]) -> String {
        var line = ""
        var at = 0
        for phase in phases {
            guard let columns = columns(of: phase), columns.lowerBound >= at else { continue }
            let room = columns.count
            let name = text.glyphs.shown(phase.name)
            // A wall alone says that a phase begins where its name has no room.
            let shown = name.count < room ? name : room > 3 ? name.prefix(room - 2) + String(text.glyphs.ellipsis) : ""
            line += String(repeating: " ", count: columns.lowerBound - at) + String(text.glyphs.wall)
            line += text.painter.paint(String(shown), phase.kind == .unreported ? .dim : .plain)
            at = columns.lowerBound + 1 + shown.count
        }
        return String(repeating: " ", count: margin) + line
    }

    private func faultLine(_ fault: Plot.Span) -> String? {
        guard let columns = columns(of: fault) else { return nil }
        let name = text.glyphs.shown(fault.name)
        let bar = String(repeating: text.glyphs.stretch, count: columns.count)
        // The name stands where there is room for it: after the bar, or before it.
        let isAfter = columns.upperBound + 1 + name.count < canvas.columns
        let label = isAfter ? bar + " " + name : name + " " + bar
        let start = isAfter ? columns.lowerBound : max(0, columns.lowerBound - name.count - 1)
        return String(repeating: " ", count: margin + start) + text.painter.paint(label, .caution)
    }

    /// The characters that a span takes, at least one.
    private func columns(of span: Plot.Span) -> ClosedRange<Int>? {
        guard let first = x.place(of: span.range.lowerBound), let last = x.place(of: span.range.upperBound) else {
            return nil
        }
        let start = min(max(0, column(first)), canvas.columns - 1)
        return start...max(start, min(column(last), canvas.columns - 1))
    }
}

extension String {
    /// The text without spaces at its end.
    fileprivate var trimmedEnd: String { String(reversed().drop { $0 == " " }.reversed()) }
}
