import HarnessCore

/// The course of metrics from run to run, of runs that did the same.
struct TrendPlots {
    /// Runs of one profile, plan and system.
    private struct Group {
        let name: String
        let subjects: [RunReport.Subject]
    }

    private typealias Panel = (id: String, title: String, metrics: [(name: String, metric: String)])

    /// What is drawn, each as far as the runs have it.
    private static let panels: [Panel] = [
        (
            "rate", "Rate", [("achieved", "achieved_per_s"), ("delivered", "delivered_per_s")]
        ),
        ("response", "Response time", percentiles("response_time")),
        ("service", "Service time", percentiles("service_time")),
        ("flush", "Flush", percentiles("flush_latency")), ("freshness", "Freshness", percentiles("freshness")),
        ("cpu", "Processor time for a million items", [("CPU", "cpu_s_per_million_items")]),
        ("rss", "Peak of resident memory", [("peak", "rss_peak_bytes")]),
        ("heap", "Growth of bytes in use", [("growth", "bytes_in_use_growth")]),
        ("lost", "Items lost", [("lost", "lost")]),
    ]

    private static func percentiles(_ metric: String) -> [(name: String, metric: String)] {
        [("p50", "\(metric).p50"), ("p99", "\(metric).p99")]
    }

    private let groups: [Group]

    /// Groups runs, which are given by time.
    init(_ subjects: [RunReport.Subject]) {
        let keys = subjects.map { [$0.result.profile, $0.result.plan.identity, $0.result.system.name] }
        let order = keys.reduce(into: [[String]]()) { if !$0.contains($1) { $0.append($1) } }
        groups = order.map { key in
            let members = zip(keys, subjects).filter { $0.0 == key }.map(\.1)
            let isAlone = order.count { $0[0] == key[0] } == 1
            return Group(
                name: isAlone ? key[0] : "\(key[0]) (\(key[2]), plan \(key[1].prefix(8)))",
                subjects: members
            )
        }
    }

    /// A plot for each metric of each group of two runs or more.
    var plots: [Plot] {
        groups.enumerated().filter { $0.element.subjects.count > 1 }.flatMap { number, group in
            Self.panels.compactMap { plot($0, group, number) }
        }
    }

    private func plot(_ panel: Panel, _ group: Group, _ number: Int) -> Plot? {
        guard let unit = panel.metrics.lazy.compactMap({ MetricCatalogue.metric(named: $0.metric)?.unit }).first else {
            return nil
        }
        let series = panel.metrics.compactMap { name, metric -> Plot.Series? in
            let points = group.subjects.enumerated().map { index, subject in
                let spread = subject.result.spread?[metric]
                return Plot.Point(
                    x: Double(index + 1),
                    y: subject.result.summary[metric],
                    low: spread?.min,
                    high: spread?.max
                )
            }
            return points.count { $0.y != nil } > 1 ? Plot.Series(name, .line, points) : nil
        }
        let values = series.flatMap(\.points).compactMap(\.y)
        // What is zero in every run needs no picture.
        guard values.contains(where: { $0 != 0 }) else { return nil }
        let isLatency = unit == .nanoseconds && values.allSatisfy { $0 > 0 }
        return Plot(
            id: "trend-\(number + 1)-\(panel.id)",
            title: groups.count > 1 ? "\(group.name): \(panel.title)" : panel.title,
            summary: Self.summary(series, unit, group),
            x: Plot.Axis("run", .count),
            y: Plot.Axis(
                panel.title.lowercased(),
                unit,
                scale: isLatency ? .logarithmic : .linear,
                startsAtZero: !isLatency && unit != .bytes
            ),
            series: series
        )
    }

    private static func summary(_ series: [Plot.Series], _ unit: MetricUnit, _ group: Group) -> String {
        let sentences = series.map { series -> String in
            let values = series.points.compactMap(\.y)
            guard let first = values.first, let last = values.last, let least = values.min(), let most = values.max()
            else { return "" }
            let change = first > 0 && last > 0 ? " (\(ComparisonRow.change(ratio: last / first)))" : ""
            return
                "\(series.name): \(unit.format(first)) in the first run and \(unit.format(last)) in the last\(change), "
                + "from \(unit.format(least)) to \(unit.format(most)) in all \(values.count)"
        }
        let hasBands = series.contains { $0.points.contains { $0.low != nil } }
        return RunPlots.text(sentences + [hasBands ? "Bands are the range over repetitions" : nil])
    }

    // MARK: - Tables

    /// The runs of each group, with the number that they have in its plots.
    var tables: [ReportTable] {
        groups.enumerated().map { number, group in
            let metrics = Self.panels.flatMap(\.metrics).map(\.metric).filter { metric in
                group.subjects.contains { $0.result.summary[metric] != nil }
            }
            let columns = [
                ReportTable.Column("run", isNumeric: true), .init("began"), .init("commit"), .init("verdict"),
                .init("file"),
            ]
            return ReportTable(
                id: "runs-\(number + 1)",
                title: groups.count > 1 ? "Runs of \(group.name)" : "Runs",
                columns: columns + metrics.map { .init($0, isNumeric: true) },
                rows: group.subjects.enumerated().map { index, subject in
                    Self.cells(index, subject)
                        + metrics.map { .init(RunPlots(subject.result).figure($0) ?? "–") }
                },
                note: Self.machines(group)
            )
        }
    }

    /// How many columns say which run it is; those of its figures follow.
    static let identifyingColumns = 5

    private static func cells(_ index: Int, _ subject: RunReport.Subject) -> [TextTable.Cell] {
        let result = subject.result
        let commit = result.environment.gitCommit.map { String($0.prefix(8)) } ?? "–"
        return [
            .init("\(index + 1)"), .init(result.startedAt),
            .init(commit + (result.environment.gitDirty == true ? "+" : "")),
            .init(result.verdict.word, result.verdict.style), .init(subject.path),
        ]
    }

    /// A warning where the runs are not of one machine and build.
    private static func machines(_ group: Group) -> String? {
        let fingerprints = Set(group.subjects.map { HistoryEntry($0.result).fingerprint })
        return fingerprints.count > 1
            ? "The runs are of \(fingerprints.count) different machines or builds: times say little from one to the next."
            : nil
    }
}
