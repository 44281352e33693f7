/// A plot as a figure: its title, what it shows in words, a legend, the picture, and its figures as a table.
struct PlotFigure {
    /// What is shown.
    let plot: Plot

    /// Series that can be named beside their lines; more are named above the plot alone.
    private static let mostLabels = 8
    /// Rows of the table; of more points some are left out.
    private static let rows = 40

    /// The figure; nothing when there is nothing to draw.
    var html: HTML {
        let isNamed = plot.series.count > 1
        let hasLabels = isNamed && plot.series.count <= Self.mostLabels
        guard let picture = PlotPicture(plot, hasLabels: hasLabels) else { return .nothing }
        let frame = [
            "canvas", hasLabels ? "labelled" : nil,
            plot.spans.isEmpty ? nil : plot.spans.contains { $0.kind == .fault } ? "faulted" : "spanned",
        ].compactMap(\.self)
        return .tag(
            "figure",
            ["class": "plot", "id": "plot-\(plot.id)"],
            .tag("figcaption", [:], .tag("h3", [:], .text(plot.title)), .tag("p", [:], .sentence(plot.summary))),
            isNamed ? legend(isForNarrow: hasLabels) : .nothing,
            .tag("div", ["class": frame.joined(separator: " "), "style": "--names:\(room)px"], picture.html),
            .tag(
                "details",
                ["class": "figures"],
                .tag("summary", [:], "Figures", .tag("span", ["class": "hidden"], .text(" of “\(plot.title)”"))),
                TableBlock(plot.table(limit: Self.rows)).html
            )
        )
    }

    /// Room for the longest name of a series, in pixels.
    private var room: Int { 32 + 7 * (plot.series.map(\.name.count).max() ?? 0) }

    /// The names of the series; where they stand beside the lines it is for narrow screens alone.
    private func legend(isForNarrow: Bool) -> HTML {
        .tag(
            "ul",
            ["class": isForNarrow ? "legend narrow" : "legend"],
            zip(plot.series, SeriesInk.inks(of: plot.series)).map { series, ink in
                let isMarks = series.style == .marks
                let stroke = HTML.tag(
                    "path",
                    ["class": ink.classes(isMarks ? "dots" : "line"), "d": isMarks ? "M12 5h0" : "M2 5H22"]
                )
                return .tag(
                    "li",
                    [:],
                    .tag("svg", ["class": "key", "width": "24", "height": "10", "aria-hidden": "true"], stroke),
                    .text(series.name)
                )
            }
        )
    }
}
