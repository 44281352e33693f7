import HarnessCore

/// Figures of several runs as text: minimum, median, maximum and spread, one row a measurement.
struct FigureTable {
    private var table: TextTable
    private let format: @Sendable (Double) -> String

    /// An empty table.
    ///
    /// - Parameters:
    ///   - title: What the rows are, with the unit of the figures.
    ///   - format: How a figure is written; a plain number when not given.
    init(title: String, format: @escaping @Sendable (Double) -> String = { Quantity.format(number: $0) }) {
        self.format = format
        table = TextTable([
            .init(title), .init("min", .right), .init("median", .right), .init("max", .right), .init("spread", .right),
        ])
    }

    /// Adds a measurement.
    mutating func add(_ name: String, _ figures: RunFigures) {
        let values = [figures.minimum, figures.median, figures.maximum].map { TextTable.Cell(format($0)) }
        table.append(
            [TextTable.Cell(name)] + values + ["\(Quantity.format(number: figures.spreadPercent, decimals: 1)) %"]
        )
    }

    /// The table with its titles.
    var text: String {
        table.lines().joined(separator: "\n")
    }
}
