/// A plot as an SVG picture that is as wide as its place and keeps the size of its letters.
///
/// Lines are drawn in a picture within the picture, which is stretched; what is text stands in the outer one, at shares of
/// its width. So no two versions are needed for a telephone and a screen.
struct PlotPicture {
    private let plot: Plot
    private let inks: [SeriesInk]
    private let path: PlotPath
    private let hasLabels: Bool

    /// Makes a picture; nil when nothing of the plot has a place on its axes.
    ///
    /// - Parameters:
    ///   - plot: What is drawn.
    ///   - hasLabels: Whether the series are named beside their ends, for which there must be room to the right.
    init?(_ plot: Plot, hasLabels: Bool) {
        let points = plot.series.flatMap(\.points)
        let values = points.flatMap { [$0.y, $0.low, $0.high].compactMap(\.self) }
        // Phases before the first value and after the last belong to the picture, and time begins at zero.
        var places = points.map(\.x)
        for span in plot.spans { places += [span.range.lowerBound, span.range.upperBound] }
        if plot.x.unit == .seconds { places.append(0) }
        guard let x = PlotScale(plot.x, values: places, ticks: 8, isTight: true),
            let y = PlotScale(plot.y, values: values, ticks: plot.y.scale == .linear ? 5 : 8)
        else { return nil }
        self.plot = plot
        self.hasLabels = hasLabels
        inks = SeriesInk.inks(of: plot.series)
        path = PlotPath(x: x, y: y)
    }

    /// The picture.
    var html: HTML {
        let title = "plot-\(plot.id)-title"
        let description = "plot-\(plot.id)-desc"
        return .tag(
            "svg",
            [
                "class": "picture", "role": "img", "aria-labelledby": "\(title) \(description)", "width": "100%",
                "height": PlotPath.text(PlotPath.height),
            ],
            .tag("title", ["id": title], .text(plot.title)),
            .tag("desc", ["id": description], .text(plot.summary)),
            spans.shades,
            vertical,
            horizontal,
            lines,
            spans.names,
            labels
        )
    }

    // MARK: - Axes

    /// The vertical axis: a line across the plot for each mark.
    private var vertical: HTML {
        let lines = path.y.ticks.map { tick -> HTML in
            let y = PlotPath.text((1 - tick.place) * PlotPath.height)
            return .group([
                .tag("line", ["class": "grid", "x1": "0", "x2": "100%", "y1": y, "y2": y]),
                .tag(
                    "text",
                    ["class": "tick", "x": "-8", "y": y, "dy": ".32em", "text-anchor": "end"],
                    .text(tick.label)
                ),
            ])
        }
        let label = HTML.tag(
            "text",
            ["class": "axis", "x": "0", "y": PlotPath.text(-spans.height - 9)],
            .text(plot.y.label)
        )
        return .group(lines + [label])
    }

    /// The horizontal axis, below the plot; where there is little room some marks go without a label.
    private var horizontal: HTML {
        let ticks = path.x.ticks
        let (wide, narrow) = (Self.labelled(ticks, within: 760), Self.labelled(ticks, within: 270))
        let (bottom, end) = (PlotPath.text(PlotPath.height), PlotPath.text(PlotPath.height + 5))
        let marks = ticks.enumerated().map { index, tick -> HTML in
            let x = PlotPath.percent(tick.place)
            let label = HTML.tag(
                "text",
                [
                    "class": narrow.contains(index) ? "tick" : "tick minor", "x": x,
                    "y": PlotPath.text(PlotPath.height + 20), "text-anchor": "middle",
                ],
                .text(tick.label)
            )
            return .group([
                .tag("line", ["class": "stub", "x1": x, "x2": x, "y1": bottom, "y2": end]),
                wide.contains(index) ? label : .nothing,
            ])
        }
        let label = HTML.tag(
            "text",
            ["class": "axis", "x": "100%", "y": PlotPath.text(PlotPath.height + 38), "text-anchor": "end"],
            .text(plot.x.label)
        )
        return .group(marks + [label])
    }

    /// The marks that keep their labels in a width in pixels: every first, second or third, up to the last one, so that
    /// no label touches the next; nines, which stand unevenly, go where they touch the one behind them.
    private static func labelled(_ ticks: [PlotScale.Tick], within width: Double) -> Set<Int> {
        let extents = ticks.map { tick in
            let half = Double(tick.label.count) * 3.5 + 4
            return (start: tick.place * width - half, end: tick.place * width + half)
        }
        let isClear = { (indices: [Int]) in
            zip(indices, indices.dropFirst()).allSatisfy { extents[$0].end <= extents[$1].start }
        }
        let all = Array(ticks.indices)
        let even = (1...max(1, all.count)).lazy.map { step in all.filter { (all.count - 1 - $0).isMultiple(of: step) } }
        let uneven = all.reversed().reduce(into: [Int]()) { if isClear([$1] + $0.prefix(1)) { $0.insert($1, at: 0) } }
        let best = even.first(where: isClear) ?? []
        return Set(uneven.count > best.count + 1 ? uneven : best)
    }

    private var spans: SpanRibbon { SpanRibbon(plot.spans, path.x) }

    // MARK: - Data

    private var lines: HTML {
        let paths = zip(plot.series, inks).flatMap { series, ink in
            shapes(of: series).map { HTML.tag("path", ["class": ink.classes($0.kind), "d": $0.data]) }
        }
        let (width, height) = (PlotPath.text(PlotPath.width), PlotPath.text(PlotPath.height))
        return .tag(
            "svg",
            [
                "class": "data", "width": "100%", "height": height, "viewBox": "0 0 \(width) \(height)",
                "preserveAspectRatio": "none",
            ],
            paths
        )
    }

    private func shapes(of series: Plot.Series) -> [(kind: String, data: String)] {
        let points = series.points
        let isStep = series.style == .step
        // Cycles and runs are things of their own, not moments of a course.
        let isCounted = plot.x.unit == .count && series.style == .line && points.count <= 60
        let single = series.style == .marks || isCounted ? points : path.lone(points)
        let joined = series.style == .marks ? [] : points
        return [
            ("band", path.band(joined, isStep: isStep)), ("whisker", isCounted ? "" : path.whiskers(single)),
            ("line", path.line(joined, isStep: isStep)), ("dots", path.dots(single)),
        ].filter { !$0.1.isEmpty }
    }

    /// The names of the series beside the ends of their lines.
    private var labels: HTML {
        guard hasLabels else { return .nothing }
        let ends = plot.series.enumerated().compactMap { index, series in
            series.points.last { $0.y != nil }.flatMap { path.place(of: $0) }.map { (series: index, end: $0) }
        }
        return .tag("g", ["class": "labels"], EndLabels(ends).labels.flatMap(name))
    }

    private func name(_ label: EndLabels.Label) -> [HTML] {
        let (end, y) = (PlotPath.text(label.end.y), PlotPath.text(label.y))
        let colour = inks[label.series].colour
        let x = label.end.x / PlotPath.width
        // A line leads to the name of what ends before the edge.
        let leader = HTML.tag(
            "line",
            ["class": "leader \(colour)", "x1": PlotPath.percent(x), "x2": "100%", "y1": end, "y2": end]
        )
        return (x < 0.995 ? [leader] : []) + [
            .tag(
                "svg",
                ["x": "100%", "y": "0", "width": "150", "height": "100%", "overflow": "visible"],
                .tag("path", ["class": "hook \(colour)", "d": "M4 \(end)L12 \(y)H20"]),
                .tag(
                    "text",
                    ["class": "name", "x": "24", "y": y, "dy": ".32em"],
                    .text(plot.series[label.series].name)
                )
            )
        ]
    }
}
