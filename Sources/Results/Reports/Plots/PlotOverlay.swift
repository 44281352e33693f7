import HarnessCore
import Measurement

/// The plots of two results, one over the other, and the ratio of their distributions.
struct PlotOverlay {
    private let subjects: [RunReport.Subject]
    private let sides: [[Plot]]

    private let isComparable: Bool

    /// Makes the plots of each side.
    ///
    /// - Parameters:
    ///   - subjects: baseline and candidate.
    ///   - isComparable: whether they are equal experiments; ratios of others say nothing.
    init(_ subjects: [RunReport.Subject], isComparable: Bool = true) {
        self.subjects = subjects
        self.isComparable = isComparable
        sides = subjects.map { RunPlots($0.result).plots }
    }

    /// The plots of both, in the order of the first; what only the second has comes at the end.
    var plots: [Plot] {
        let ids = sides.flatMap { $0.map(\.id) }.reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
        return ids.flatMap { id -> [Plot] in
            let plot = overlaid(sides.map { $0.first { $0.id == id } })
            // The ratio belongs below the distributions that it is of.
            return [plot, id == "spectrum" && isComparable ? ratio : nil].compactMap(\.self)
        }
    }

    private func overlaid(_ plots: [Plot?]) -> Plot? {
        guard var plot = plots.lazy.compactMap(\.self).first else { return nil }
        var series: [Plot.Series] = []
        for (side, other) in plots.enumerated() {
            for var one in other?.series ?? [] {
                // What both were asked for is drawn once.
                let isKnown = one.name == "planned" && series.contains { $0.points == one.points }
                // The generator's lateness is no property of what is compared.
                guard !isKnown, !one.name.hasPrefix("lag") else { continue }
                one.name = "\(subjects[side].name): \(one.name)"
                one.side = side
                series.append(one)
            }
        }
        plot.series = series
        let isOverTime = plot.x.unit == .seconds
        plot.summary = zip(subjects, plots).map { subject, plot in
            let name = subject.name.prefix(1).uppercased() + subject.name.dropFirst()
            return "\(name): \(plot?.summary ?? Self.absence(in: subject.result, isOverTime: isOverTime))"
        }.joined(separator: " ")
        return plot
    }

    /// Why one side is missing from a plot.
    private static func absence(in result: RunResult, isOverTime: Bool) -> String {
        isOverTime && RunWindows(result) == nil
            ? "its result holds no course over time, as an older bench or a run of less than a second leaves it."
            : "not measured."
    }

    // MARK: - Ratio

    private typealias Distribution = (name: String, read: @Sendable (PhaseLatency) -> LatencySummary?)

    private static let distributions: [Distribution] = [
        ("response time", { $0.responseTime }), ("service time", { $0.serviceTime }), ("flush", { $0.flushLatency }),
        ("freshness", { $0.freshness }),
    ]

    /// Candidate by baseline, quantile by quantile as far as ten values lie beyond it on both sides.
    private var ratio: Plot? {
        let series = Self.distributions.compactMap { distribution -> Plot.Series? in
            let both = subjects.map { Self.histogram(of: $0.result, distribution.read) }
            let spectra = both.map { $0.spectrum(stepsPerNine: 12) }
            let points = zip(spectra[0], spectra[1]).compactMap { first, second -> Plot.Point? in
                let isSupported = both.allSatisfy {
                    LatencySummary.supports(percentile: 100 * first.share, count: $0.totalCount)
                }
                guard isSupported, first.share == second.share, first.nanoseconds > 0 else { return nil }
                return Plot.Point(x: first.share, y: Double(second.nanoseconds) / Double(first.nanoseconds))
            }
            return points.count > 1 ? Plot.Series(distribution.name, .line, points) : nil
        }
        guard let furthest = series.compactMap(\.points.last?.x).max() else { return nil }
        let equal = Plot.Series("equal", .computed, [0, furthest].map { Plot.Point(x: $0, y: 1) })
        return Plot(
            id: "spectrum-ratio",
            title: "Candidate by baseline, percentile by percentile",
            summary: RunPlots.text(series.map(Self.sentence)),
            x: Plot.Axis("share of values at or below", .percent, scale: .logNines),
            y: Plot.Axis("change from the baseline", .count, scale: .ratio),
            series: series + [equal]
        )
    }

    private static func sentence(_ series: Plot.Series) -> String? {
        let near = { (share: Double) in
            series.points.min { ($0.x - share).magnitude < ($1.x - share).magnitude }?.y
        }
        let parts = [(0.5, "p50"), (0.99, "p99")].filter { $0.0 <= (series.points.last?.x ?? 0) + 1e-9 }
            .compactMap { share, name in near(share).map { "\(ComparisonRow.change(ratio: $0)) at \(name)" } }
        let name = series.name.prefix(1).uppercased() + series.name.dropFirst()
        return parts.isEmpty ? nil : "\(name): " + parts.joined(separator: ", ")
    }

    private static func histogram(
        of result: RunResult,
        _ read: (PhaseLatency) -> LatencySummary?
    ) -> HistogramSnapshot {
        result.repetitions.flatMap(\.reportedPhases).filter { !$0.isIdle }.reduce(into: HistogramSnapshot()) {
            if let summary = read($1.latency) { $0.add(summary.hdr) }
        }
    }
}
