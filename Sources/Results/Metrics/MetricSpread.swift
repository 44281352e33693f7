/// How a metric differs from repetition to repetition, each of which gives one value.
///
/// A percentile over repetitions is the median of their percentiles, never a percentile of the merged distribution: a
/// repetition is the unit of statistics, and one bad repetition is to stay one bad repetition.
package struct MetricSpread: Codable, Equatable, Sendable {
    /// How many repetitions there are; at least 2.
    package var repetitions: Int
    /// The median of their values.
    package var median: Double
    /// The smallest value.
    package var min: Double
    /// The greatest value.
    package var max: Double
    /// The median of the values' distances from their median.
    package var medianAbsoluteDeviation: Double

    /// Works the figures out; nil for fewer than two values.
    package init?(_ values: [Double]) {
        guard values.count > 1, let median = Self.median(values), let min = values.min(), let max = values.max(),
            let deviation = Self.median(values.map { ($0 - median).magnitude })
        else { return nil }
        repetitions = values.count
        self.median = median
        self.min = min
        self.max = max
        medianAbsoluteDeviation = deviation
    }

    /// The middle value, or the mean of the two middle ones; nil for no values.
    package static func median(_ values: [Double]) -> Double? {
        guard !values.isEmpty else { return nil }
        let sorted = values.sorted()
        let middle = sorted.count / 2
        return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
    }

    private enum CodingKeys: String, CodingKey {
        case repetitions
        case median
        case min
        case max
        case medianAbsoluteDeviation = "mad"
    }
}

extension RunResult {
    /// The value that each repetition gives a metric over its reported phases; nil if one gives none.
    package func values(of metric: Metric) -> [Double]? {
        if case .values(let values, _) = observations(of: metric) { values } else { nil }
    }

    /// How all metrics with a value spread over the repetitions; nil for a single one.
    func computedSpread() -> [String: MetricSpread]? {
        guard repetitions.count > 1 else { return nil }
        return MetricCatalogue.all.reduce(into: [:]) { spread, metric in
            spread[metric.name] = values(of: metric).flatMap { MetricSpread($0) }
        }
    }
}
