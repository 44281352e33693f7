package import HarnessCore
import Measurement

/// All metrics that limits and comparisons can name.
package enum MetricCatalogue {
    /// Every metric, in the order in which lists show them.
    package static let all: [Metric] = loads + findings + rates + latencies + resources + queue + course

    /// The metric called `name`.
    package static func metric(named name: String) -> Metric? {
        byName[name]
    }

    /// The metric called `name`; throws an error at `path`, where the name stands, that names the nearest one.
    package static func metric(named name: String, at path: String) throws(StrictJSONError) -> Metric {
        if let metric = byName[name] { return metric }
        let nearest = Suggestion.nearest(to: name, in: all.map(\.name)) ?? samePrefix(name)
        throw StrictJSONError(
            path: path,
            value: JSONValue.quoted(name),
            reason: "is not a known metric",
            hint: nearest.map { "did you mean \"\($0)\"?" } ?? "'bench-compare --list-metrics' lists them all"
        )
    }

    private static let byName = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })

    /// For `flush_latency.p75`, the first metric of the same distribution.
    private static func samePrefix(_ name: String) -> String? {
        guard let prefix = name.split(separator: ".").first, name.contains(".") else { return nil }
        return all.first { $0.name.hasPrefix("\(prefix).") }?.name
    }

    // MARK: - Load

    private static let loads: [Metric] = [
        Metric("attempted", .count, .neutral, .exact, "items handed to the system") { .counted($0.load.attempted) },
        Metric("missed", .count, .lowerIsBetter, .exact, "operations due that could not be started in time") {
            .counted($0.load.missed)
        },
        Metric("accepted", .count, .higherIsBetter, .exact, "items that the system said yes to") {
            .counted($0.load.accepted, of: $0.load.attempted)
        },
        Metric("rejected", .count, .lowerIsBetter, .exact, "items that the system said no to") {
            .counted($0.load.rejected, of: $0.load.attempted)
        },
        Metric("delivered", .count, .higherIsBetter, .exact, needsLedger: true, "different items that the sink has") {
            .counted($0.load.delivered, of: $0.load.attempted)
        },
        Metric("lost", .count, .lowerIsBetter, .exact, needsLedger: true, "accepted items neither delivered nor queued")
        {
            .counted($0.load.lost, of: $0.load.attempted)
        },
        Metric("duplicated", .count, .lowerIsBetter, .exact, needsLedger: true, "arrivals of items already delivered") {
            .counted($0.load.duplicated, of: $0.load.attempted)
        },
        Metric("foreign", .count, .lowerIsBetter, .exact, needsLedger: true, "arrivals that no producer can have sent")
        {
            .counted($0.load.foreign, of: $0.load.attempted)
        },
        Metric(
            "invalid_items",
            .count,
            .lowerIsBetter,
            .exact,
            needsLedger: true,
            "arrivals that break OpenTelemetry's specification"
        ) {
            .counted($0.load.invalid)
        },
        Metric("dropped", .count, .lowerIsBetter, .exact, "accepted items that the system says it dropped") {
            .counted($0.load.dropped, of: $0.load.attempted)
        },
        Metric(
            "unaccounted",
            .count,
            .lowerIsBetter,
            .exact,
            needsLedger: true,
            "lost items that the system does not confess"
        ) {
            .counted($0.load.unaccounted, of: $0.load.attempted)
        },
        Metric("queued", .count, .lowerIsBetter, .exact, "items that the system still holds at the end") {
            .counted($0.load.queued, of: $0.load.attempted)
        },
        Metric("unexported", ofRepetitions: "accepted items that the system dropped, or still held after its shutdown")
        {
            .counted($0.counters.map { $0.dropped.values.reduce($0.queued, +) })
        },
        Metric("failed_flushes", ofRepetitions: "flushes at the end of phases, and shutdowns, that did not succeed") {
            .counted($0.failedFlushes)
        },
    ]

    // MARK: - Rates

    private static let rates: [Metric] = [
        Metric("offered_per_s", .perSecond, .neutral, .exact, "operations a second that the plan asks for") {
            .measured($0.rates.offeredPerSecond)
        },
        Metric("achieved_per_s", .perSecond, .higherIsBetter, .noisy, "operations issued a second") {
            .measured($0.rates.achievedPerSecond, of: $0.load.attempted)
        },
        Metric("accepted_per_s", .perSecond, .higherIsBetter, .noisy, "items accepted a second") {
            .measured($0.rates.acceptedPerSecond, of: $0.load.attempted)
        },
        Metric(
            "delivered_per_s",
            .perSecond,
            .higherIsBetter,
            .noisy,
            needsLedger: true,
            "items delivered a second, flush included"
        ) {
            .measured($0.rates.deliveredPerSecond, of: $0.load.attempted)
        },
        Metric("completion_s", .seconds, .lowerIsBetter, .noisy, "from the start until the final flush was done") {
            .measured($0.completionSeconds, of: $0.load.attempted)
        },
        Metric(
            "drain_s",
            .seconds,
            .lowerIsBetter,
            .noisy,
            needsLedger: true,
            "from a phase's start until the last item from before it had arrived"
        ) {
            .measured($0.drainSeconds)
        },
    ]

    // MARK: - Latencies

    private struct Distribution: Sendable {
        let name: String
        let explanation: String
        let needsLedger: Bool
        let summary: @Sendable (PhaseLatency) -> LatencySummary?
    }

    private static let distributions = [
        Distribution(name: "response_time", explanation: "end − intended start of an operation", needsLedger: false) {
            $0.responseTime
        },
        Distribution(name: "service_time", explanation: "end − actual start of an operation", needsLedger: false) {
            $0.serviceTime
        },
        Distribution(name: "lag", explanation: "the generator's own lateness", needsLedger: false) { $0.lag },
        Distribution(name: "flush_latency", explanation: "duration of an explicit flush", needsLedger: false) {
            $0.flushLatency
        },
        Distribution(name: "freshness", explanation: "from the call until the sink has the item", needsLedger: true) {
            $0.freshness
        },
    ]

    private static let latencies: [Metric] = distributions.flatMap { distribution in
        let quantiles: [(suffix: String, percentile: Double, read: @Sendable (LatencySummary) -> UInt64?)] = [
            ("p50", 50, { $0.p50Nanoseconds }), ("p90", 90, { $0.p90Nanoseconds }), ("p95", 95, { $0.p95Nanoseconds }),
            ("p99", 99, { $0.p99Nanoseconds }), ("p99_9", 99.9, { $0.p999Nanoseconds }),
        ]
        let statistic = { (suffix: String, read: @escaping @Sendable (LatencySummary) -> MetricReading) in
            Metric(
                "\(distribution.name).\(suffix)",
                .nanoseconds,
                .lowerIsBetter,
                .noisy,
                needsLedger: distribution.needsLedger,
                distribution.explanation
            ) { phase in
                distribution.summary(phase.latency).map(read) ?? .absent("there are no samples of \(distribution.name)")
            }
        }
        return [
            statistic("mean") { .value($0.meanNanoseconds, samples: $0.count) },
            statistic("min") { .value(Double($0.minNanoseconds), samples: $0.count) },
        ]
            + quantiles.map { quantile in
                statistic(quantile.suffix) { summary in
                    quantile.read(summary).map { .value(Double($0), samples: summary.count) }
                        ?? .unsupported(
                            samples: summary.count,
                            needed: samplesNeeded(forPercentile: quantile.percentile)
                        )
                }
            } + [statistic("max") { .value(Double($0.maxNanoseconds), samples: $0.count) }]
    }

    /// The fewest samples that support a percentile, by the rule of `LatencySummary`.
    package static func samplesNeeded(forPercentile percentile: Double) -> UInt64 {
        var (low, high) = (UInt64(0), UInt64(1) << 40)
        while high - low > 1 {
            let middle = (low + high) / 2
            if LatencySummary.supports(percentile: percentile, count: middle) { high = middle } else { low = middle }
        }
        return high
    }

    // MARK: - Resources

    private static let resources: [Metric] = [
        Metric("rss_peak_bytes", .bytes, .lowerIsBetter, .noisy, "most that was resident") {
            .counted($0.memory?.rssPeakBytes)
        },
        Metric("rss_growth_bytes", .bytes, .lowerIsBetter, .noisy, "resident after minus before") {
            .counted($0.memory?.rssGrowthBytes)
        },
        Metric("bytes_in_use_growth", .bytes, .lowerIsBetter, .noisy, "heap allocated after minus before") {
            .counted($0.memory?.bytesInUseGrowth)
        },
        Metric("held_rss_growth_bytes", .bytes, .lowerIsBetter, .noisy, "resident with everything queued, minus before")
        {
            .counted($0.memory?.heldRSSGrowthBytes)
        },
        Metric(
            "held_bytes_in_use_growth_bytes",
            .bytes,
            .lowerIsBetter,
            .noisy,
            "heap with everything queued, minus before"
        ) {
            .counted($0.memory?.heldBytesInUseGrowthBytes)
        },
        Metric("held_rss_bytes_per_item", .bytesPerItem, .lowerIsBetter, .noisy, "resident growth for each held item") {
            perItem($0.memory?.heldRSSGrowthBytes, $0.memory?.heldItems ?? $0.load.accepted)
        },
        Metric("held_bytes_in_use_per_item", .bytesPerItem, .lowerIsBetter, .noisy, "heap growth for each held item") {
            perItem($0.memory?.heldBytesInUseGrowthBytes, $0.memory?.heldItems ?? $0.load.accepted)
        },
        Metric(
            "cpu_percent",
            .percent,
            .lowerIsBetter,
            .noisy,
            "processor time without the generator's spinning, 100 % is one processor"
        ) {
            .measured($0.cpu?.percent)
        },
        Metric(
            "cpu_s_per_million_items",
            .secondsPerMillion,
            .lowerIsBetter,
            .noisy,
            "processor time for a million items"
        ) {
            .measured($0.cpu?.secondsPerMillionItems)
        },
        Metric(
            "idle_cpu_percent",
            .percent,
            .lowerIsBetter,
            .noisy,
            ofIdlePhases: true,
            "processor time when nothing is issued"
        ) {
            $0.isIdle ? .measured($0.cpu?.percent) : .absent("the phase is not idle")
        },
        Metric(
            "items_per_request",
            .count,
            .neutral,
            .noisy,
            needsLedger: true,
            "delivered items for each request"
        ) {
            guard let requests = $0.requests, let delivered = $0.load.delivered else {
                return .absent("it was not measured")
            }
            guard requests > 0 else { return .absent("there were no requests") }
            return .value(Double(delivered) / Double(requests), samples: nil)
        },
        Metric(
            "body_bytes_per_item",
            .bytesPerItem,
            .lowerIsBetter,
            .exact,
            needsLedger: true,
            "request bytes for each delivered item"
        ) {
            perItem($0.bodyBytes, $0.load.delivered ?? 0)
        },
    ]

    private static func perItem(_ bytes: (some BinaryInteger)?, _ items: UInt64) -> MetricReading {
        guard let bytes else { return .absent("it was not measured") }
        guard items > 0 else { return .absent("there are no items to divide by") }
        return .value(Double(bytes) / Double(items), samples: nil)
    }
}
