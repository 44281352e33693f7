import Glibc

/// A metric over pairs.
///
/// The statistic is the median of the pairs' log-ratios, ln(candidate / baseline): a ratio and its inverse count alike,
/// and what drifts from pair to pair cancels within each. It says how far apart the sides are, not whether that is
/// more than chance.
package struct PairedMetric: Codable, Equatable, Sendable {
    /// Name of the metric.
    package var metric: String
    /// Unit of the medians.
    package var unit: MetricUnit
    /// Which way it improves.
    package var better: MetricDirection
    /// Median over the runs of the baseline.
    package var baselineMedian: Double
    /// Median over the runs of the candidate.
    package var candidateMedian: Double
    /// The log-ratio of each pair, in order; absent where a value is zero or negative.
    package var logRatios: [Double]?
    /// The median of the log-ratios as a change in percent.
    package var changePercent: Double?
    /// The smallest of the pairs' changes, in percent.
    package var minChangePercent: Double?
    /// The greatest of the pairs' changes, in percent.
    package var maxChangePercent: Double?

    /// Compares two sides pair by pair; nil unless both have as many values, and at least one.
    package init?(_ metric: Metric, baseline: [Double], candidate: [Double]) {
        guard baseline.count == candidate.count, let first = MetricSpread.median(baseline),
            let second = MetricSpread.median(candidate)
        else { return nil }
        self.metric = metric.name
        unit = metric.unit
        better = metric.direction
        baselineMedian = first
        candidateMedian = second
        let pairs = zip(baseline, candidate)
        guard pairs.allSatisfy({ $0 > 0 && $1 > 0 }) else { return }
        let ratios = pairs.map { log($1 / $0) }
        let percent = { (ratio: Double) in 100 * expm1(ratio) }
        logRatios = ratios
        changePercent = MetricSpread.median(ratios).map(percent)
        minChangePercent = ratios.min().map(percent)
        maxChangePercent = ratios.max().map(percent)
    }

    /// Whether a reader learns something: what is counted and the same in all runs says nothing.
    var isWorthShowing: Bool {
        guard MetricCatalogue.metric(named: metric)?.kind == .exact else { return logRatios != nil }
        return baselineMedian != candidateMedian || minChangePercent != maxChangePercent
    }

    /// Every metric that both sides have.
    static func all(baseline: RunResult, candidate: RunResult) -> [PairedMetric] {
        MetricCatalogue.all.compactMap { metric in
            guard let first = baseline.values(of: metric), let second = candidate.values(of: metric) else { return nil }
            return PairedMetric(metric, baseline: first, candidate: second)
        }
    }

    private enum CodingKeys: String, CodingKey {
        case metric
        case unit
        case better
        case baselineMedian = "baseline_median"
        case candidateMedian = "candidate_median"
        case logRatios = "log_ratios"
        case changePercent = "change_percent"
        case minChangePercent = "min_change_percent"
        case maxChangePercent = "max_change_percent"
    }
}
