import HarnessCore

extension RunPlots {
    /// The curve of load and latency that a search has found.
    var search: Plot? {
        guard let search = result.search else { return nil }
        let tries = search.tries.sorted { $0.ratePerSecond < $1.ratePerSecond }
        let probes = Self.probes(of: search)
        let curve = { (name: String, metric: String) -> Plot.Series? in
            let points = probes.compactMap { attempt in
                attempt.metrics[metric].map { Plot.Point(x: attempt.ratePerSecond, y: max(1, $0)) }
            }
            return points.isEmpty ? nil : Plot.Series(name, .line, points)
        }
        let marks = { (name: String, shown: (SearchTry) -> Bool) -> Plot.Series? in
            let points = tries.filter(shown).compactMap { attempt in
                attempt.metrics["response_time.p99"].map { Plot.Point(x: attempt.ratePerSecond, y: max(1, $0)) }
            }
            return points.isEmpty ? nil : Plot.Series(name, .marks, points)
        }
        let series = [
            curve("response time p50", "response_time.p50"), curve("response time p99", "response_time.p99"),
            curve("lag p99", "lag.p99"), marks("does not hold (p99)") { !$0.holds },
            marks("confirmed (p99)") { $0.holds && $0.stage == Self.confirming },
        ].compactMap(\.self)
        guard !series.isEmpty, tries.count > 1 else { return nil }
        let rate = { (value: Double?) in value.map { Quantity.format(perSecond: $0) } }
        return Plot(
            id: "search",
            title: "Latency by load",
            summary: Self.text([
                rate(search.capacityPerSecond).map { "\($0) confirmed" } ?? "No rate was confirmed",
                rate(search.kneePerSecond).map { "The latency begins to rise steeply at \($0)" },
                "There were \(tries.count) tries, some longer ones to confirm a rate: marks without a line",
            ]),
            x: Plot.Axis("operations offered", .perSecond, scale: .logarithmic),
            y: Plot.Axis("time", .nanoseconds, scale: .logarithmic),
            series: series
        )
    }

    /// The stage of tries that last longer, in order to confirm a rate.
    private static let confirming = "confirming"

    /// The short tries, of each rate the last, by rate: they are alike, and confirmations are not.
    private static func probes(of search: SearchReport) -> [SearchTry] {
        let short = search.tries.filter { $0.stage != confirming }
        return Dictionary(short.map { ($0.ratePerSecond, $0) }) { _, last in last }.values
            .sorted { $0.ratePerSecond < $1.ratePerSecond }
    }

    /// The memory that each rate of a search needed.
    var searchMemory: Plot? {
        let tries = result.search.map(Self.probes) ?? []
        let points = tries.compactMap { attempt in
            attempt.metrics["rss_peak_bytes"].map { Plot.Point(x: attempt.ratePerSecond, y: $0) }
        }
        let sizes = points.compactMap(\.y)
        guard points.count > 1, let least = sizes.min(), let most = sizes.max() else { return nil }
        return Plot(
            id: "search-memory",
            title: "Memory by load",
            summary:
                "From \(Quantity.format(bytes: least)) to \(Quantity.format(bytes: most)) resident at most, by rate.",
            x: Plot.Axis("operations offered", .perSecond, scale: .logarithmic),
            y: Plot.Axis("peak of resident memory", .bytes, startsAtZero: true),
            series: [Plot.Series("peak", .line, points)]
        )
    }

    /// Throughput by the number of producers, beside the law fitted to it.
    var scaling: Plot? {
        guard let scaling = result.scaling, scaling.points.count > 1 else { return nil }
        let measured = scaling.points.map { Plot.Point(x: Double($0.producers), y: $0.throughputPerSecond) }
        let law = scaling.points.compactMap { point in
            point.predictedPerSecond.map { Plot.Point(x: Double(point.producers), y: $0) }
        }
        let best = scaling.points.max { $0.throughputPerSecond < $1.throughputPerSecond }
        return Plot(
            id: "scaling",
            title: "Throughput by producers",
            summary: Self.text([
                best.map {
                    "\(Quantity.format(perSecond: $0.throughputPerSecond)) at most, with \($0.producers) "
                        + ($0.producers == 1 ? "producer" : "producers")
                },
                scaling.law.map { law in
                    "The scalability law fitted to it has a contention of "
                        + "\(Quantity.format(number: 100 * law.contention, decimals: 1)) %"
                },
            ]),
            x: Plot.Axis("producers", .count),
            y: Plot.Axis(scaling.metric, .perSecond, startsAtZero: true),
            series: [Plot.Series("measured", .marks, measured)]
                + (law.isEmpty ? [] : [Plot.Series("scalability law", .computed, law)])
        )
    }
}
