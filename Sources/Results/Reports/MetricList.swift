import HarnessCore

extension MetricCatalogue {
    /// The catalogue as a table for people: name, unit, which way is better, what it is.
    package static func table(width: Int, showsColour: Bool) -> String {
        var table = TextTable(
            [.init("metric"), .init("unit"), .init("better"), .init("kind"), .init("what it is")]
        )
        for metric in all {
            table.append(
                [
                    TextTable.Cell(metric.name), TextTable.Cell(metric.unit.rawValue),
                    TextTable.Cell(metric.direction == .neutral ? "" : metric.direction.rawValue),
                    TextTable.Cell(metric.kind.rawValue), TextTable.Cell(metric.explanation),
                ]
            )
        }
        return table.lines(width: width, painter: TextPainter(isEnabled: showsColour)).joined(separator: "\n") + "\n"
    }
}
