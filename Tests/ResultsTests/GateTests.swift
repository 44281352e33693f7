import HarnessCore
import Testing

@testable import Results

struct GateTests {
    @Test func aLimitThatHolds() throws {
        let row = try #require(gate("delivered_per_s", ">= 900").evaluate(try SampleResult.sustained()))
        #expect(row.verdict == .pass)
        #expect(row.limit == 900)
        #expect(row.expression == ">= 900")
        #expect(row.unit == .perSecond)
        #expect(row.samples == 10_000)
        #expect(try #require(row.margin) == (row.observed ?? 0) - 900)
        #expect(row.reason == "delivered_per_s is 999.6/s, the limit is >= 900")
        #expect(!row.isFailure)
    }

    @Test(
        "A broken limit says by how much",
        arguments: [
            ("delivered_per_s", ">= 2000", "delivered_per_s is 999.6/s, the limit is >= 2000: 50.0 % below it"),
            ("service_time.p99", "< 300ns", "service_time.p99 is 396 ns, the limit is < 300ns: 32 % above it"),
            ("attempted", "== 3", "attempted is 10,000, the limit is == 3"),
            ("lost", "> 0", "lost is 0, the limit is > 0"),
        ]
    )
    func aBrokenLimit(metric: String, limit: String, reason: String) throws {
        let row = try #require(gate(metric, limit).evaluate(try SampleResult.sustained()))
        #expect(row.verdict == .fail)
        #expect(row.isFailure)
        #expect(row.reason == reason)
        #expect(try #require(row.margin) <= 0)
    }

    @Test("A percentile that the samples do not support is missing, never a pass")
    func unsupportedPercentile() throws {
        let row = try #require(gate("flush_latency.p95", "<= 250ms").evaluate(try SampleResult.sustained()))
        #expect(row.verdict == .missing)
        #expect(row.isFailure)
        #expect(row.observed == nil)
        #expect(row.samples == 1)
        #expect(row.reason == "n = 1 does not support flush_latency.p95, which needs 200 samples")
    }

    @Test func anAbsentMetric() throws {
        let row = try #require(gate("held_rss_growth_bytes", "< 20MB").evaluate(try SampleResult.sustained()))
        #expect(row.verdict == .missing)
        #expect(row.reason == "the result has no held_rss_growth_bytes: it was not measured")
    }

    @Test("Nothing lost of nothing is no pass")
    func nothingAttempted() throws {
        var result = try SampleResult.sustained()
        result.repetitions[0].phases[1] = SampleResult.phase("main", shape: "burst", items: 0, seconds: 10)
        result.judge(by: [try gate("lost", "== 0")])
        #expect(result.thresholds.map(\.verdict) == [.missing])
        #expect(result.thresholds[0].reason == "the result has no lost: nothing was attempted")
        #expect(result.verdict == .fail)
    }

    @Test("Where summary and repetitions disagree the file was edited, and the worse counts")
    func tampering() throws {
        var edited = try SampleResult.sustained()
        edited.summary["delivered_per_s"] = 850
        let row = try #require(gate("delivered_per_s", ">= 900").evaluate(edited))
        #expect(row.verdict == .fail)
        #expect(row.observed == 850)
        #expect(row.margin == -50)
        #expect(
            row.reason
                == "delivered_per_s is 850/s, the limit is >= 900: 5.56 % below it; the summary says 850/s and the "
                + "repetitions 999.6/s: the file was changed, and the worse counts"
        )
        edited.summary["delivered_per_s"] = 5_000
        #expect(try #require(gate("delivered_per_s", ">= 1200").evaluate(edited)).verdict == .fail)
        #expect(try #require(gate("delivered_per_s", ">= 900").evaluate(edited)).observed == 10_000 / 10.004)
        edited.summary["delivered_per_s"] = nil
        let missing = try #require(gate("delivered_per_s", ">= 900").evaluate(edited))
        #expect(missing.verdict == .missing)
        #expect(missing.reason == "the summary of the result has no delivered_per_s")
    }

    @Test func aPhaseOfItsOwn() throws {
        let result = try SampleResult.sustained()
        let row = try #require(gate("attempted", "== 2000", phase: "warm-up").evaluate(result))
        #expect(row.verdict == .pass)
        #expect(row.phase == "warm-up")
        #expect(try gate("attempted", "== 2000", phase: "warm-up").selects(result))
        #expect(try !gate("attempted", "== 2000", phase: "cool-down").selects(result))
        #expect(try !gate("attempted", "== 2000", profile: "burst").selects(result))
        #expect(try gate("attempted", "== 2000", profile: "s*").selects(result))
    }

    // MARK: - Whole runs

    @Test(
        arguments: [
            (RunOutcome.interrupted, false, RunVerdict.interrupted, HarnessCore.ExitStatus.interrupted),
            (.failed, true, .error, .internalError),
        ]
    )
    func aRunThatDidNotEndProperlyIsNotJudged(
        outcome: RunOutcome,
        isPartial: Bool,
        verdict: RunVerdict,
        status: HarnessCore.ExitStatus
    ) throws {
        var result = try SampleResult.sustained()
        result.outcome = outcome
        result.isPartial = isPartial
        result.judge(by: [try gate("delivered_per_s", ">= 900"), try gate("lost", "== 1")])
        #expect(result.thresholds.allSatisfy { $0.verdict == .notEvaluated })
        #expect(result.thresholds[0].reason == (outcome == .failed ? "the run failed" : "the run was interrupted"))
        #expect(result.verdict == verdict)
        #expect(result.exitStatus == status)
    }

    @Test("On an invalid run counts still count, times do not")
    func invalidRuns() throws {
        var result = try SampleResult.sustained()
        result.validity = RunValidity(isValid: false, reasons: ["the host stole time"])
        result.judge(by: [try gate("delivered_per_s", ">= 5000")])
        #expect(result.verdict == .invalid)
        result.judge(by: [try gate("lost", "== 0"), try gate("service_time.p99", "< 1ns")])
        #expect(result.verdict == .invalid)
        #expect(result.exitStatus == .noVerdict)
        // What the generator could not start is no fault of the system.
        result.repetitions[0].phases[1].load.missed = 7
        result.judge(by: [try gate("missed", "== 0")])
        #expect(result.verdict == .invalid)
        result.judge(by: [try gate("lost", "== 1")])
        #expect(result.verdict == .fail)
        #expect(result.exitStatus == .gateFailed)
    }

    @Test func verdictsOfWholeRuns() throws {
        var result = try SampleResult.sustained()
        result.judge(by: [])
        #expect(result.verdict == .noVerdict)
        result.judge(by: [
            try gate("lost", "== 1", level: .warn), try gate("held_rss_growth_bytes", "< 1MB", level: .info),
        ])
        #expect(result.verdict == .pass)
        #expect(result.thresholds.map(\.verdict) == [.fail, .missing])
        result.judge(by: [try gate("lost", "== 1", level: .off)])
        #expect(result.thresholds.isEmpty)
        #expect(result.verdict == .noVerdict)
        result.judge(by: [try gate("held_rss_growth_bytes", "< 1MB")])
        #expect(result.verdict == .fail)
        result.delivery = .unverified
        result.judge(by: [try gate("lost", "== 0")])
        #expect(result.verdict == .noVerdict)
        result.judge(by: [try gate("lost", "== 0"), try gate("rejected", "== 0")])
        #expect(result.verdict == .noVerdict)
        result.judge(by: [try gate("lost", "== 0", level: .warn), try gate("rejected", "== 0")])
        #expect(result.verdict == .pass)
        result.allowsUnverified = true
        result.judge(by: [try gate("lost", "== 0"), try gate("rejected", "== 0")])
        #expect(result.verdict == .pass)
        #expect(result.thresholds.map(\.verdict) == [.notEvaluated, .pass])
    }

    // MARK: - Mistakes in profiles

    @Test func thresholdsOfProfiles() throws {
        let gates = try Gate.gates(ofProfile: "burst", thresholds: [("lost", "== 0"), ("completion_s", "< 2s")])
        #expect(gates.map(\.metric.name) == ["lost", "completion_s"])
        #expect(gates.allSatisfy { $0.source == .profile && $0.level == .error && $0.profile == "burst" })
    }

    @Test(
        arguments: [
            ("lsot", "== 0", "thresholds: \"lsot\" is not a known metric; did you mean \"lost\"?"),
            (
                "completion_s", "2s",
                "thresholds.completion_s: \"2s\" is not a limit on completion_s: it does not begin with a comparison "
                    + "(>= <= == != > <); for example \"<= 2s\""
            ),
            (
                "rss_peak_bytes", "< 20mb",
                "thresholds.rss_peak_bytes: \"< 20mb\" is not a limit on rss_peak_bytes: \"20mb\" is not a size: it has the "
                    + "unknown unit \"mb\" (known: B, kB, MB, GB, TB, KiB, MiB, GiB, TiB, KB); did you mean \"< 20MB\"?"
            ),
        ]
    )
    func mistakes(metric: String, expression: String, message: String) throws {
        let error = #expect(throws: StrictJSONError.self) {
            try Gate.gates(ofProfile: "burst", thresholds: [(metric, expression)])
        }
        #expect(try #require(error).description == message)
    }

    private func gate(
        _ metric: String,
        _ budget: String,
        phase: String? = nil,
        profile: String = "sustained",
        level: GateLevel = .error
    ) throws -> Gate {
        try Gate(
            profile: profile,
            metric: metric,
            phase: phase,
            budget: budget,
            level: level,
            source: .thresholds,
            path: "gates[0]",
            metricPath: "gates[0].metric",
            budgetPath: "gates[0].budget"
        )
    }
}
