import HarnessCore
import LoadEngine
import Results
import Testing

@testable import RunControl

/// The rows of the self-test, and what follows from them.
struct SelfTestTests {
    @Test func everyRowIsUsable() throws {
        let checks = SelfTestCatalogue.all
        #expect(Set(checks.map(\.name)).count == checks.count)
        for (index, check) in checks.enumerated() {
            let document = try ProfileDocument(parsing: check.profile, source: check.name)
            let profile = try document.profile()
            _ = try profile.makePlan()
            _ = try Gate.gates(ofProfile: "selftest", thresholds: profile.thresholds.map { ($0.metric, $0.expression) })
            // At the least in debug builds, four minutes have to do for all.
            let planned = try profile.makePlan().phases.reduce(0) { $0 + $1.durationNanoseconds }
            #expect(planned <= 3_500_000_000, "\(check.name)")
            if let learned = check.learned {
                #expect(checks[..<index].contains { $0.name == learned.control }, "\(check.name)")
                #expect(MetricCatalogue.metric(named: learned.metric) != nil)
            }
        }
    }

    @Test("Every defect has a healthy run with the same load, settings and limits before it")
    func everyDefectHasAControl() throws {
        let checks = SelfTestCatalogue.all
        for check in checks where check.profile.contains("\"faulty:") && !check.name.hasPrefix("stall") {
            let system = try #require(check.profile.firstMatch(of: #/"faulty:[^"]*"/#))
            let healthy = check.profile.replacing(system.output, with: "\"telemetry\"")
            #expect(checks.contains { $0.profile == healthy && $0.expectation == "PASS" }, "\(check.name)")
        }
    }

    @Test func aSelectionBringsItsControl() throws {
        #expect(try SelfTest.selection(["truncate"]).map(\.name) == ["healthy-wide", "truncate"])
        #expect(try SelfTest.selection([]).count == SelfTestCatalogue.all.count)
        let error = try #require(throws: RunError.self) { try SelfTest.selection(["trunkate"]) }
        #expect(error.exitStatus == .usage && error.message.contains("did you mean 'truncate'?"))
    }

    @Test func redForTheWrongReasonIsNotEnough() throws {
        let check = SelfTestCheck.red("x", "", gates: ["lost"], saying: "vanished")
        #expect(!check.judge(Self.result(broken: [])).isAsExpected)
        #expect(!check.judge(Self.result(broken: ["duplicated"], saying: "vanished")).isAsExpected)
        #expect(!check.judge(Self.result(broken: ["lost", "duplicated"], saying: "vanished")).isAsExpected)
        #expect(check.judge(Self.result(broken: ["lost"])).observed == "FAIL by lost, without saying so")
        #expect(check.judge(Self.result(broken: ["lost"], saying: "items vanished")).isAsExpected)
    }

    @Test func greenMeansPass() {
        let check = SelfTestCheck.green("x", "")
        #expect(check.judge(Self.result(broken: [])).isAsExpected)
        #expect(!check.judge(Self.result(broken: ["lost"])).isAsExpected)
    }

    @Test func theStatusFollowsFromTheRows() {
        #expect(Self.report([.passed, .passed]).exitStatus == .pass)
        #expect(Self.report([.passed, .noisy]).exitStatus == .noVerdict)
        #expect(Self.report([.failed, .noisy]).exitStatus == .gateFailed)
        #expect(Self.report([]).exitStatus == .noVerdict)
        var interrupted = Self.report([.failed])
        interrupted.isInterrupted = true
        #expect(interrupted.exitStatus == .interrupted)
        #expect(
            Self.report([.passed, .noisy]).verdictLine
                == "selftest=NO-VERDICT exit=3 checks=2 failed=0 noisy=1 seconds=3.0"
        )
    }

    private static func report(_ verdicts: [SelfTestReport.Verdict]) -> SelfTestReport {
        SelfTestReport(
            rows: verdicts.map {
                SelfTestReport.Row(
                    check: "c",
                    system: "s",
                    expectation: "e",
                    observed: "o",
                    verdict: $0,
                    seconds: 1.5,
                    attempts: 1,
                    noise: []
                )
            }
        )
    }

    private static func result(broken: [String], saying reason: String = "") -> RunResult {
        var result = RunResult(
            tool: ToolIdentity(name: "bench", version: "1"),
            runID: "r",
            profile: "selftest",
            startedAt: "",
            endedAt: "",
            outcome: .completed,
            verdict: broken.isEmpty ? .pass : .fail,
            exitStatus: .pass,
            delivery: .verified,
            environment: RunEnvironment(swiftVersion: "6.3", buildConfiguration: "debug"),
            system: SystemIdentity(name: "telemetry"),
            plan: PlanSummary(hash: "h", seed: 1, producers: 1)
        )
        result.thresholds = broken.map {
            GateRow(
                profile: "selftest",
                metric: $0,
                expression: "== 0",
                limit: 0,
                unit: .count,
                verdict: .fail,
                level: .error,
                source: .profile,
                reason: ""
            )
        }
        if !reason.isEmpty { result.validity.reasons = [reason] }
        return result
    }
}
