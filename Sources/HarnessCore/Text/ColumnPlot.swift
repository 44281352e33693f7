/// Columns of different heights above a line, with the greatest value and the least beside them.
///
///      1,000/s │      ▃██
///              │   ▃█████
///            0 └──────────
package struct ColumnPlot: Sendable {
    /// What stands in one column.
    package enum Column: Sendable, Equatable {
        /// A height.
        case value(Double)
        /// Higher than any scale reaches.
        case beyond
        /// A height that nobody knows.
        case unknown
    }

    /// How values become heights.
    package enum Scale: Sendable, Equatable {
        /// In proportion, from zero.
        case linear
        /// By their logarithm, from half of the least value above zero; zero has no height.
        case logarithmic
    }

    /// The columns from left to right.
    package let columns: [Column]
    /// How values become heights: by their logarithm where they differ by more than a factor of 50.
    package let scale: Scale
    /// What stands beside the first and the last line.
    private let labels: (top: String, bottom: String)
    private let low: Double
    private let high: Double

    /// Makes a plot.
    ///
    /// - Parameters:
    ///   - columns: The columns from left to right.
    ///   - label: Words a value for the labels.
    package init(_ columns: [Column], label: (Double) -> String) {
        self.columns = columns
        let values = columns.compactMap { column in
            if case .value(let value) = column, value > 0 { value } else { nil }
        }
        high = values.max() ?? 0
        let least = values.min() ?? 0
        scale = least > 0 && high / least > 50 ? .logarithmic : .linear
        low = scale == .logarithmic ? least / 2 : 0
        labels = (values.isEmpty ? "" : label(high), label(low))
    }

    /// Characters that stand to the left of the columns.
    package var margin: Int { max(labels.top.count, labels.bottom.count) + 2 }

    /// The plot, the line below it not included.
    ///
    /// - Parameters:
    ///   - height: Lines, at least 1.
    ///   - glyphs: What to draw with.
    /// - Returns: `height` lines without trailing spaces.
    package func lines(height: Int, glyphs: PlotGlyphs) -> [String] {
        let steps = glyphs.heights
        return (0..<height).map { row in
            // Rows count from above, heights from below.
            let below = height - 1 - row
            let cells = columns.map { column -> Character in
                switch column {
                case .beyond: return row == 0 ? glyphs.beyond : steps[steps.count - 1]
                case .unknown: return below == 0 ? glyphs.unknown : " "
                case .value(let value):
                    let filled = level(of: value, of: height * steps.count) - below * steps.count
                    return filled <= 0 ? " " : steps[min(filled, steps.count) - 1]
                }
            }
            let text = row == 0 ? labels.top : row == height - 1 ? labels.bottom : ""
            return String(repeating: " ", count: margin - 2 - text.count) + text + " \(glyphs.wall)"
                + Self.trimmed(String(cells))
        }
    }

    /// The line below, with a tick where each part but the first begins.
    ///
    /// - Parameters:
    ///   - ticks: Columns, ascending.
    ///   - glyphs: What to draw with.
    /// - Returns: One line.
    package func base(ticks: [Int], glyphs: PlotGlyphs) -> String {
        let cells = columns.indices.map { $0 > 0 && ticks.contains($0) ? glyphs.tick : glyphs.floor }
        return String(repeating: " ", count: margin - 1) + String(glyphs.corner) + String(cells)
    }

    /// How many of `steps` a value fills; what is not zero fills one at least.
    private func level(of value: Double, of steps: Int) -> Int {
        guard value > 0, high > 0 else { return 0 }
        let share =
            switch scale {
            case .linear: value / high
            case .logarithmic: Self.logarithm(value / low) / Self.logarithm(high / low)
            }
        return max(1, Int((share * Double(steps)).rounded()))
    }

    /// The logarithm to the base 2, a straight line between powers of 2: off by 0.09 at most, which no column shows.
    private static func logarithm(_ value: Double) -> Double {
        Double(value.exponent) + value.significand - 1
    }

    private static func trimmed(_ text: String) -> String {
        String(text.reversed().drop { $0 == " " }.reversed())
    }
}
