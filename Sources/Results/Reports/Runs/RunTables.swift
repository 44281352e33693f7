import HarnessCore
import Measurement

/// What a report shows of a run in tables: the same figures as the summary, and what a summary has no room for.
struct RunTables {
    /// The run.
    let result: RunResult

    /// Looks at a run.
    init(_ result: RunResult) {
        self.result = result
    }

    /// All tables that have rows, in the order in which reports show them.
    var tables: [ReportTable] {
        [
            gates, search, leak, latencies, delivery, audit, phases, spread, validity, environment, configuration,
        ].filter { !$0.rows.isEmpty }
    }

    /// The limits, the worst first.
    var gates: ReportTable {
        ReportTable(
            id: "gates",
            title: "Thresholds",
            columns: [
                .init(""), .init("metric"), .init("limit"), .init("observed", isNumeric: true),
                .init("margin", isNumeric: true), .init("n", isNumeric: true), .init("source"),
            ],
            rows: GateTable.sorted(result.thresholds).map { row in
                [
                    .init(row.mark, row.style), .init(row.metric + (row.phase.map { " (\($0))" } ?? "")),
                    .init(row.expression), .init(row.observed.map(row.unit.format) ?? row.verdict.phrase, row.style),
                    .init(row.marginText), .init(row.samples.map { Quantity.format(count: $0) } ?? ""),
                    .init(row.source.word + (row.level == .error ? "" : ", \(row.level.rawValue)")),
                ]
            },
            note: Self.sentence(GateTable.reasons(result.thresholds))
        )
    }

    private static func sentence(_ parts: [String]) -> String? {
        parts.isEmpty ? nil : RunPlots.text(parts.map { $0.prefix(1).uppercased() + $0.dropFirst() })
    }

    // MARK: - Measurements

    /// The rates that a search tried, and what came of them.
    var search: ReportTable {
        let cell = { (attempt: SearchTry, name: String, unit: MetricUnit) in
            TextTable.Cell(attempt.metrics[name].map { unit.format($0) } ?? "–")
        }
        return ReportTable(
            id: "search-tries",
            title: "Rates that were tried",
            columns: [
                .init("rate", isNumeric: true), .init("stage"), .init("achieved", isNumeric: true),
                .init("response p50", isNumeric: true), .init("p99", isNumeric: true),
                .init("lag p99", isNumeric: true), .init("RSS peak", isNumeric: true), .init("holds"),
            ],
            rows: (result.search?.tries ?? []).sorted { $0.ratePerSecond < $1.ratePerSecond }.map { attempt in
                [
                    .init(Quantity.format(perSecond: attempt.ratePerSecond)), .init(attempt.stage),
                    cell(attempt, "achieved_per_s", .perSecond), cell(attempt, "response_time.p50", .nanoseconds),
                    cell(attempt, "response_time.p99", .nanoseconds), cell(attempt, "lag.p99", .nanoseconds),
                    cell(attempt, "rss_peak_bytes", .bytes),
                    attempt.holds
                        ? .init("yes", .good) : .init(attempt.reasons.first ?? "no", attempt.isValid ? .bad : .caution),
                ]
            }
        )
    }

    /// The trials of a leak check.
    var leak: ReportTable {
        let size = { (value: Double?) in TextTable.Cell(value.map { Quantity.format(bytes: $0) } ?? "–") }
        let handles = { (value: Int64?) in
            TextTable.Cell(value.map { $0 > 0 ? "+\($0)" : "\($0)" } ?? "–", (value ?? 0) > 0 ? .bad : .plain)
        }
        return ReportTable(
            id: "leak-trials",
            title: "Leak check",
            columns: [
                .init("trial"), .init("system"), .init("cycles", isNumeric: true), .init("items", isNumeric: true),
                .init("flushes", isNumeric: true), .init("sessions", isNumeric: true),
                .init("threads", isNumeric: true), .init("growth of a cycle", isNumeric: true),
                .init("99 % interval", isNumeric: true), .init("allowed", isNumeric: true),
                .init("an item", isNumeric: true),
                .init("τ", isNumeric: true), .init("descriptors", isNumeric: true),
                .init("threads left", isNumeric: true), .init("verdict"),
            ],
            rows: (result.leak?.trials ?? []).map { trial in
                let each = { (value: UInt64) in TextTable.Cell(Quantity.format(count: value)) }
                let ends = [trial.slopeLow, trial.slopeHigh].compactMap { $0.map { Quantity.format(bytes: $0) } }
                let items = Double(max(1, trial.itemsPerCycle))
                return [
                    .init(trial.name), .init(trial.system),
                    .init("\(max(0, trial.checkpoints.count - trial.discarded)) of \(trial.checkpoints.count)"),
                    each(trial.itemsPerCycle), each(trial.flushesPerCycle), each(trial.sessionsPerCycle),
                    each(trial.threadsPerCycle), size(trial.slopeBytesPerCycle),
                    .init(ends.count == 2 ? "\(ends[0]) to \(ends[1])" : "–"),
                    trial.verdict == nil ? "–" : size(trial.toleranceBytesPerCycle),
                    .init(trial.slopeBytesPerCycle.map { MetricUnit.bytesPerItem.format($0 / items) } ?? "–"),
                    .init(trial.kendallTau.map { Quantity.format(number: $0, decimals: 2) } ?? "–"),
                    handles(trial.descriptorGrowth), handles(trial.threadGrowth),
                    trial.verdict.map { .init($0.word, $0.style) } ?? "",
                ]
            },
            note: result.leak?.sentence
        )
    }

    /// The distributions; of several repetitions each figure is the median of theirs.
    var latencies: ReportTable {
        let names = ["response_time", "service_time", "flush_latency", "lag", "freshness"]
        let figures = ["mean", "p50", "p90", "p95", "p99", "p99_9", "max"]
        let plots = RunPlots(result)
        return ReportTable(
            id: "latency",
            title: "Latency",
            columns: [.init("")]
                + figures.map { .init($0.replacing("_", with: "."), isNumeric: true) },
            rows: names.filter { result.summary["\($0).max"] != nil }.map { name in
                [.init(name.replacing("_", with: " "))]
                    + figures.map { .init(plots.figure("\(name).\($0)") ?? "–") }
            },
            note: "A dash means too few values: ten must lie beyond a percentile."
        )
    }

    /// What became of the items.
    var delivery: ReportTable {
        let names = [
            "attempted", "missed", "accepted", "rejected", "delivered", "lost", "duplicated", "foreign", "dropped",
            "unaccounted", "queued", "unexported", "failed_flushes", "wire_violations", "corrupted", "wrong_tenant",
            "canaries_leaked",
        ]
        let plots = RunPlots(result)
        return ReportTable(
            id: "delivery",
            title: "Delivery",
            columns: [.init("what"), .init("how many", isNumeric: true), .init("meaning")],
            rows: names.compactMap { name in
                plots.figure(name).map { figure in
                    [.init(name), .init(figure), .init(MetricCatalogue.metric(named: name)?.explanation ?? "")]
                }
            },
            note: result.delivery == .unverified ? "Nobody verified what arrived." : nil
        )
    }

    /// Who says what of the items, of each repetition.
    var audit: ReportTable {
        let count = { (value: Int64?) -> TextTable.Cell in
            .init(value.map { Quantity.format(number: Double($0), decimals: 0) } ?? "–")
        }
        let rows = result.repetitions.flatMap { repetition in
            (repetition.audit?.rows ?? []).map { row -> [TextTable.Cell] in
                [
                    .init("\(repetition.index + 1)"), .init(row.subject), .init(row.quantity), count(row.producers),
                    count(row.system), count(row.ledger),
                ]
            }
        }
        let broken = result.repetitions.compactMap(\.audit).flatMap(\.relations).filter { !$0.holds }
        return ReportTable(
            id: "audit",
            title: "Who says what",
            columns: [
                .init("repetition", isNumeric: true), .init("of"), .init("what"),
                .init("producers", isNumeric: true), .init("system", isNumeric: true), .init("ledger", isNumeric: true),
            ],
            rows: rows,
            note: broken.isEmpty ? "All accounts balance." : Self.sentence(broken.map(\.sentence))
        )
    }

    /// The phases of each repetition.
    var phases: ReportTable {
        ReportTable(
            id: "phases",
            title: "Phases",
            columns: [
                .init("phase"), .init("repetition", isNumeric: true), .init("shape"), .init("took", isNumeric: true),
                .init("attempted", isNumeric: true), .init("delivered", isNumeric: true),
                .init("lost", isNumeric: true), .init("rate", isNumeric: true), .init("service p50", isNumeric: true),
                .init("flush p50", isNumeric: true), .init("CPU", isNumeric: true),
            ],
            rows: result.repetitions.flatMap { repetition in repetition.phases.map { row($0, repetition) } }
        )
    }

    private func row(_ phase: PhaseResult, _ repetition: Repetition) -> [TextTable.Cell] {
        let optional = { (text: String?) in TextTable.Cell(text ?? "–") }
        let rate = phase.rates.deliveredPerSecond ?? phase.rates.achievedPerSecond
        let median = { (summary: LatencySummary?) in
            optional(summary?.p50Nanoseconds.map { Quantity.format(durationNanoseconds: $0) })
        }
        return [
            .init(phase.name + (phase.isReported ? "" : " (not reported)")), .init("\(repetition.index + 1)"),
            .init(phase.shape), .init(MetricUnit.seconds.format(phase.durationSeconds)),
            .init(Quantity.format(count: phase.load.attempted)),
            optional(phase.load.delivered.map { Quantity.format(count: $0) }),
            optional(phase.load.lost.map { Quantity.format(number: Double($0), decimals: 0) }),
            optional(phase.isIdle ? nil : rate.map { Quantity.format(perSecond: $0) }),
            median(phase.latency.serviceTime), median(phase.latency.flushLatency),
            optional(phase.cpu?.percent.map { MetricUnit.percent.format($0) }),
        ]
    }

    /// How metrics differ from repetition to repetition.
    var spread: ReportTable {
        let rows = MetricCatalogue.all.compactMap { metric -> [TextTable.Cell]? in
            guard let spread = result.spread?[metric.name], spread.min != spread.max else { return nil }
            return [
                .init(metric.name), .init(metric.unit.format(spread.median)), .init(metric.unit.format(spread.min)),
                .init(metric.unit.format(spread.max)), .init(metric.unit.format(spread.medianAbsoluteDeviation)),
            ]
        }
        return ReportTable(
            id: "spread",
            title: "Spread over \(result.repetitions.count) repetitions",
            columns: [.init("metric")]
                + ["median", "least", "greatest", "MAD"].map { .init($0, isNumeric: true) },
            rows: rows
        )
    }

    // MARK: - Circumstances

    /// What speaks for the figures or against them.
    var validity: ReportTable {
        ReportTable(
            id: "validity",
            title: "Validity",
            columns: [.init("check"), .init("observed", isNumeric: true), .init("limit", isNumeric: true), .init("")],
            rows: (result.validity.checks ?? []).map { check in
                [
                    .init(check.name), .init(check.unit.format(check.observed)), .init(check.unit.format(check.limit)),
                    .init(
                        check.sentence,
                        check.verdict == .pass ? .plain : check.verdict == .fail ? .bad : .caution
                    ),
                ]
            }
        )
    }

    /// The machine, the build and the plan.
    var environment: ReportTable {
        let machine = result.environment
        let commit = machine.gitCommit.map { $0 + (machine.gitDirty == true ? ", with changes" : "") }
        let facts: [(String, String?)] = [
            (
                "system",
                [result.system.sdkName ?? result.system.name, result.system.sdkVersion].compactMap(\.self).joined(
                    separator: " "
                )
            ),
            ("began", result.startedAt), ("ended", result.endedAt), ("processor", machine.cpuModel),
            ("architecture", machine.architecture), ("processors", machine.cores.map { "\($0)" }),
            ("memory", machine.memoryBytes.map { Quantity.format(bytes: Double($0)) }),
            ("memory limit", machine.memoryLimitBytes.map { Quantity.format(bytes: Double($0)) }),
            ("kernel", machine.kernel), ("C library", machine.libc), ("allocator", machine.allocator),
            ("Swift", machine.swiftVersion), ("build", machine.buildConfiguration), ("commit", commit),
            ("load average", machine.loadAverage1m.map { Quantity.format(number: $0, decimals: 2) }),
            ("tool", "\(result.tool.name) \(result.tool.version)"), ("run", result.runID),
            ("plan", result.plan.identity), ("seed", "\(result.plan.seed)"),
            ("producers", "\(result.plan.producers)"), ("repetitions", "\(result.repetitions.count)"),
        ]
        return ReportTable(
            id: "environment",
            title: "Environment",
            columns: [.init(""), .init("")],
            rows: facts.compactMap { name, value in value.map { [.init(name), .init($0)] } }
        )
    }

    /// Every setting, with where it came from.
    var configuration: ReportTable {
        ReportTable(
            id: "configuration",
            title: "Configuration",
            columns: [.init("setting"), .init("value"), .init("from")],
            rows: result.configuration.map { entry in
                let isChanged = ["environment", "flag"].contains(entry.origin)
                return [
                    .init(entry.key), .init("\(entry.value)"), .init(entry.origin, isChanged ? .caution : .plain),
                ]
            }
        )
    }
}
