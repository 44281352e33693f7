import HarnessCore
import Measurement

extension RunSummaryRenderer {
    /// The distributions of a phase, one a row; the mean goes first when the table is too wide.
    func latencies(_ latency: PhaseLatency) -> [String] {
        let rows: [(String, LatencySummary?)] = [
            ("response time", latency.responseTime), ("service time", latency.serviceTime),
            ("flush", latency.flushLatency), ("lag", latency.lag), ("freshness", latency.freshness),
        ]
        var table = TextTable(
            [.init("LATENCY"), .init("mean", .right, dropRank: 1)]
                + ["p50", "p90", "p95", "p99", "p99.9", "max", "n"].map { .init($0, .right) }
        )
        table.indentation = 0
        let duration = { (nanoseconds: UInt64?) in
            TextTable.Cell(nanoseconds.map { Quantity.format(durationNanoseconds: $0) } ?? "–")
        }
        for case (let name, let summary?) in rows {
            table.append(
                [
                    "  \(name)", TextTable.Cell(Quantity.format(durationNanoseconds: summary.meanNanoseconds)),
                    duration(summary.p50Nanoseconds), duration(summary.p90Nanoseconds),
                    duration(summary.p95Nanoseconds), duration(summary.p99Nanoseconds),
                    duration(summary.p999Nanoseconds), duration(summary.maxNanoseconds),
                    TextTable.Cell(Quantity.format(count: summary.count)),
                ]
            )
        }
        return table.rows.isEmpty ? [] : table.lines(width: width, painter: painter)
    }

    /// The reported phases of each repetition, one a row; nothing when there is only one.
    func phases(_ result: RunResult) -> [String] {
        let rows = result.repetitions.flatMap { repetition in repetition.reportedPhases.map { (repetition, $0) } }
        guard rows.count > 1 else { return [] }
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
