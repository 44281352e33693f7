import HarnessCore
import Measurement

extension RunSummaryRenderer {
    /// The distributions of the reported phases, one a row; the mean goes first when the table is too wide.
    ///
    /// Of several repetitions each figure is the median of theirs.
    func latencies(_ result: RunResult, _ subject: PhaseResult) -> [String] {
        let repetitions = result.repetitions.compactMap { repetition in
            PhaseResult.merged(repetition.reportedPhases.filter { !$0.isIdle })?.latency
        }
        let latencies = repetitions.count > 1 ? repetitions : [subject.latency]
        let distributions: [(String, (PhaseLatency) -> LatencySummary?)] = [
            ("response time", { $0.responseTime }), ("service time", { $0.serviceTime }),
            ("flush", { $0.flushLatency }), ("lag", { $0.lag }), ("freshness", { $0.freshness }),
        ]
        var table = TextTable(
            [.init("LATENCY"), .init("mean", .right, dropRank: 1)]
                + ["p50", "p90", "p95", "p99", "p99.9", "max", "n"].map { .init($0, .right) }
        )
        table.indentation = 0
        for (name, distribution) in distributions {
            let summaries = latencies.compactMap(distribution)
            guard summaries.count == latencies.count else { continue }
            // One without a figure leaves all without it.
            let median = { (figure: (LatencySummary) -> Double?) -> TextTable.Cell in
                let values = summaries.compactMap(figure)
                let value = values.count == summaries.count ? MetricSpread.median(values) : nil
                return TextTable.Cell(value.map { Quantity.format(durationNanoseconds: $0) } ?? "–")
            }
            let percentile = { (figure: @escaping (LatencySummary) -> UInt64?) in
                median { figure($0).map { Double($0) } }
            }
            table.append(
                [
                    TextTable.Cell("  \(name)"), median { $0.meanNanoseconds },
                    percentile { $0.p50Nanoseconds }, percentile { $0.p90Nanoseconds },
                    percentile { $0.p95Nanoseconds }, percentile { $0.p99Nanoseconds },
                    percentile { $0.p999Nanoseconds }, percentile { $0.maxNanoseconds },
                    TextTable.Cell(Quantity.format(count: summaries.map(\.count).min() ?? 0)),
                ]
            )
        }
        return table.rows.isEmpty ? [] : table.lines(width: width, painter: painter)
    }

    /// The main figures over several repetitions as `median (min–max)`; nothing for a single one.
    func spread(_ result: RunResult) -> [String] {
        guard let spread = result.spread else { return [] }
        let names = [
            "delivered_per_s", "achieved_per_s", "response_time.p50", "response_time.p99", "service_time.p50",
            "service_time.p99", "flush_latency.p50", "freshness.p50", "cpu_percent", "rss_peak_bytes",
            "bytes_in_use_growth",
        ]
        var table = TextTable([
            .init("SPREAD"), .init("median", .right), .init("min–max", .right), .init("MAD", .right),
        ])
        table.indentation = 0
        for name in names {
            guard let figure = spread[name], let unit = MetricCatalogue.metric(named: name)?.unit else { continue }
            table.append(
                [
                    TextTable.Cell("  \(name)"), TextTable.Cell(unit.format(figure.median)),
                    TextTable.Cell("(\(unit.format(figure.min))–\(unit.format(figure.max)))"),
                    TextTable.Cell(unit.format(figure.medianAbsoluteDeviation), .dim),
                ]
            )
        }
        return table.rows.isEmpty ? [] : table.lines(width: width, painter: painter)
    }

    /// The reported phases of each repetition, one a row; nothing when there is only one.
    func phases(_ result: RunResult) -> [String] {
        let rows = result.repetitions.flatMap { repetition in repetition.reportedPhases.map { (repetition, $0) } }
        // Cycles are all alike, and the check has a table of its own.
        guard rows.count > 1, result.leak == nil else { return [] }
        let isRepeated = result.repetitions.count > 1
        var table = TextTable(
            [
                .init("PHASE", isFlexible: true), .init("shape", dropRank: 1), .init("attempted", .right, dropRank: 3),
                .init("delivered", .right), .init("lost", .right), .init("rate", .right), .init("service p50", .right),
                .init("flush p50", .right, dropRank: 2), .init("CPU", .right),
            ]
        )
        table.indentation = 0
        for (repetition, phase) in rows {
            let optional = { (text: String?) in TextTable.Cell(text ?? "–") }
            let rate = phase.rates.deliveredPerSecond ?? phase.rates.achievedPerSecond
            let median = { (summary: LatencySummary?) in
                optional(summary?.p50Nanoseconds.map { Quantity.format(durationNanoseconds: $0) })
            }
            table.append(
                [
                    TextTable.Cell("  \(phase.name)" + (isRepeated ? " #\(repetition.index + 1)" : "")),
                    TextTable.Cell(phase.shape, .dim),
                    TextTable.Cell(Quantity.format(count: phase.load.attempted)),
                    optional(phase.load.delivered.map { Quantity.format(count: $0) }),
                    optional(phase.load.lost.map { Quantity.format(number: Double($0), decimals: 0) }),
                    optional(phase.isIdle ? nil : rate.map { Quantity.format(perSecond: $0) }),
                    median(phase.latency.serviceTime),
                    median(phase.latency.flushLatency),
                    optional(phase.cpu?.percent.map { MetricUnit.percent.format($0) }),
                ]
            )
        }
        return table.lines(width: width, painter: painter)
    }
}
