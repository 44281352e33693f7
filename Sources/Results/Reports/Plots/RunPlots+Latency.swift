import HarnessCore
import Measurement

extension RunPlots {
    private typealias Distribution = (name: String, metric: String, read: (PhaseLatency) -> LatencySummary?)

    /// The distribution of what a call takes: from its intended start, by itself, and what the generator adds.
    var callSpectrum: Plot? {
        spectrum(
            "spectrum",
            "How long calls take",
            [
                ("response time", "response_time", { $0.responseTime }),
                ("service time", "service_time", { $0.serviceTime }), ("lag", "lag", { $0.lag }),
            ]
        )
    }

    /// The distribution of flushes and of the way to the receiver.
    var deliverySpectrum: Plot? {
        spectrum(
            "spectrum-delivery",
            "How long flushes and delivery take",
            [
                ("flush", "flush_latency", { $0.flushLatency }), ("freshness", "freshness", { $0.freshness }),
            ]
        )
    }

    private func spectrum(_ id: String, _ title: String, _ distributions: [Distribution]) -> Plot? {
        let phases = result.repetitions.map { $0.reportedPhases.filter { !$0.isIdle } }
        let series = distributions.compactMap { distribution -> (Plot.Series, String)? in
            let parts = phases.map { phases in
                phases.reduce(into: HistogramSnapshot()) { sum, phase in
                    if let summary = distribution.read(phase.latency) { sum.add(summary.hdr) }
                }
            }.filter { !$0.isEmpty }
            // A single value has no distribution.
            let whole = parts.reduce(into: HistogramSnapshot()) { $0.add($1) }
            guard whole.totalCount > 1 else { return nil }
            return (
                Plot.Series(distribution.name, .line, Self.points(of: whole, parts)),
                sentence(distribution, whole)
            )
        }
        guard !series.isEmpty else { return nil }
        let isSeveral = result.repetitions.count > 1
        return Plot(
            id: id,
            title: title,
            summary: Self.text(
                series.map(\.1) + [isSeveral ? "All repetitions together; bands are their range" : nil]
            ),
            x: Plot.Axis("share of values at or below", .percent, scale: .logNines),
            y: Plot.Axis("time", .nanoseconds, scale: .logarithmic),
            series: series.map(\.0)
        )
    }

    /// Quantiles by the number of nines, with the range over repetitions as far as each supports them.
    private static func points(of whole: HistogramSnapshot, _ parts: [HistogramSnapshot]) -> [Plot.Point] {
        let spectra = parts.count > 1 ? parts.map { $0.spectrum(stepsPerNine: stepsPerNine) } : []
        return whole.spectrum(stepsPerNine: stepsPerNine).enumerated().map { index, quantile in
            // The last quantile of each is its maximum, which belongs to another share.
            let values = spectra.compactMap { index < $0.count - 1 ? Double($0[index].nanoseconds) : nil }
            let isWhole = !spectra.isEmpty && values.count == spectra.count
            return Plot.Point(
                x: quantile.share,
                // Zero has no place on a logarithmic axis, and is as good as the smallest time that can be told.
                y: max(1, Double(quantile.nanoseconds)),
                low: isWhole ? values.min().map { max(1, $0) } : nil,
                high: isWhole ? values.max().map { max(1, $0) } : nil
            )
        }
    }

    private static let stepsPerNine = 24

    private func sentence(_ distribution: Distribution, _ whole: HistogramSnapshot) -> String {
        let steps = [("p50", "half"), ("p99", "99 %"), ("p99_9", "99.9 %")]
        let parts = steps.compactMap { suffix, share in
            figure("\(distribution.metric).\(suffix)").map { "\(share) within \($0)" }
        }
        let most = whole.max.map { "the longest \(Quantity.format(durationNanoseconds: $0))" }
        let name = distribution.name.prefix(1).uppercased() + distribution.name.dropFirst()
        return "\(name): " + (parts + [most].compactMap(\.self)).joined(separator: ", ")
    }

    // MARK: - Over time

    /// What callers feel over time, beside the generator's own lateness; of a closed model there is none.
    var responses: Plot? {
        overTime(
            "response-time",
            "Response time over time",
            Plot.Axis("time", .nanoseconds, scale: .logarithmic),
            [
                windows?.series("response time p50–p99") { $0.response },
                hasResponses ? windows?.series("lag p99") { $0.lag.map { max(1, Double($0.p99Nanoseconds)) } } : nil,
            ],
            summary: [extremes("response time", \.response)]
        )
    }

    private var hasResponses: Bool {
        windows?.windows.contains { $0.points.contains { $0.response != nil } } ?? false
    }

    /// What a call takes by itself over time.
    var services: Plot? {
        overTime(
            "service-time",
            "Service time over time",
            Plot.Axis("time, median to p99", .nanoseconds, scale: .logarithmic),
            [windows?.series("service time p50–p99") { $0.service }],
            summary: [extremes("service time", \.service)]
        )
    }

    /// What flushes take over time, where there are enough of them for a course.
    var flushes: Plot? {
        guard let windows, windows.windows.count(where: { $0.points.contains { $0.flush != nil } }) > 2 else {
            return nil
        }
        var series = windows.series("flush p50–p99") { $0.flush }
        // A window without a flush is no gap in the course.
        series?.points.removeAll { $0.y == nil }
        return overTime(
            "flush-time",
            "Flushes over time",
            Plot.Axis("time, median to p99", .nanoseconds, scale: .logarithmic),
            [series],
            summary: [extremes("flush", \.flush)]
        )
    }

    /// How old items were when they arrived, over time.
    var freshness: Plot? {
        overTime(
            "freshness-time",
            "Freshness over time",
            Plot.Axis("age at arrival, median to p99", .nanoseconds, scale: .logarithmic),
            [windows?.series("freshness p50–p99") { $0.freshness }],
            summary: [extremes("freshness", \.freshness)]
        )
    }

    private func extremes(
        _ name: String,
        _ read: (TimelinePoint) -> TimelinePoint.Percentiles?
    ) -> String? {
        let all = loadedWindows.flatMap(\.points).compactMap(read)
        let medians = all.map(\.p50Nanoseconds)
        guard let least = medians.min(), let greatest = medians.max(), let worst = all.map(\.p99Nanoseconds).max()
        else { return nil }
        let time = { (value: UInt64) in Quantity.format(durationNanoseconds: value) }
        let course =
            least == greatest
            ? "The median \(name) of every window is \(time(least))"
            : "The median \(name) of a window is from \(time(least)) to \(time(greatest))"
        return "\(course), its p99 at most \(time(worst))"
    }
}
