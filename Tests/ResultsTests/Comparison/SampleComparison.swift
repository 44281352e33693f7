import HarnessCore

@testable import Results

/// Reports as a comparison would leave them, with a row of every verdict.
enum SampleComparison {
    /// Eight pairs of `sustained`, of which the profile `flush` has one gate.
    static func paired() throws -> ComparisonReport {
        let side = { (name: String, commit: String) in
            SideIdentity(
                profiles: ["sustained", "flush"],
                systems: ["telemetry (telemetry-swift 0.1.0)"],
                commits: [commit],
                workers: [
                    WorkerIdentity(
                        path: ".build/\(name)/bench-worker",
                        sizeBytes: 4_321_000,
                        sha256: String(repeating: name == "base" ? "ab" : "cd", count: 32),
                        sdkVersion: "0.1.0"
                    )
                ],
                settings: name == "base" ? [] : ["system.batch_size=100"],
                files: 1,
                repetitions: 8
            )
        }
        return ComparisonReport(
            verdict: .fail,
            exitStatus: .gateFailed,
            design: .paired,
            thresholds: ThresholdsIdentity(
                path: "profiles/thresholds.json",
                sha256: String(repeating: "0f", count: 32)
            ),
            inputs: [
                ComparisonInput(
                    path: "results/ab-sustained.json",
                    role: .paired,
                    profile: "sustained",
                    runID: "5f0c1f6e-9d1c-4a53-8a3e-1f9e0d8f3a77",
                    startedAt: "2026-11-20T22:48:55Z",
                    repetitions: 8,
                    verdict: .pass
                ),
                ComparisonInput(
                    path: "results/ab-flush.json",
                    role: .paired,
                    profile: "flush",
                    runID: "6f0c1f6e-9d1c-4a53-8a3e-1f9e0d8f3a77",
                    startedAt: "2026-11-20T22:55:01Z",
                    repetitions: 8,
                    verdict: .invalid,
                    obstacles: ["repetition 3: the host stole 3.1 % of the time, more than 2 %"]
                ),
            ],
            baseline: side("base", "0123abc"),
            candidate: side("head", "89ab012+"),
            differences: [
                FingerprintDifference(
                    profile: "flush",
                    field: "cpu_model",
                    baseline: "AMD EPYC 7763",
                    candidate: "Xeon | \"Gold\" <6130>",
                    severity: .demoting
                )
            ],
            problems: [],
            notes: ["3 of 77 gates in profiles/thresholds.json select none of the results: burst, queued"],
            rows: try rows()
        )
    }

    /// One result by its budgets.
    static func budgets() throws -> ComparisonReport {
        let row = { (metric: String, limit: String, budget: Double, value: Double, verdict: RowVerdict) in
            var row = ComparisonRow(
                profile: "sustained",
                metric: try MetricCatalogue.metric(named: metric, at: ""),
                kind: .budget,
                level: .error,
                source: .profile,
                candidate: value,
                samples: 10_000,
                limit: limit,
                verdict: verdict,
                reason: verdict == .pass ? "holds" : "\(metric) is \(value), and the limit is \(limit)"
            )
            row.budget = budget
            row.margin = limit.hasPrefix(">") ? value - budget : budget - value
            return row
        }
        return ComparisonReport(
            verdict: .pass,
            exitStatus: .pass,
            design: .budgets,
            inputs: [
                ComparisonInput(
                    path: "results/runs/sustained.json",
                    role: .candidate,
                    profile: "sustained",
                    runID: "5f0c1f6e-9d1c-4a53-8a3e-1f9e0d8f3a77",
                    startedAt: "2026-11-20T22:48:55Z",
                    repetitions: 1,
                    verdict: .pass
                )
            ],
            candidate: SideIdentity(profiles: ["sustained"], systems: ["telemetry"], files: 1, repetitions: 1),
            rows: [
                try row("delivered_per_s", ">= 900", 900, 1_000, .pass), try row("lost", "== 0", 0, 0, .pass),
                try row("flush_latency.p95", "< 1s", 1e9, 12_300_000, .pass),
            ]
        )
    }

    /// Nothing selected, nothing judged.
    static func empty() throws -> ComparisonReport {
        var report = try budgets()
        report.rows = []
        report.verdict = .inconclusive
        report.exitStatus = .noVerdict
        return report
    }

    /// A gate that does not stand as it should, many times over.
    static func broken(_ count: Int) throws -> ComparisonReport {
        var report = try paired()
        let row = report.rows[0]
        report.rows = (1...count).map { number in
            var row = row
            row.gate = "gate-\(number)"
            row.line = number
            return row
        }
        return report
    }

    private static func rows() throws -> [ComparisonRow] {
        func row(
            _ metric: String,
            _ verdict: RowVerdict,
            _ reason: String,
            profile: String = "sustained",
            level: GateLevel = .error,
            kind: ComparisonRow.Kind = .regression,
            values: (Double, Double)? = nil,
            change: (Double, Double, Double)? = nil
        ) throws -> ComparisonRow {
            var row = ComparisonRow(
                profile: profile,
                metric: try MetricCatalogue.metric(named: metric, at: ""),
                phase: "main",
                kind: kind,
                level: level,
                source: .thresholds,
                baseline: values?.0,
                candidate: values?.1,
                limit: "at most 10 % or 1.00 µs worse",
                verdict: verdict,
                reason: reason
            )
            if kind == .regression {
                row.maximumRelative = 0.1
                row.minimumAbsolute = 1_000
            }
            row.effect = change.map { estimate, low, high in
                ComparisonEffect(
                    method: .paired,
                    scale: .ratio,
                    estimate: estimate,
                    low: low,
                    high: high,
                    confidence: 0.9609375,
                    pValue: 0.0078125,
                    adjustedPValue: 0.0234375,
                    count: 8
                )
            }
            return row
        }
        var regressed = try row(
            "service_time.p50",
            .regressed,
            "20.8 % worse (15.2 to 26.1 %), and at most 10 % is allowed; p = 0.0234 after Holm's correction",
            values: (96, 116),
            change: (1.208, 1.152, 1.261)
        )
        regressed.gate = "sustained.call"
        regressed.line = 23
        regressed.minimalDetectableEffect = 0.041
        regressed.baselineValues = [95, 97, 96, 96, 94, 99, 96, 95]
        regressed.candidateValues = [116, 117, 115, 118, 114, 120, 116, 112]
        regressed.shift = DistributionShift(
            quantiles: [
                .init(quantile: 0.1, baseline: 80, candidate: 97, ratio: 1.21, low: 1.17, high: 1.25),
                .init(quantile: 0.5, baseline: 96, candidate: 116, ratio: 1.208, low: 1.152, high: 1.261),
                .init(quantile: 0.9, baseline: 130, candidate: 158, ratio: 1.215, low: 1.1, high: 1.33),
                .init(quantile: 0.99, baseline: 13_400, candidate: 13_100, ratio: 0.978, low: 0.79, high: 1.42),
                .init(quantile: 0.999, baseline: 137_000, candidate: 140_000, ratio: 1.02),
            ],
            pValue: 0.0078125,
            sentence: "up to p90 everything is about 21 % slower; the tail has not changed"
        )
        var missing = try row(
            "freshness.p99",
            .missing,
            "the candidate does not have it: no phase \"main\" | it was `not` <measured> in 50 % of the runs, @reviewer"
        )
        missing.gate = "sustained/freshness.p99@main"
        missing.line = 24
        var inconclusive = try row(
            "flush_latency.p95",
            .inconclusive,
            "these 8 pairs can tell 18.0 % from none, and 10 % matters; 26 pairs would decide",
            profile: "flush",
            values: (1_230_000, 1_280_000),
            change: (1.04, 0.93, 1.19)
        )
        inconclusive.minimalDetectableEffect = 0.18
        inconclusive.neededPairs = 26
        var waived = try row(
            "rss_peak_bytes",
            .waived,
            "regressed, waived until 2026-12-01 (the spare chunks of #12): 13.0 % worse (12.1 to 14.0 %)",
            values: (21_000_000, 23_730_000),
            change: (1.13, 1.121, 1.14)
        )
        waived.gate = "sustained.rss"
        waived.waiver = Waiver(gate: "sustained.rss", reason: "the spare chunks of #12", until: "2026-12-01")
        var longest = try row(
            "flush_latency.max",
            .failed,
            "warned of only",
            profile: "flush",
            level: .warn,
            kind: .budget
        )
        longest.limit = "< 1s"
        longest.budget = 1e9
        longest.candidate = 1.2e9
        longest.margin = -2e8
        var lost = try row("lost", .pass, "0, and the limit is == 0", kind: .budget, values: (0, 0))
        lost.limit = "== 0"
        lost.budget = 0
        lost.margin = 0
        return [
            lost,
            try row("delivered_per_s", .pass, "unchanged", values: (1_000, 1_001), change: (1.001, 0.99, 1.01)),
            try row("cpu_percent", .improved, "31.0 % better", values: (2.9, 2.0), change: (0.69, 0.64, 0.75)),
            waived, inconclusive, missing, regressed,
            try row(
                "service_time.p99",
                .suspect,
                "14.0 % worse on another machine",
                values: (13_400, 15_276),
                change: (1.14, 1.08, 1.21)
            ),
            longest,
            try row("missed", .notComparable, "the plans differ", profile: "flush"),
            try row("duplicated", .invalid, "the run is invalid", profile: "flush"),
            try row("idle_cpu_percent", .new, "the baseline does not have it"),
            try row(
                "response_time.p50",
                .info,
                "shown only",
                level: .info,
                kind: .information,
                values: (25_600, 26_100),
                change: (1.02, 0.97, 1.06)
            ),
            try row(
                "delivered",
                .info,
                "shown only",
                level: .info,
                kind: .information,
                values: (10_000, 10_000)
            ),
        ]
    }
}
