/// A straight line through points that a few wild ones hardly move: the median of the slopes between all pairs.
///
/// H. Theil, "A Rank-invariant Method of Linear and Polynomial Regression Analysis", 1950; P. K. Sen, "Estimates of the
/// Regression Coefficient Based on Kendall's Tau", 1968, https://doi.org/10.1080/01621459.1968.10480934.
///
/// - Least squares follow one late step; up to 29 % of the points of this line can be anything.
/// - The interval takes the variance of Kendall's statistic with ties in both coordinates (Sen's equation 2.6, Gilbert's
///   rule of ranks), as SciPy's `theilslopes` and R's `zyp` do.
/// - The cost is n² / 2 slopes, sorted: 65,000 for 360 points.
package struct TheilSen: Sendable, Equatable {
    /// The median slope.
    package let slope: Double
    /// Where the line meets x = 0, so that it goes through the medians of both coordinates.
    package let intercept: Double
    /// The interval of the slope; nil where even all slopes together have less confidence than was asked for.
    package let interval: ConfidenceInterval?

    /// Fits a line; nil without two points of different x.
    ///
    /// - Parameters:
    ///   - points: finite.
    ///   - confidence: of the interval, 0 … 1, both excluded.
    package init?(_ points: [(x: Double, y: Double)], confidence: Double = 0.99) {
        precondition(points.allSatisfy { $0.x.isFinite && $0.y.isFinite }, "only finite points have a line")
        precondition(confidence > 0 && confidence < 1, "a confidence is between 0 and 1")
        let slopes = Self.slopes(points)
        guard !slopes.isEmpty else { return nil }
        slope = Self.median(ofSorted: slopes)
        intercept = Self.median(points.map(\.y)) - slope * Self.median(points.map(\.x))
        interval = Self.interval(slopes, points, confidence)
    }

    /// Fits a line to values at 0, 1, 2 ….
    package init?(_ values: [Double], confidence: Double = 0.99) {
        self.init(values.enumerated().map { (x: Double($0.offset), y: $0.element) }, confidence: confidence)
    }

    /// The slopes between all pairs of different x, in ascending order.
    private static func slopes(_ points: [(x: Double, y: Double)]) -> [Double] {
        var slopes: [Double] = []
        slopes.reserveCapacity(points.count * max(0, points.count - 1) / 2)
        for (index, first) in points.enumerated() {
            for second in points[(index + 1)...] where second.x != first.x {
                slopes.append((second.y - first.y) / (second.x - first.x))
            }
        }
        return slopes.sorted()
    }

    private static func interval(
        _ slopes: [Double],
        _ points: [(x: Double, y: Double)],
        _ confidence: Double
    ) -> ConfidenceInterval? {
        let n = Double(points.count)
        // Σ t (t − 1)(2t + 5) over the groups of t equal values.
        let ties = { (values: [Double]) in
            TieGroups.sizes(values).reduce(0.0) { $0 + Double($1) * Double($1 - 1) * Double(2 * $1 + 5) }
        }
        let variance = (n * (n - 1) * (2 * n + 5) - ties(points.map(\.x)) - ties(points.map(\.y))) / 18
        let reach = NormalDistribution.quantile(1 - (1 - confidence) / 2) * max(0, variance).squareRoot()
        let count = Double(slopes.count)
        let lower = Int(((count - reach) / 2).rounded(.toNearestOrEven)) - 1
        let upper = Int(((count + reach) / 2).rounded(.toNearestOrEven))
        guard lower >= 0, upper < slopes.count else { return nil }
        return ConfidenceInterval(lower: slopes[lower], upper: slopes[upper], confidence: confidence)
    }

    private static func median(_ values: [Double]) -> Double { median(ofSorted: values.sorted()) }

    private static func median(ofSorted values: [Double]) -> Double {
        let middle = values.count / 2
        return values.count.isMultiple(of: 2) ? (values[middle - 1] + values[middle]) / 2 : values[middle]
    }
}
