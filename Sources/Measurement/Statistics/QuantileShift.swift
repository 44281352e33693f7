import Glibc

/// How far each part of a distribution moved: everything by 3 %, or the tail alone.
///
/// The unit of replication is the repetition: each gives one value a quantile, however many events it has. For display; a
/// limit is judged on one metric by its own test.
package struct QuantileShift: Sendable, Equatable {
    /// The shift at one quantile.
    package struct Row: Sendable, Equatable {
        /// The share of values below, 0 … 1.
        package let quantile: Double
        /// Hodges–Lehmann estimate of the log-ratio candidate / baseline.
        package let logRatio: Double
        /// Its interval; nil where there are too few repetitions for the confidence.
        package let interval: ConfidenceInterval?
    }

    /// What moved.
    package enum Shape: String, Sendable, CaseIterable {
        /// No quantile's interval excludes zero.
        case nothing
        /// Every quantile's interval excludes zero, all in one direction.
        case everything
        /// Some quantile from 0.9 on moved, and none up to the median.
        case tail
        /// Some quantiles moved, in another pattern.
        case parts
    }

    /// The quantiles that every repetition supports, in ascending order.
    package let rows: [Row]
    /// Wasserstein distance of the mean distributions on the logarithmic scale: the mean log-ratio by which values moved.
    package let distance: Double
    /// The share of all labellings of the runs that are at least as far apart.
    package let pValue: Double
    /// How many labellings that is a share of.
    package let labellings: Int
    /// Whether these are all; otherwise they were drawn from the seed.
    package let isExact: Bool
    /// Seed of the draw.
    package let seed: UInt64

    /// The quantiles that are looked at.
    package static let quantiles = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99]

    /// What moved, by the intervals of ``rows``.
    package var shape: Shape {
        let moved = rows.filter { $0.interval?.excludesZero ?? false }
        guard let first = moved.first else { return .nothing }
        if moved.count == rows.count, moved.allSatisfy({ ($0.logRatio > 0) == (first.logRatio > 0) }) {
            return .everything
        }
        return moved.contains { $0.quantile >= 0.9 } && !moved.contains { $0.quantile <= 0.5 } ? .tail : .parts
    }

    /// Compares pairs of histograms; nil without pairs, and where a histogram is empty.
    ///
    /// - Parameters:
    ///   - pairs: histograms of nanoseconds, one of each side.
    ///   - confidence: of the intervals, 0 … 1.
    ///   - seed: of the draw, above 12 pairs.
    package init?(
        pairs: [(baseline: HistogramSnapshot, candidate: HistogramSnapshot)],
        confidence: Double = 0.95,
        seed: UInt64
    ) {
        guard let grid = DistributionProfile.grid(of: pairs.flatMap { [$0.baseline, $0.candidate] }) else { return nil }
        let differences = pairs.map { pair in
            zip(
                DistributionProfile(pair.candidate, grid: grid).shares,
                DistributionProfile(pair.baseline, grid: grid).shares
            ).map { $0 - $1 }
        }
        let rows = Self.quantiles.compactMap { quantile -> Row? in
            guard let baseline = Self.logarithms(pairs.map(\.baseline), at: quantile),
                let candidate = Self.logarithms(pairs.map(\.candidate), at: quantile)
            else { return nil }
            let ratios = zip(baseline, candidate).map { $1 - $0 }
            return HodgesLehmann.pseudomedian(of: ratios).map {
                Row(quantile: quantile, logRatio: $0, interval: SignedRank.interval(of: ratios, confidence: confidence))
            }
        }
        self.init(rows, LabelPermutation(pairs: differences, step: grid.step, seed: seed), seed: seed)
    }

    /// Compares two sets of histograms that were not measured in pairs; nil where a side is empty, or a histogram.
    ///
    /// - Parameters:
    ///   - baseline: histograms of nanoseconds, one of each repetition.
    ///   - candidate: histograms of nanoseconds, one of each repetition.
    ///   - confidence: of the intervals, 0 … 1.
    ///   - seed: of the draw, above 7 of each.
    package init?(
        baseline: [HistogramSnapshot],
        candidate: [HistogramSnapshot],
        confidence: Double = 0.95,
        seed: UInt64
    ) {
        guard !baseline.isEmpty, !candidate.isEmpty, let grid = DistributionProfile.grid(of: baseline + candidate)
        else { return nil }
        let rows = Self.quantiles.compactMap { quantile -> Row? in
            guard let first = Self.logarithms(baseline, at: quantile),
                let second = Self.logarithms(candidate, at: quantile)
            else { return nil }
            return HodgesLehmann.shift(baseline: first, candidate: second).map {
                Row(
                    quantile: quantile,
                    logRatio: $0,
                    interval: MannWhitney.interval(baseline: first, candidate: second, confidence: confidence)
                )
            }
        }
        let permutation = LabelPermutation(
            baseline: baseline.map { DistributionProfile($0, grid: grid).shares },
            candidate: candidate.map { DistributionProfile($0, grid: grid).shares },
            step: grid.step,
            seed: seed
        )
        self.init(rows, permutation, seed: seed)
    }

    private init(_ rows: [Row], _ permutation: LabelPermutation, seed: UInt64) {
        self.rows = rows
        self.seed = seed
        distance = permutation.distance
        pValue = permutation.pValue
        labellings = permutation.labellings
        isExact = permutation.isExact
    }

    /// The logarithm of a quantile of each histogram; nil where one has too few values for it, or the value is zero.
    private static func logarithms(_ histograms: [HistogramSnapshot], at quantile: Double) -> [Double]? {
        var logarithms: [Double] = []
        for histogram in histograms {
            guard LatencySummary.supports(percentile: 100 * quantile, count: histogram.totalCount),
                let value = histogram.value(atPercentile: 100 * quantile), value > 0
            else { return nil }
            logarithms.append(log(Double(value)))
        }
        return logarithms
    }
}
