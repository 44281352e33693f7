import HarnessCore
import LoadEngine
import Testing

@testable import bench

/// What `bench plan` says of a plan, from profiles written for the purpose.
struct PlanReportTests {
    private static func make(
        _ phases: String,
        system: String = "{}",
        rest: String = ""
    ) throws -> (profile: Profile, plan: Plan) {
        let text = #"{"name": "p", "system": \#(system), "phases": [\#(phases)]\#(rest)}"#
        let profile = try ProfileDocument(parsing: text, source: "p").profile()
        return (profile, try profile.makePlan())
    }

    private static func bounds(_ phases: String, system: String, rest: String = "") throws -> [LossBound] {
        let (profile, plan) = try make(phases, system: system, rest: rest)
        return PlanReport(profile: profile, plan: plan, repetitions: 1).loss
    }

    // MARK: - Text

    @Test func cyclesOfAPhaseShareARow() throws {
        let (profile, plan) = try Self.make(
            #"{"name": "w", "shape": "max", "count": 3}, {"name": "m", "shape": "max", "count": 7, "cycles": 12}"#,
            system: #"{"queue_limit": 10, "overflow": "drop"}"#,
            rest: #", "description": "12 cycles""#
        )
        let text = PlanText(
            report: PlanReport(profile: profile, plan: plan, repetitions: 1, changed: ["phases.m.count"]),
            plan: plan,
            width: 120,
            glyphs: .blocks,
            painter: TextPainter(isEnabled: false)
        ).text
        #expect(text.contains("m-1 to 12"), "\(text)")
        #expect(text.contains("each of 12 cycles: "), "\(text)")
        #expect(!text.contains("m-2"), "\(text)")
        #expect(text.hasPrefix("p: 12 cycles (changed)\n"), "\(text)")
    }

    // MARK: - Totals

    @Test func scenariosCountTheirOwnItems() throws {
        let (profile, plan) = try Self.make(
            #"{"name": "m", "shape": "constant", "rate": "30/s", "duration": "1s"}"#,
            system: #"{"queue_limit": 10, "overflow": "drop"}"#,
            rest: """
                , "scenarios": [
                  {"name": "a", "weight": 2, "workload": {"operation": "event"}},
                  {"name": "b", "weight": 1, "workload": {"operation": "span", "depth": 3}}
                ]
                """
        )
        let report = PlanReport(profile: profile, plan: plan, repetitions: 1)
        // 20 events, and 10 times three spans.
        #expect(report.totals.items == 50)
        #expect(abs(try #require(report.itemsPerOperation) - 50.0 / 30) < 1e-12)
        #expect(report.loss.map(\.itemsAtMost) == [10, 20])
    }

    @Test func totalsShareAndTime() throws {
        let (profile, plan) = try Self.make(
            """
            {"name": "w", "shape": "constant", "rate": "10/s", "duration": "1s", "report": false},
            {"name": "m", "shape": "burst", "size": 7, "every": "1s", "duration": "3s"}
            """,
            rest: #", "producers": 2"#
        )
        let report = PlanReport(profile: profile, plan: plan, repetitions: 3)
        #expect(report.totals.operations == 31 && report.totals.reportedOperations == 21)
        #expect(report.totals.durationS == 4 && report.totals.runDurationS == 12)
        #expect(report.producers.map(\.operations) == [16, 15])
        #expect(report.phases.map(\.startS) == [0, 1])
        #expect(report.phases[1].burstSize == 7 && report.phases[1].ratePerS == 7)
    }

    @Test func whatNobodyKnowsIsAbsent() throws {
        let (profile, plan) = try Self.make(
            """
            {"name": "a", "shape": "max", "count": 10}, {"name": "b", "shape": "max", "duration": "1s"},
            {"name": "c", "shape": "idle", "duration": "1s"}
            """
        )
        let report = PlanReport(profile: profile, plan: plan, repetitions: 2)
        #expect(report.totals.operations == nil && report.totals.durationS == nil && report.totals.items == nil)
        #expect(report.phases.map(\.operations) == [10, nil, 0])
        #expect(report.phases.map(\.durationS) == [nil, 1, 1])
        #expect(report.phases.map(\.startS) == [0, nil, nil])
    }

    // MARK: - The queue

    private static let dropping = #"{"queue_limit": 2048, "overflow": "drop"}"#

    @Test func aBurstBeyondTheQueue() throws {
        let bounds = try Self.bounds(#"{"name": "b", "shape": "burst", "size": 5000}"#, system: Self.dropping)
        #expect(bounds.count == 1)
        // 5,000 − 2,048, if nothing leaves.
        #expect(bounds[0].itemsAtMost == 2952 && bounds[0].itemsAtLeast == nil)
        #expect(bounds[0].statement.contains("of each burst of 5,000 up to 2,952 find no room"))
        #expect(bounds[0].restsOn.contains("system.queue_limit = 2048"))
    }

    @Test func whatFitsIsNotLost() throws {
        let bounds = try Self.bounds(#"{"name": "b", "shape": "burst", "size": 2048}"#, system: Self.dropping)
        #expect(bounds.map(\.itemsAtMost) == [0])
    }

    @Test("What the last phase left in the queue counts, unless it was flushed", arguments: [(true, 0), (false, 952)])
    func whatIsLeftOver(isFlushed: Bool, loss: UInt64) throws {
        let bounds = try Self.bounds(
            """
            {"name": "a", "shape": "burst", "size": 1000, "flush": \(isFlushed)},
            {"name": "b", "shape": "burst", "size": 2000}
            """,
            system: Self.dropping
        )
        #expect(bounds.map(\.itemsAtMost) == [0, loss])
    }

    @Test func anExportByHandLosesExactlyWhatDoesNotFit() throws {
        let bounds = try Self.bounds(
            #"{"name": "q", "shape": "max", "count": 3000}"#,
            system: #"{"queue_limit": 2048, "overflow": "drop", "export": "manual"}"#
        )
        #expect(bounds.map(\.itemsAtLeast) == [952] && bounds.map(\.itemsAtMost) == [952])
    }

    @Test func aRateFillsTheQueueInItsTime() throws {
        let bounds = try Self.bounds(
            #"{"name": "r", "shape": "constant", "rate": "1000/s", "duration": "10s"}"#,
            system: Self.dropping
        )
        #expect(bounds.map(\.itemsAtMost) == [7952])
        #expect(bounds[0].statement.contains("takes the load for 2.05 s"))
    }

    @Test func nestedSpansCountOneByOne() throws {
        let bounds = try Self.bounds(
            #"{"name": "s", "shape": "burst", "size": 1000}"#,
            system: #"{"queue_limit": 20, "span_queue_limit": 2048, "overflow": "drop"}"#,
            rest: #", "workload": {"operation": "span", "depth": 3}"#
        )
        #expect(bounds.map(\.itemsAtMost) == [952] && bounds[0].signal == "spans")
        #expect(bounds[0].restsOn.contains("system.span_queue_limit = 2048"))
    }

    @Test func flushesOfTheOnlyProducerEmptyTheQueue() throws {
        let phase = #"{"name": "f", "shape": "max", "count": 25000, "flush_every": 100}"#
        #expect(try Self.bounds(phase, system: Self.dropping).map(\.itemsAtMost) == [0])
        let two = try Self.bounds(phase, system: Self.dropping, rest: #", "producers": 2"#)
        #expect(two.map(\.itemsAtMost) == [25000 - 2048])
    }

    @Test func waitingCallsLoseNothing() throws {
        let bounds = try Self.bounds(
            #"{"name": "m", "shape": "max", "duration": "1s"}"#,
            system: #"{"queue_limit": 10, "overflow": "wait"}"#
        )
        #expect(bounds.map(\.itemsAtMost) == [0])
    }

    @Test(
        "Where nothing can be said nothing is",
        arguments: [
            "{}", #"{"queue_limit": 10}"#, #"{"overflow": "drop"}"#,
            #"{"queue_limit": 10, "overflow": "drop", "enabled": false}"#,
            #"{"name": "null", "queue_limit": 10, "overflow": "drop"}"#,
        ]
    )
    func silence(system: String) throws {
        #expect(try Self.bounds(#"{"name": "b", "shape": "burst", "size": 5000}"#, system: system).isEmpty)
    }

    @Test func eachScenarioCountsForItsSignal() throws {
        let (profile, plan) = try Self.make(
            #"{"name": "m", "shape": "constant", "rate": "1000/s", "duration": "10s"}"#,
            system: Self.dropping,
            rest: """
                , "scenarios": [
                  {"name": "e", "weight": 3, "workload": {"operation": "event"}},
                  {"name": "s", "weight": 1, "workload": {"operation": "span", "depth": 2}}]
                """
        )
        let report = PlanReport(profile: profile, plan: plan, repetitions: 1)
        #expect(report.totals.operations == 10_000 && report.totals.items == 7_500 + 2 * 2_500)
        #expect(report.loss.map(\.signal) == ["logs", "spans"])
        #expect(report.loss.map(\.itemsAtMost) == [7_500 - 2_048, 5_000 - 2_048])
        #expect(report.producers.map(\.scenario) == ["e", "s"])
    }

    @Test func measurementsMeetNoQueue() throws {
        let bounds = try Self.bounds(
            #"{"name": "b", "shape": "burst", "size": 5000}"#,
            system: Self.dropping,
            rest: #", "workload": {"operation": "counter"}"#
        )
        #expect(bounds.isEmpty)
    }

    // MARK: - The plot

    @Test func columnsFollowThePhases() throws {
        let plan = try Self.make(
            """
            {"name": "a", "shape": "constant", "rate": "100/s", "duration": "1s"},
            {"name": "b", "shape": "idle", "duration": "1s"},
            {"name": "c", "shape": "burst", "size": 50, "every": "1s", "duration": "2s"}
            """
        ).plan
        let profile = RateProfile(plan, width: 40)
        #expect(profile.parts.map(\.columns) == [0..<10, 10..<20, 20..<40])
        #expect(profile.columns[..<10].allSatisfy { $0 == .rate(100) })
        #expect(profile.columns[10..<20].allSatisfy { $0 == .rate(0) })
        // 50 in a column of a tenth of a second, once a second.
        #expect(profile.columns[20] == .rate(500) && profile.columns[30] == .rate(500))
        #expect(profile.columns[20...].count { $0 == .rate(0) } == 18)
        #expect(!profile.hasMeans)
    }

    @Test func closeBurstsAreDrawnAsTheirMean() throws {
        let plan = try Self.make(
            #"{"name": "c", "shape": "burst", "size": 50, "every": "100ms", "duration": "100s"}"#
        ).plan
        let profile = RateProfile(plan, width: 40)
        #expect(profile.hasMeans && profile.columns.allSatisfy { $0 == .rate(500) })
    }

    @Test("A peak that is shorter than a column shows")
    func peaksShow() throws {
        let plan = try Self.make(
            """
            {"name": "s", "shape": "spike", "rate": "10/s", "peak": "5000/s", "at": "5s", "for": "1ms", "duration": "60s"}
            """
        ).plan
        let profile = RateProfile(plan, width: 30)
        #expect(profile.columns.count { $0 == .rate(5000) } == 1)
        #expect(profile.columns.count { $0 == .rate(10) } == 29)
    }

    @Test func phasesWithoutALengthHaveColumns() throws {
        let plan = try Self.make(
            """
            {"name": "a", "shape": "burst", "size": 5}, {"name": "b", "shape": "max", "count": 5},
            {"name": "c", "shape": "constant", "rate": "1/s", "duration": "10s"}
            """
        ).plan
        let profile = RateProfile(plan, width: 40)
        #expect(profile.columns.count == 40)
        #expect(profile.columns.first == .atOnce && profile.columns[profile.parts[1].columns.lowerBound] == .open)
        #expect(profile.parts.map { $0.start == nil } == [false, false, true])
    }
}
