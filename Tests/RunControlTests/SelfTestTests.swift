import Foundation
import HarnessCore
import LoadEngine
import Results
import TestSupport
import Testing

@testable import RunControl

/// The rows of the self-test, and what follows from them.
struct SelfTestTests {
    @Test func everyRowIsUsable() throws {
        let checks = SelfTestCatalogue.all
        #expect(Set(checks.map(\.name)).count == checks.count)
        var total: UInt64 = 0
        for (index, check) in checks.enumerated() {
            #expect(!check.profiles.isEmpty)
            for text in check.profiles {
                let document = try ProfileDocument(parsing: text, source: check.name)
                let profile = try document.profile()
                let limits = profile.thresholds.map { ($0.metric, $0.expression) }
                _ = try Gate.gates(ofProfile: "selftest", thresholds: limits)
                // At the least in debug builds, four minutes have to do for all: so much for a run's start and end.
                let planned = try profile.makePlan().phases.reduce(0) { $0 + $1.durationNanoseconds }
                #expect(planned <= 3_500_000_000, "\(check.name)")
                total += planned + 300_000_000
            }
            if let learned = check.learned {
                #expect(checks[..<index].contains { $0.name == learned.control }, "\(check.name)")
                #expect(MetricCatalogue.metric(named: learned.metric) != nil)
            }
        }
        #expect(total <= 200_000_000_000)
    }

    @Test("Every defect has a healthy run with the same load, settings and limits before it")
    func everyDefectHasAControl() throws {
        let checks = SelfTestCatalogue.all
        for check in checks where !check.isControl && !check.name.hasPrefix("stall") {
            let healthy = check.profiles.map { $0.replacing(#/"faulty:[^"]*"/#, with: "\"telemetry\"") }
            #expect(checks.contains { $0.profiles == healthy && $0.isControl }, "\(check.name)")
        }
    }

    @Test func aSelectionBringsItsControl() throws {
        #expect(try SelfTest.selection(["truncate"]).map(\.name) == ["healthy-wide", "truncate"])
        #expect(try SelfTest.selection([]).count == SelfTestCatalogue.all.count)
        let error = try #require(throws: RunError.self) { try SelfTest.selection(["trunkate"]) }
        #expect(error.exitStatus == .usage && error.message.contains("did you mean 'truncate'?"))
    }

    @Test func redForTheWrongReasonIsNotEnough() throws {
        let check = SelfTestCheck.red("x", "", breaks: [.exactly("lost", 5)], saying: "vanished")
        #expect(check.expectation == "FAIL by lost 5, \"vanished\"")
        let judge = { (broken: [String: Double], reason: String) in
            check.judge([Self.result(broken: broken, saying: reason)])
        }
        #expect(!judge([:], "").isAsExpected)
        #expect(!judge(["duplicated": 5], "vanished").isAsExpected)
        #expect(!judge(["lost": 5, "duplicated": 1], "vanished").isAsExpected)
        #expect(!judge(["lost": 4], "vanished").isAsExpected)
        let silent = judge(["lost": 5], "")
        #expect(!silent.isAsExpected && silent.observed == "FAIL by lost 5, without \"vanished\"")
        let right = judge(["lost": 5], "items vanished")
        #expect(right.isAsExpected && right.observed == "FAIL by lost 5, \"vanished\"")
        #expect(right.reasons == ["lost is too much", "items vanished"])
    }

    @Test func greenMeansPass() {
        let check = SelfTestCheck.green("x", "")
        #expect(check.judge([Self.result(broken: [:])]).isAsExpected)
        #expect(!check.judge([Self.result(broken: ["lost": 1])]).isAsExpected)
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

    @Test("What is written fits results/selftest.schema.json, with and without an origin")
    func theReportFitsItsSchema() throws {
        let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "results/selftest.schema.json")
        let schema = SchemaCheck(try StrictJSON.parse(String(contentsOf: file, encoding: .utf8)))
        let folder = try TemporaryDirectory()
        var report = Self.report([.passed, .failed, .noisy])
        report.rows[0].reasons = ["a reason"]
        report.rows[2].noise = ["a noise"]
        for origin in [nil, ReportOrigin(command: ["/a/bench", "selftest"], worker: "/nowhere/bench-worker")] {
            report.origin = origin
            let path = folder.path + "/report.json"
            try ResultFile.write(report, to: path)
            let text = try String(contentsOfFile: path, encoding: .utf8)
            #expect(schema.problems(of: try StrictJSON.parse(text)) == [])
            #expect(try JSONDecoder().decode(SelfTestReport.self, from: Data(text.utf8)) == report)
        }
        // The path of a program is the machine's.
        #expect(report.origin?.command == ["bench", "selftest"])
    }

    private static func report(_ verdicts: [SelfTestReport.Verdict]) -> SelfTestReport {
        SelfTestReport(
            rows: verdicts.map {
                SelfTestReport.Row(
                    check: "c",
                    system: "s",
                    expectation: "e",
                    observed: "o",
                    reasons: [],
                    verdict: $0,
                    seconds: 1.5,
                    attempts: 1,
                    noise: []
                )
            }
        )
    }

    static func result(broken: [String: Double], saying reason: String = "") -> RunResult {
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
        result.thresholds = broken.map { metric, value in
            GateRow(
                profile: "selftest",
                metric: metric,
                expression: "== 0",
                limit: 0,
                unit: .count,
                observed: value,
                verdict: .fail,
                level: .error,
                source: .profile,
                reason: "\(metric) is too much"
            )
        }
        if !reason.isEmpty { result.validity.reasons = [reason] }
        return result
    }
}
