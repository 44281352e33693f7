import Results

/// A limit that a planted defect must break, and what must be observed of it.
struct BrokenLimit: Sendable, Equatable {
    /// The metric that the limit is on.
    var metric: String
    /// What may be observed, in the metric's base unit; nil where only the direction is known beforehand.
    var range: ClosedRange<Double>?

    /// A limit that is broken by an amount that cannot be predicted.
    static func limit(_ metric: String) -> BrokenLimit {
        BrokenLimit(metric: metric, range: nil)
    }

    /// A limit on something counted: what is planted is what must be found.
    static func exactly(_ metric: String, _ value: Double) -> BrokenLimit {
        BrokenLimit(metric: metric, range: value...value)
    }

    /// A limit on something measured.
    static func within(_ metric: String, _ range: ClosedRange<Double>) -> BrokenLimit {
        BrokenLimit(metric: metric, range: range)
    }

    /// Whether an observed value is what was planted.
    func contains(_ observed: Double?) -> Bool {
        guard let range else { return true }
        return observed.map { range.contains($0) } ?? false
    }

    /// `lost 5`, or `bytes_in_use_growth 1 MB … 1.6 MB`.
    var text: String {
        guard let range, let unit = MetricCatalogue.metric(named: metric)?.unit else { return metric }
        return range.lowerBound == range.upperBound
            ? "\(metric) \(unit.format(range.lowerBound))"
            : "\(metric) \(unit.format(range.lowerBound)) … \(unit.format(range.upperBound))"
    }
}
