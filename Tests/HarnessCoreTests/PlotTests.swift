import HarnessCore
import Testing

/// Plots, bars and sparklines, drawn and compared as a whole.
struct PlotTests {
    // MARK: - Sparklines

    @Test(arguments: [
        ([], ""), ([5], "▁"), ([0, 0, 0], "▁▁▁"), ([0, 1, 2, 3, 4, 5, 6, 7], "▁▂▃▄▅▆▇█"),
        // A change of a hundredth hardly shows; a fifth is the whole scale.
        ([100, 101, 100], "▁▂▁"), ([100, 120, 110], "▁█▅"),
    ])
    func sparklines(values: [Double], text: String) {
        #expect(Sparkline.text(values, width: 20, glyphs: .blocks) == text)
    }

    @Test func sparklinesShowTheLatest() {
        #expect(Sparkline.text([9, 9, 0, 1, 2], width: 3, glyphs: .ascii) == ".:#")
        #expect(Sparkline.text([1, 2], width: 0, glyphs: .ascii) == "")
        #expect(Sparkline.text([1, 2], width: -1, glyphs: .ascii) == "")
    }

    // MARK: - Bars

    @Test(arguments: [
        (0, "░░░░", "----"), (0.5, "██░░", "##--"), (1, "████", "####"), (0.29, "█▏░░", "#---"),
        (-1, "░░░░", "----"), (7, "████", "####"), (Double.nan, "░░░░", "----"), (0.999, "███▉", "###-"),
    ])
    func bars(fraction: Double, blocks: String, ascii: String) {
        #expect(ProgressBar.text(fraction, width: 4, glyphs: .blocks) == blocks)
        #expect(ProgressBar.text(fraction, width: 4, glyphs: .ascii) == ascii)
    }

    @Test func barsWithoutRoom() {
        #expect(ProgressBar.text(0.5, width: 0, glyphs: .blocks) == "")
    }

    // MARK: - Plots

    @Test func aPlotIsInProportion() {
        let plot = ColumnPlot([0, 25, 50, 75, 100].map { .value($0) }) { "\(Int($0))" }
        #expect(plot.scale == .linear)
        #expect(
            plot.lines(height: 2, glyphs: .blocks) == [
                "100 │   ▄█",
                "  0 │ ▄███",
            ]
        )
        #expect(
            plot.lines(height: 2, glyphs: .ascii) == [
                "100 |   :#",
                "  0 | :###",
            ]
        )
        #expect(plot.base(ticks: [0, 3], glyphs: .ascii) == "    +---+-")
    }

    @Test("Where values differ by more than a factor of 50, all of them show")
    func aPlotOfFarValuesIsLogarithmic() {
        let plot = ColumnPlot([1, 10, 100, 0].map { .value($0) }) { "\($0)" }
        #expect(plot.scale == .logarithmic)
        // ln 2, ln 20 and ln 200 over ln 200, in sixteenths: 2.1, 9.0 and 16.
        #expect(
            plot.lines(height: 2, glyphs: .blocks) == [
                "100.0 │ ▁█",
                "  0.5 │▂██",
            ]
        )
    }

    @Test func whatHasNoHeight() {
        let plot = ColumnPlot([.beyond, .unknown, .value(0)]) { "\(Int($0))" }
        #expect(plot.lines(height: 2, glyphs: .blocks) == ["  │▲", "0 │█·"])
    }
}
