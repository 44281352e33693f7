import Testing

@testable import Results

/// Plots as figures.
struct PlotFigureTests {
    private static func plot(_ series: [Plot.Series], spans: [Plot.Span] = []) -> Plot {
        Plot(
            id: "sample",
            title: "Rate <over> time",
            summary: "Nothing & everything.",
            x: Plot.Axis("time", .seconds),
            y: Plot.Axis("items", .perSecond, startsAtZero: true),
            series: series,
            spans: spans
        )
    }

    private static func line(_ name: String, _ style: Plot.Style = .line, side: Int? = nil) -> Plot.Series {
        Plot.Series(name, style, side: side, (0..<10).map { Plot.Point(x: Double($0), y: Double($0 * 100)) })
    }

    @Test func aPictureIsNamedAndHasItsFigures() throws {
        let markup = PlotFigure(plot: Self.plot([Self.line("achieved"), Self.line("delivered")])).html.markup
        #expect(markup.contains("role=\"img\" aria-labelledby=\"plot-sample-title plot-sample-desc\""))
        #expect(markup.contains("<title id=\"plot-sample-title\">Rate &lt;over&gt; time</title>"))
        #expect(markup.contains("Nothing &amp; everything.</desc>"))
        #expect(try PageCheck.texts("td", in: "<x>\(markup)</x>").contains("900/s"))
        #expect(markup.contains("achieved</li>") && markup.contains("delivered</text>"))
    }

    @Test func oneSeriesNeedsNoLegendAndNoPointsNoFigure() {
        let markup = PlotFigure(plot: Self.plot([Self.line("achieved")])).html.markup
        #expect(!markup.contains("<ul") && !markup.contains("canvas labelled"))
        #expect(PlotFigure(plot: Self.plot([])).html.isEmpty)
        #expect(PlotFigure(plot: Self.plot([Plot.Series("none", .line, [Plot.Point(x: 1, y: nil)])])).html.isEmpty)
    }

    @Test("Phases stand above the plot, faults behind it too, and a name only where it has room")
    func spans() {
        let spans = [
            Plot.Span("warm-up", 0...0.1, .unreported), Plot.Span("main", 0.1...9, .phase),
            Plot.Span("unavailable", 4...5, .fault),
        ]
        let markup = PlotFigure(plot: Self.plot([Self.line("achieved")], spans: spans)).html.markup
        #expect(markup.contains("class=\"shade fault\"") && markup.contains("class=\"shade unreported\""))
        #expect(!markup.contains("class=\"shade phase\""))
        #expect(markup.contains("main</text>") && markup.contains("unavailable</text>"))
        #expect(!markup.contains("warm-up</text>") && markup.contains("<title>warm-up</title>"))
    }

    @Test("What is computed has the colour of what it was computed from; of two results equals have equal colours")
    func inks() {
        let classes = { (series: [Plot.Series]) in SeriesInk.inks(of: series).map { $0.classes("line") } }
        #expect(
            classes([Self.line("limit", .computed), Self.line("a"), Self.line("fit", .computed), Self.line("b")])
                == ["line base dashed", "line c0", "line c0 dashed", "line c1"]
        )
        let sides = [0, 1].flatMap { (side: Int) in
            ["p50", "p99"].map { name in Self.line("run \(side): \(name)", side: side) }
        }
        #expect(classes(sides) == ["line c0 before", "line c1 before", "line c0", "line c1"])
    }

    @Test func namesAtTheEndsKeepTheirDistance() {
        let ends = [288.0, 287, 286, 10, 12].enumerated().map { ($0.offset, PlotPath.Place(x: 1_000, y: $0.element)) }
        let labels = EndLabels(ends.map { (series: $0.0, end: $0.1) }).labels
        #expect(labels.map(\.series) == [3, 4, 2, 1, 0])
        #expect(labels.map(\.y) == [10, 26, 256, 272, 288])
    }
}
