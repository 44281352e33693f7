import HarnessCore

extension Plot {
    /// What is drawn, as a table: for those who cannot see the plot.
    ///
    /// - Parameter limit: the most rows; of more, evenly spaced ones and the last stay.
    /// - Returns: a row for each place on the horizontal axis, a column for each series, and bands in brackets.
    package func table(limit: Int = 60) -> ReportTable {
        let places = Set(series.flatMap { $0.points.filter { $0.y != nil }.map(\.x) }).sorted()
        let step = max(1, Int((Double(places.count) / Double(max(1, limit))).rounded(.up)))
        let shown = places.indices.filter { $0 % step == 0 || $0 == places.count - 1 }.map { places[$0] }
        let values = series.map { series in
            Dictionary(series.points.filter { $0.y != nil }.map { ($0.x, $0) }) { _, last in last }
        }
        return ReportTable(
            id: "\(id)-table",
            title: title,
            columns: [ReportTable.Column(x.label, isNumeric: true)]
                + series.map { ReportTable.Column($0.name, isNumeric: true) },
            rows: shown.map { place in
                [TextTable.Cell(x.text(of: place))]
                    + values.map { TextTable.Cell($0[place].map { text(of: $0) } ?? "") }
            },
            note: step > 1 ? "One place in \(step) of \(places.count)." : nil
        )
    }

    private func text(of point: Point) -> String {
        guard let value = point.y else { return "" }
        guard let low = point.low, let high = point.high, low != high else { return y.text(of: value) }
        return "\(y.text(of: value)) (\(y.text(of: low)) to \(y.text(of: high)))"
    }
}

extension Plot.Axis {
    /// A value of the axis as people read it: shares on an axis of nines are percentiles.
    package func text(of value: Double) -> String {
        guard scale != .ratio else { return ComparisonRow.change(ratio: value) }
        guard scale == .logNines else { return unit.format(value) }
        // As many decimals as there are nines, and two more.
        let decimals = value < 0.9 ? 1 : value < 0.99 ? 2 : value < 0.999 ? 3 : 5
        return "p" + Quantity.format(number: 100 * value, decimals: decimals)
    }
}
