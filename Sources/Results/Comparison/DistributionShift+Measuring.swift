import Glibc
import HarnessCore
import Measurement

extension DistributionShift {
    /// Compares the distributions behind a metric; nil where it is of none, or a side has none.
    ///
    /// - Parameters:
    ///   - metric: such as `flush_latency.p95`: the whole distribution is looked at, whatever its statistic.
    ///   - phase: the phase to take it from; nil for all reported phases.
    ///   - baseline: repetitions of what is compared with.
    ///   - candidate: repetitions of what is looked at.
    ///   - isPaired: whether the n-th repetition of one side belongs to the n-th of the other.
    package init?(
        of metric: Metric,
        phase: String?,
        baseline: [Repetition],
        candidate: [Repetition],
        isPaired: Bool
    ) {
        guard let first = Self.histograms(metric, phase, baseline),
            let second = Self.histograms(metric, phase, candidate)
        else { return nil }
        guard !isPaired || first.count == second.count else { return nil }
        let shift =
            isPaired
            ? QuantileShift(pairs: zip(first, second).map { (baseline: $0, candidate: $1) }, seed: Self.seed)
            : QuantileShift(baseline: first, candidate: second, seed: Self.seed)
        guard let shift, !shift.rows.isEmpty else { return nil }
        let quantiles = shift.rows.compactMap { row in
            Self.median(first, row.quantile).flatMap { before in
                Self.median(second, row.quantile).map { after in
                    Quantile(
                        quantile: row.quantile,
                        baseline: before,
                        candidate: after,
                        ratio: exp(row.logRatio),
                        low: row.interval.map { exp($0.lower) },
                        high: row.interval.map { exp($0.upper) }
                    )
                }
            }
        }
        self.init(quantiles: quantiles, pValue: shift.pValue, sentence: Self.sentence(shift))
    }

    /// The same figures give the same p-value.
    private static let seed: UInt64 = 1

    private static func histograms(
        _ metric: Metric,
        _ phase: String?,
        _ repetitions: [Repetition]
    ) -> [HistogramSnapshot]? {
        let histograms = repetitions.compactMap { repetition in
            repetition.subject(of: metric, phase: phase)?.latency.summary(named: metric.name)?.hdr
        }
        return histograms.count == repetitions.count && !histograms.isEmpty
            && histograms.allSatisfy { $0.totalCount > 0 }
            ? histograms : nil
    }

    private static func median(_ histograms: [HistogramSnapshot], _ quantile: Double) -> Double? {
        MetricSpread.median(histograms.compactMap { $0.value(atPercentile: 100 * quantile).map { Double($0) } })
    }

    // MARK: - In words

    private static func sentence(_ shift: QuantileShift) -> String {
        let moved = shift.rows.filter { $0.interval?.excludesZero ?? false }
        switch shift.shape {
        case .nothing: return "no part of the distribution moved for certain"
        case .everything: return "everything is \(change(moved))"
        case .tail:
            return
                "only the tail moved: from \(DistributionPlot.name(moved.first?.quantile ?? 1)) on it is \(change(moved))"
        case .parts:
            let directions = [
                ("slower", moved.filter { $0.logRatio > 0 }), ("faster", moved.filter { $0.logRatio < 0 }),
            ]
            let parts = directions.filter { !$0.1.isEmpty }.map { word, rows in
                rows.map { DistributionPlot.name($0.quantile) }.joined(separator: ", ")
                    + (rows.count == 1 ? " is " : " are ")
                    + word
            }
            return "parts of the distribution moved: \(parts.joined(separator: ", and "))"
        }
    }

    /// `3.0 % slower`, or `from 2.0 to 9.0 % slower` where parts moved by different amounts.
    private static func change(_ rows: [QuantileShift.Row]) -> String {
        let percent = rows.map { (100 * expm1($0.logRatio)).magnitude }.sorted()
        guard let least = percent.first, let most = percent.last else { return "the same" }
        let format = { (value: Double) in Quantity.format(number: value, decimals: value < 99.95 ? 1 : 0) }
        let amount =
            most - least < max(1, 0.2 * most)
            ? "\(format(percent[percent.count / 2])) %" : "from \(format(least)) to \(format(most)) %"
        return amount + ((rows.first?.logRatio ?? 0) > 0 ? " slower" : " faster")
    }
}

extension PhaseLatency {
    /// The distribution that a metric is a statistic of: that of `flush_latency.p95` is `flush_latency`.
    fileprivate func summary(named metric: String) -> LatencySummary? {
        switch metric.split(separator: ".").first {
        case "response_time": responseTime
        case "service_time": serviceTime
        case "lag": lag
        case "flush_latency": flushLatency
        case "freshness": freshness
        default: nil
        }
    }
}

extension ComparisonReport {
    /// The profiles with rows about a distribution that did not stay as it was: their shifts are worth showing.
    package var profilesWithShifts: Set<String> {
        Set(rows.filter { Self.isWorthShifting($0) }.map(\.profile))
    }

    /// Adds to the rows of a profile how their whole distributions moved.
    ///
    /// - Parameters:
    ///   - profile: the profile.
    ///   - baseline: its results, with their distributions.
    ///   - candidate: its results, likewise; of pairs with as many repetitions, in the same order.
    package mutating func addShifts(profile: String, baseline: [RunResult], candidate: [RunResult]) {
        var (first, second) = (baseline.flatMap(\.repetitions), candidate.flatMap(\.repetitions))
        if design == .paired, baseline.count == 1, candidate.count == 1 {
            // A disturbed run takes the other of its pair with it, as in the rows.
            let left = baseline[0].disturbedRepetitions.union(candidate[0].disturbedRepetitions)
            first = first.indices.filter { !left.contains($0) }.map { first[$0] }
            second = second.indices.filter { !left.contains($0) }.map { second[$0] }
        }
        for index in rows.indices where rows[index].profile == profile && Self.isWorthShifting(rows[index]) {
            guard let metric = MetricCatalogue.metric(named: rows[index].metric) else { continue }
            rows[index].shift = DistributionShift(
                of: metric,
                phase: rows[index].phase,
                baseline: first,
                candidate: second,
                isPaired: design == .paired
            )
        }
    }

    private static func isWorthShifting(_ row: ComparisonRow) -> Bool {
        // So few runs that there is no interval say nothing about quantiles either.
        row.kind == .regression && row.effect?.method != .exact && row.effect?.low != nil && row.verdict != .pass
            && row.unit == .nanoseconds
    }
}
