import HarnessCore

extension RunSummaryRenderer {
    /// What a search found, and its tries by rate: the curve of load, latency and memory.
    func search(_ report: SearchReport?) -> [String] {
        guard let report else { return [] }
        let rate = { (value: Double?) in value.map { Quantity.format(perSecond: $0) } }
        var lines = pairs(
            "CAPACITY",
            [
                ("", rate(report.capacityPerSecond).map { "\($0) confirmed" } ?? "no rate was confirmed"),
                ("precision", "\(Quantity.format(number: report.precision * 100)) %"),
                ("bounded by", report.boundedBy?.phrase),
                ("knee at", rate(report.kneePerSecond)),
            ]
        )
        lines += pairs("HOLDS", [("", report.conditions.joined(separator: "; "))])
        var table = TextTable(
            [
                .init("  rate", .right), .init("stage", dropRank: 2), .init("achieved", .right, dropRank: 1),
                .init("response p50", .right), .init("p99", .right), .init("lag p99", .right, dropRank: 3),
                .init("RSS peak", .right), .init("holds", isFlexible: true),
            ]
        )
        table.indentation = 0
        for attempt in report.tries.sorted(by: { $0.ratePerSecond < $1.ratePerSecond }) {
            let cell = { (name: String, unit: MetricUnit) in
                TextTable.Cell(attempt.metrics[name].map { unit.format($0) } ?? "–")
            }
            table.append(
                [
                    TextTable.Cell("  " + Quantity.format(perSecond: attempt.ratePerSecond)),
                    TextTable.Cell(attempt.stage, .dim),
                    cell("achieved_per_s", .perSecond), cell("response_time.p50", .nanoseconds),
                    cell("response_time.p99", .nanoseconds), cell("lag.p99", .nanoseconds),
                    cell("rss_peak_bytes", .bytes),
                    attempt.holds
                        ? TextTable.Cell("yes", .good)
                        : TextTable.Cell(attempt.reasons.first ?? "no", attempt.isValid ? .bad : .caution),
                ]
            )
        }
        return lines + table.lines(width: width, painter: painter)
    }

    /// How throughput grows with producers, and the law fitted to it.
    func scaling(_ report: ScalingReport?) -> [String] {
        guard let report else { return [] }
        var table = TextTable(
            [
                .init("PRODUCERS", .right), .init(report.metric, .right), .init("law", .right),
                .init("for each", .right),
                .init(),
            ]
        )
        table.indentation = 0
        let highest = report.points.map(\.throughputPerSecond).max() ?? 0
        for point in report.points {
            let share = highest > 0 ? point.throughputPerSecond / highest : 0
            table.append(
                [
                    TextTable.Cell(String(point.producers)),
                    TextTable.Cell(Quantity.format(perSecond: point.throughputPerSecond)),
                    TextTable.Cell(point.predictedPerSecond.map { Quantity.format(perSecond: $0) } ?? "–"),
                    TextTable.Cell(Quantity.format(perSecond: point.throughputPerSecond / Double(point.producers))),
                    TextTable.Cell(
                        String(repeating: "█", count: Int((share * 20).rounded()))
                            + (point.isValid ? "" : "  not valid"),
                        point.isValid ? .plain : .caution
                    ),
                ]
            )
        }
        guard let law = report.law else { return table.lines(width: width, painter: painter) }
        let percent = { (value: Double) in "\(Quantity.format(number: value * 100, decimals: 1)) %" }
        return table.lines(width: width, painter: painter)
            + pairs(
                "SCALING",
                [
                    ("one producer", Quantity.format(perSecond: law.singlePerSecond)),
                    ("contention", percent(law.contention)), ("coherency", percent(law.coherency)),
                    ("best with", law.peakProducers.map { "\(Quantity.format(number: $0, decimals: 1)) producers" }),
                    ("explained", law.determination.map(percent)),
                ]
            )
    }
}

extension SearchReport.Bound {
    /// The bound as reports print it.
    fileprivate var phrase: String {
        switch self {
        case .objective: "the system: above, not everything holds"
        case .generator: "the load generator or the machine, not the system"
        case .ceiling: "the highest rate allowed"
        }
    }
}
