/// A fitted line as it is drawn: with the lines of its interval, which turn about the middle of the points.
struct FittedLine {
    /// The growth for each unit of x.
    let slope: Double
    /// The interval of the slope; nil where there is none.
    let interval: (low: Double, high: Double)?
    /// A place that the line goes through.
    let anchor: (x: Double, y: Double)

    /// The line over a range: its ends, and the place where the lines of the interval meet.
    ///
    /// - Parameters:
    ///   - range: of x.
    ///   - pivot: where they meet, within the range.
    /// - Returns: three points.
    func points(over range: ClosedRange<Double>, pivot: Double) -> [Plot.Point] {
        [range.lowerBound, pivot, range.upperBound].map { x in
            let value = anchor.y + slope * (x - anchor.x)
            let ends = interval.map { [$0.low, $0.high].map { value + ($0 - slope) * (x - pivot) } }
            return Plot.Point(x: x, y: value, low: ends?.min(), high: ends?.max())
        }
    }
}
