import HarnessCore

/// How a distribution moved, drawn quantile by quantile: "everything is 3 % slower" against "only the tail is".
///
/// Each line is a quantile: the change with its confidence interval, and both on a common scale with no change in its
/// middle.
struct DistributionPlot {
    /// Characters in a line.
    let width: Int
    /// Whether styles are used.
    let painter: TextPainter
    /// What is drawn with.
    let glyphs: PlotGlyphs

    /// The plot with its title; without quantiles the sentence alone.
    func lines(_ item: (subject: String, shift: DistributionShift)) -> [String] {
        let shift = item.shift
        let chance = shift.pValue.map { " (p = \(Quantity.format(number: $0, decimals: $0 < 0.01 ? 4 : 2)))" } ?? ""
        let title = painter.paint("SHIFT", .bold) + "  " + glyphs.shown(item.subject)
        var lines = [title]
        lines += TextWrap.lines(glyphs.shown(shift.sentence + chance), width: width - 5).map { "     " + $0 }
        guard !shift.quantiles.isEmpty else { return lines }
        let scale = Self.scale(of: shift.quantiles)
        var table = TextTable(
            [
                .init("quantile"), .init("baseline", .right, dropRank: 2), .init("candidate", .right, dropRank: 3),
                .init("change", .right), .init("interval", .right, dropRank: 1), .init(ends(of: scale)),
            ]
        )
        table.indentation = 5
        let room = plotWidth
        for quantile in shift.quantiles {
            table.append(
                [
                    TextTable.Cell(Self.name(quantile.quantile)),
                    TextTable.Cell(glyphs.shown(MetricUnit.nanoseconds.format(quantile.baseline))),
                    TextTable.Cell(glyphs.shown(MetricUnit.nanoseconds.format(quantile.candidate))),
                    TextTable.Cell(glyphs.shown(ComparisonRow.change(ratio: quantile.ratio)), Self.style(quantile)),
                    TextTable.Cell(glyphs.shown(Self.interval(quantile)), .dim),
                    TextTable.Cell(bar(quantile, scale: scale, width: room), Self.style(quantile)),
                ]
            )
        }
        return lines + table.lines(width: width, painter: painter)
    }

    /// As wide as the terminal leaves room for, and odd, so that there is a middle.
    private var plotWidth: Int { width >= 110 ? 41 : width >= 90 ? 25 : width >= 60 ? 21 : 11 }

    /// The change at the ends of the plot, in whole percent as a share: at least 5 %.
    private static func scale(of quantiles: [DistributionShift.Quantile]) -> Double {
        let changes = quantiles.flatMap { [$0.ratio, $0.low, $0.high].compactMap(\.self) }.map { ($0 - 1).magnitude }
        // One outlying interval is not to press all others together: it runs off the edge instead.
        let greatest = quantiles.map { ($0.ratio - 1).magnitude }.max() ?? 0
        return max(0.05, (min(changes.max() ?? 0, 2 * greatest) * 100).rounded(.up) / 100)
    }

    /// The ends of the scale above the ends of the plot.
    private func ends(of scale: Double) -> String {
        let end = ComparisonRow.share(scale)
        return "-\(end)" + String(repeating: " ", count: max(1, plotWidth - 2 * end.count - 2)) + "+\(end)"
    }

    /// The interval as a line, the estimate as a dot on it, no change as a wall.
    private func bar(_ quantile: DistributionShift.Quantile, scale: Double, width: Int) -> String {
        let middle = width / 2
        let place = { (ratio: Double) in
            min(max(0, middle + Int(((ratio - 1) / scale * Double(middle)).rounded())), width - 1)
        }
        var cells = [Character](repeating: " ", count: width)
        if let low = quantile.low, let high = quantile.high {
            for cell in place(low)...max(place(low), place(high)) { cells[cell] = glyphs.floor }
        }
        cells[middle] = glyphs.wall
        cells[place(quantile.ratio)] = glyphs == .blocks ? "●" : "o"
        let text = String(cells)
        return String(text.reversed().drop { $0 == " " }.reversed())
    }

    /// The confidence interval of a quantile's change; empty where there is none.
    static func interval(_ quantile: DistributionShift.Quantile) -> String {
        guard let low = quantile.low, let high = quantile.high else { return "" }
        return "\(ComparisonRow.change(ratio: low)) … \(ComparisonRow.change(ratio: high))"
    }

    /// What the interval says is a change stands out: more time is worse.
    private static func style(_ quantile: DistributionShift.Quantile) -> TextStyle {
        guard let low = quantile.low, let high = quantile.high else { return .plain }
        return low > 1 ? .caution : high < 1 ? .good : .plain
    }

    /// `p50`, `p99.9`.
    static func name(_ quantile: Double) -> String {
        let percent = 100 * quantile
        let rounded = (percent * 1_000).rounded() / 1_000
        return "p" + (rounded == rounded.rounded() ? "\(Int(rounded))" : "\(rounded)")
    }
}
