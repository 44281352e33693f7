import HarnessCore
import Measurement
import Testing

@testable import Results

/// The mistakes of other tools, one test each: section 1d of the survey that the design rests on.
///
/// The eighth, limits finer than the instrument, is among the tests of the lint.
struct TrapTests {
    // MARK: - 1. A baseline of zero

    @Test(
        "Trap 1: from a baseline of 0 the absolute part alone counts, neither 0 % nor infinity",
        arguments: [0, 2, 3]
    )
    func baselineOfZero(lost: UInt64) throws {
        let gate = Compared.gate("lost", "lost", #""max_relative": "10%", "min_absolute": 2"#)
        let candidate = try Compared.result([1_000]) { $0.repetitions[0].phases[0].load.lost = Int64(lost) }
        let row = try Compared.sets(try Compared.result([1_000]), candidate, gates: [gate]).change("lost")
        #expect(row.verdict == (lost > 2 ? .regressed : .pass), "\(row.reason)")
        #expect(row.effect?.scale == .difference)
    }

    @Test("Trap 1: a timed metric that is 0 in the baseline cannot be judged by a share alone")
    func timedBaselineOfZero() throws {
        let report = try Compared.sets(
            Compared.result([Double](repeating: 0, count: 8)),
            Compared.result(Compared.noise(count: 8))
        )
        let row = try report.change()
        #expect(row.verdict == .inconclusive)
        #expect(
            row.reason == "service_time.p50 is 0 in the baseline, of which there are no shares; give \"min_absolute\""
        )
    }

    // MARK: - 2. What vanished

    @Test("Trap 2: a metric that the candidate lacks is missing, and fails")
    func vanishedMetric() throws {
        let candidate = try Compared.result(Compared.noise()) {
            for index in $0.repetitions.indices { $0.repetitions[index].phases[0].latency.serviceTime = nil }
        }
        let report = try Compared.sets(Compared.result(Compared.noise()), candidate)
        #expect(try report.change().verdict == .missing)
        #expect(report.exitStatus == .gateFailed)
        #expect(report.verdictLine.contains("missing=1"))
        // What no gate judges is seen as well.
        #expect(report.rows.contains { $0.metric == "service_time.p90" && $0.verdict == .missing && $0.level == .info })
    }

    @Test("Trap 2: a profile that the candidate lacks is missing, and fails")
    func vanishedProfile() throws {
        var request = try Compared.request([Compared.call])
        let both = try Compared.result(Compared.noise())
        request.baselines = [("a.json", both), ("b.json", try Compared.result(Compared.noise(), profile: "burst"))]
        request.candidates = [("c.json", both)]
        let report = try ComparisonReport(judging: request)
        let row = try #require(report.rows.first { $0.profile == "burst" && $0.kind == .regression })
        #expect(row.verdict == .missing)
        #expect(row.reason == "the candidate has no result of the profile burst")
        #expect(report.exitStatus == .gateFailed)
    }

    @Test("Trap 2: what only the candidate has is new, and does not fail")
    func newMetric() throws {
        let baseline = try Compared.result(Compared.noise()) {
            for index in $0.repetitions.indices { $0.repetitions[index].phases[0].latency.serviceTime = nil }
        }
        let report = try Compared.sets(baseline, Compared.result(Compared.noise()))
        #expect(try report.change().verdict == .new)
        #expect(report.verdict == .pass)
    }

    // MARK: - 3. Errors that become a pass, or a finding

    @Test("Trap 3: values that have no ratio are compared as differences, not called significant")
    func valuesWithoutRatios() throws {
        let gate = Compared.gate("rss", "rss_growth_bytes", #""max_relative": "10%", "min_absolute": "1MB""#)
        let set = { (shift: Int64) in
            try Compared.result(Compared.noise(count: 12)) {
                for index in $0.repetitions.indices {
                    $0.repetitions[index].phases[0].memory?.rssGrowthBytes = Int64(index % 3 - 1) * 4_096 + shift
                }
            }
        }
        let same = try Compared.pairs(set(0), set(0), gates: [gate]).change("rss")
        #expect(same.verdict == .pass)
        #expect(same.effect?.scale == .difference)
        let (before, after) = (try set(0), try set(5_000_000))
        let confirmed = try Compared.pairs(before, after, gates: [gate], confirmation: (["rss"], before, after))
        let grown = try confirmed.change("rss")
        #expect(grown.verdict == .regressed, "\(grown.reason)")
    }

    // MARK: - 4. Nothing judged, and a pass

    @Test("Trap 4: no gates at all end with status 3, not 0")
    func nothingToJudge() throws {
        var result = try Compared.result(Compared.noise())
        result.thresholds = []
        var request = ComparisonRequest(today: "2026-11-21")
        request.baselines = [("b.json", result)]
        request.candidates = [("c.json", result)]
        let report = try ComparisonReport(judging: request)
        #expect(report.verdict == .inconclusive)
        #expect(report.exitStatus == .noVerdict)
        #expect(report.notes.contains("there was nothing to judge"))
    }

    @Test("Trap 4: a gate that could not be decided keeps the suite from passing")
    func undecidedRow() throws {
        let report = try Compared.sets(Compared.result([1_000, 1_010]), Compared.result([1_000, 1_020]))
        #expect(try report.change().verdict == .inconclusive)
        #expect(report.exitStatus == .noVerdict)
    }

    @Test("Trap 4: a gate that selects nothing is an error")
    func idleGate() throws {
        let gate = #"{"profile": "brust", "metric": "lost", "budget": "== 0"}"#
        let report = try Compared.sets(Compared.result([1_000]), Compared.result([1_000]), gates: [gate])
        #expect(report.exitStatus == .usage)
        #expect(report.problems.count == 1)
    }

    // MARK: - 5. Limits that live elsewhere

    @Test("Trap 5: a limit that was removed from the thresholds file is gone, whatever results remember")
    func removedLimit() throws {
        var result = try Compared.result([1_000])
        let gate = try Gate(
            profile: "*",
            metric: "service_time.p50",
            budget: "< 1ns",
            source: .thresholds,
            path: "",
            metricPath: "",
            budgetPath: ""
        )
        result.judge(by: [gate])
        #expect(result.thresholds.count == 1)
        var request = try Compared.request([#"{"profile": "*", "metric": "lost", "budget": "== 0"}"#])
        request.candidates = [("c.json", result)]
        #expect(try ComparisonReport(judging: request).rows.map(\.metric) == ["lost"])
    }

    // MARK: - 6. Small samples

    @Test("Trap 6: five pairs can never be certain, however great the change")
    func fewPairs() throws {
        let report = try Compared.pairs(
            Compared.result(Compared.noise(count: 5)),
            Compared.result(Compared.noise(2, phase: 1, count: 5))
        )
        let row = try report.change()
        #expect(row.verdict == .inconclusive)
        // The smallest two-sided p of five pairs is 2/2^5 = 0.0625 (Wilcoxon 1945).
        #expect(row.effect?.pValue == 0.0625)
        #expect(row.effect?.low == nil)
        #expect(row.neededPairs == 6)
    }

    // MARK: - 7. Too few samples

    @Test("Trap 7: a percentile of too few samples is inconclusive, not skipped")
    func unsupportedPercentile() throws {
        let gate = Compared.gate("p99", "flush_latency.p95", #""max_relative": "10%""#)
        let gates = [gate.replacing("\"regression\"", with: "\"budget\": \"< 1s\", \"regression\"")]
        let result = try Compared.result(Compared.noise())
        let report = try Compared.sets(result, result, gates: gates)
        #expect(report.rows.filter { $0.gate == "p99" }.map(\.verdict) == [.inconclusive, .inconclusive])
        #expect(report.exitStatus == .noVerdict)
        #expect(try report.change("p99").reason == "n = 1 does not support flush_latency.p95, which needs 200 samples")
    }

    // MARK: - 9. Limits with decimals

    @Test("Trap 9: limits may have decimals")
    func decimals() throws {
        let gate = Compared.gate("p50", "flush_latency.p50", #""max_relative": "2.5%", "min_absolute": "0.3ms""#)
        let limit = try #require(Compared.request([gate]).thresholds?.file.gates.first?.regression)
        #expect(limit.maximumRelative == 0.025)
        #expect(limit.minimumAbsolute == 300_000)
        #expect(limit.text(unit: .nanoseconds) == "at most 2.5 % or 300 µs worse")
    }
}
