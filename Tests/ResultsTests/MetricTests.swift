import HarnessCore
import Measurement
import Testing

@testable import Results

struct MetricTests {
    @Test("The catalogue has every metric that profiles and DESIGN.md name")
    func completeness() {
        let names = Set(MetricCatalogue.all.map(\.name))
        #expect(names.count == MetricCatalogue.all.count)
        var expected = [
            "lost", "duplicated", "foreign", "dropped", "unaccounted", "rejected", "attempted", "accepted", "delivered",
            "offered_per_s", "achieved_per_s", "accepted_per_s", "delivered_per_s", "completion_s", "rss_peak_bytes",
            "rss_growth_bytes", "held_rss_growth_bytes", "held_bytes_in_use_growth_bytes", "held_rss_bytes_per_item",
            "cpu_percent", "cpu_s_per_million_items", "idle_cpu_percent", "body_bytes_per_item",
        ]
        for distribution in ["response_time", "service_time", "lag", "flush_latency", "freshness"] {
            for statistic in ["min", "p50", "p90", "p95", "p99", "p99_9", "max", "mean"] {
                expected.append("\(distribution).\(statistic)")
            }
        }
        for name in expected {
            #expect(names.contains(name), "\(name)")
            #expect(MetricCatalogue.metric(named: name)?.name == name)
        }
    }

    @Test(
        arguments: [
            ("delivred_per_s", "did you mean \"delivered_per_s\"?"),
            ("flush_latency.p75", "did you mean \"flush_latency.p95\"?"),
            ("flush_latency.median", "did you mean \"flush_latency.mean\"?"), ("lags", "did you mean"),
            ("throughput", "'bench-compare --list-metrics' lists them all"),
        ]
    )
    func anUnknownMetricNamesTheNearest(name: String, hint: String) throws {
        let error = #expect(throws: StrictJSONError.self) { try MetricCatalogue.metric(named: name, at: "thresholds") }
        let text = try #require(error).description
        #expect(text.hasPrefix("thresholds: \"\(name)\" is not a known metric; "), "\(text)")
        if name != "lags" { #expect(text.contains(hint), "\(text)") }
    }

    @Test("The samples that percentiles need are those of LatencySummary")
    func support() {
        #expect(MetricCatalogue.samplesNeeded(forPercentile: 50) == 2)
        #expect(MetricCatalogue.samplesNeeded(forPercentile: 90) == 100)
        #expect(MetricCatalogue.samplesNeeded(forPercentile: 95) == 200)
        #expect(MetricCatalogue.samplesNeeded(forPercentile: 99) == 1_000)
        #expect(MetricCatalogue.samplesNeeded(forPercentile: 99.9) == 10_000)
    }

    @Test("What the system could not export is counted over the whole repetition, of several the worst")
    func countersOfTheWholeRepetition() throws {
        var result = try SampleResult.sustained()
        result.repetitions = [0, 1].map { SampleResult.repetition(index: $0) }
        let metric = try #require(MetricCatalogue.metric(named: "unexported"))
        #expect(result.reading(of: metric) == .value(0, samples: nil))
        result.repetitions[1].counters?.dropped = ["shutdown": 3]
        result.repetitions[1].counters?.queued = 4
        #expect(result.reading(of: metric) == .value(7, samples: nil))
        #expect(result.reading(of: metric, phase: "main").value == nil)
        result.repetitions[0].counters = nil
        #expect(result.reading(of: metric) == .absent("it was not measured"))
    }

    @Test func everyMetricOfACompleteRunHasItsValue() throws {
        let result = try SampleResult.sustained()
        let expected: [String: Double] = [
            "attempted": 10_000, "accepted": 10_000, "rejected": 0, "delivered": 10_000, "lost": 0, "duplicated": 0,
            "foreign": 0, "dropped": 0, "unaccounted": 0, "queued": 0, "offered_per_s": 1_000, "achieved_per_s": 1_000,
            "accepted_per_s": 1_000, "delivered_per_s": 10_000 / 10.004, "completion_s": 10.004,
            "service_time.min": 4, "service_time.p50": 200, "service_time.p99_9": 400, "service_time.mean": 202,
            "lag.max": 3_601, "flush_latency.max": 3_100_671, "rss_peak_bytes": 14_100_000,
            "rss_growth_bytes": 1_500_000,
            "bytes_in_use_growth": 12_000, "cpu_percent": 100 * 0.043 / 10.004, "cpu_s_per_million_items": 4.3,
            "body_bytes_per_item": 120,
        ]
        for (name, value) in expected {
            let metric = try #require(MetricCatalogue.metric(named: name))
            let observed = try #require(result.reading(of: metric).value, "\(name)")
            #expect((observed - value).magnitude <= 1e-3 * Swift.max(value.magnitude, 1e-9), "\(name) is \(observed)")
            #expect(result.summary[name] == observed)
        }
        #expect(result.summary["flush_latency.p95"] == nil)
        #expect(result.summary["held_rss_growth_bytes"] == nil)
        #expect(result.summary["idle_cpu_percent"] == nil)
    }

    @Test func readingsSayWhyThereIsNoValue() throws {
        var result = try SampleResult.sustained()
        #expect(try reading("flush_latency.p95", result) == .unsupported(samples: 1, needed: 200))
        #expect(try reading("held_rss_growth_bytes", result) == .absent("it was not measured"))
        #expect(try reading("held_rss_bytes_per_item", result) == .absent("it was not measured"))
        #expect(try reading("idle_cpu_percent", result) == .absent("no reported phase is idle"))
        #expect(try reading("lost", result, phase: "mian") == .absent("there is no phase \"mian\""))
        #expect(try reading("idle_cpu_percent", result, phase: "main") == .absent("the phase is not idle"))
        #expect(try reading("delivered", result, phase: "warm-up") == .value(2_000, samples: 2_000))
        result.repetitions[0].phases[1].latency.serviceTime = nil
        #expect(try reading("service_time.p50", result) == .absent("there are no samples of service_time"))
        result.delivery = .unverified
        #expect(try reading("lost", result) == .notApplicable("no ledger of what arrived was read"))
        let reason = "the receiver does not answer: connection refused"
        result.warnings = ["the machine is busy", "delivery unverified: \(reason)"]
        #expect(try reading("lost", result) == .notApplicable(reason))
        result.delivery = .notApplicable
        #expect(try reading("lost", result) == .notApplicable("the system is not meant to deliver anything"))
        #expect(try reading("accepted", result) == .value(10_000, samples: 10_000))
        result.repetitions = [SampleResult.repetition(phases: [SampleResult.idle])]
        #expect(try reading("accepted", result) == .absent("no reported phase issues operations"))
        #expect(try reading("accepted", result, phase: "idle") == .absent("nothing was attempted"))
        #expect(try reading("idle_cpu_percent", result) == .value(0.1, samples: nil))
        result.repetitions = []
        #expect(try reading("accepted", result) == .absent("the result has no repetitions"))
    }

    @Test("Of counts the worst repetition stands for the run, of times the median")
    func repetitions() throws {
        var result = try SampleResult.sustained()
        result.repetitions = [0, 7, 2].enumerated().map { index, lost in
            SampleResult.repetition(index: index, phases: [SampleResult.main(lost: UInt64(lost))])
        }
        result.repetitions[0].phases[0].completionSeconds = 9
        result.repetitions[1].phases[0].completionSeconds = 30
        result.repetitions[2].phases[0].completionSeconds = 10
        #expect(try reading("lost", result).value == 7)
        #expect(try reading("delivered", result).value == 9_993)
        #expect(try reading("completion_s", result).value == 10)
        result.repetitions.removeLast()
        #expect(try reading("completion_s", result).value == 19.5)
        result.repetitions[1].phases[0].completionSeconds = nil
        #expect(try reading("completion_s", result) == .absent("it was not measured"))
    }

    @Test("Phases merge without inventing anything")
    func merging() throws {
        #expect(PhaseResult.merged([]) == nil)
        #expect(PhaseResult.merged([SampleResult.main()]) == SampleResult.main())
        let merged = try #require(PhaseResult.merged([SampleResult.warmUp, SampleResult.main(lost: 5)]))
        #expect(merged.name == "warm-up+main")
        #expect(merged.shape == "mixed")
        #expect(merged.durationSeconds == 12)
        #expect(merged.load.attempted == 12_000)
        #expect(merged.load.lost == 5)
        #expect(merged.load.droppedByReason == ["queue_full": 5])
        #expect(merged.rates.offeredPerSecond == 1_000)
        #expect(merged.rates.deliveredPerSecond == 11_995 / (2.004 + 10.004))
        #expect(merged.latency.serviceTime?.count == 12_000)
        #expect(merged.latency.serviceTime?.hdr.totalCount == 12_000)
        #expect(merged.memory?.rssGrowthBytes == 1_500_000)
        #expect(merged.cpu?.secondsPerMillionItems == 0.086 * 1e6 / 12_000)

        var unknown = SampleResult.main()
        unknown.load.delivered = nil
        unknown.completionSeconds = nil
        unknown.rates.offeredPerSecond = nil
        unknown.latency.lag = nil
        unknown.memory = nil
        unknown.requests = nil
        let partial = try #require(PhaseResult.merged([SampleResult.warmUp, unknown]))
        #expect(partial.load.delivered == nil)
        #expect(partial.rates.deliveredPerSecond == nil)
        #expect(partial.rates.offeredPerSecond == nil)
        #expect(partial.completionSeconds == nil)
        #expect(partial.latency.lag?.count == 2_000)
        #expect(partial.memory == nil)
        #expect(partial.requests == nil)
    }

    @Test func derivedFiguresNeedSomethingToDivideBy() {
        let load = PhaseLoad(attempted: 10, accepted: 8, rejected: 2)
        let rates = PhaseRates(offeredPerSecond: nil, load: load, durationSeconds: 0, completionSeconds: nil)
        #expect(rates == PhaseRates())
        #expect(PhaseCPU(seconds: 1, wallSeconds: 0, items: 0) == PhaseCPU(seconds: 1))
        let fallback = PhaseRates(
            offeredPerSecond: nil,
            load: SampleResult.main().load,
            durationSeconds: 10,
            completionSeconds: nil
        )
        #expect(fallback.deliveredPerSecond == 1_000)
    }

    @Test("The balance of a phase: lost = accepted − delivered − queued, unaccounted = lost − dropped")
    func balance() {
        let load = PhaseLoad.balanced(
            accepted: 100,
            rejected: 5,
            delivered: 80,
            duplicated: 1,
            foreign: 2,
            droppedByReason: ["a": 3, "b": 4],
            queued: 10
        )
        #expect(load.attempted == 105)
        #expect(load.lost == 10)
        #expect(load.dropped == 7)
        #expect(load.unaccounted == 3)
        let impossible = PhaseLoad.balanced(
            accepted: 1,
            rejected: 0,
            delivered: 2,
            duplicated: 0,
            foreign: 0,
            droppedByReason: [:],
            queued: 0
        )
        #expect(impossible.lost == -1)
        #expect(impossible.unaccounted == -1)
    }

    private func reading(_ name: String, _ result: RunResult, phase: String? = nil) throws -> MetricReading {
        result.reading(of: try #require(MetricCatalogue.metric(named: name)), phase: phase)
    }
}
