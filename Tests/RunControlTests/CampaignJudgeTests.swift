import HarnessCore
import Testing

@testable import RunControl

/// Every rule of the campaign holds for a healthy run, and each breaks by itself.
struct CampaignJudgeTests {
    private static func healthy() -> CampaignReport.Figures {
        var figures = CampaignReport.Figures(
            accepted: 1000,
            rejected: [:],
            lost: 10,
            dropped: ["items_rejected": 10],
            unaccounted: 0,
            duplicated: 5,
            unanswered: 5,
            struck: 3,
            retryAfterSent: 2,
            retryAfterEarly: 0
        )
        figures.duplicatedByBug = 0
        (figures.healthyP999, figures.faultP999, figures.faultMaximum) = (20_000, 30_000, 900_000)
        (figures.residentGrowth, figures.recoverySeconds) = (1_000_000, 0.5)
        (figures.freshnessBefore, figures.freshnessAfter) = (60_000_000, 70_000_000)
        return figures
    }

    private static func broken(
        overflow: String = "drop",
        isNoisy: Bool = false,
        _ change: (inout CampaignReport.Figures) -> Void
    ) throws -> [String: CampaignReport.Verdict] {
        let faultCase = try #require(CampaignCase.all.first)
        let cell = CampaignCell(faultCase: faultCase, overflow: overflow, encoding: "http/json")
        var figures = healthy()
        change(&figures)
        let rules = CampaignJudge.rules(figures, cell, isNoisy: isNoisy)
        return rules.filter { $0.verdict == .failed || $0.verdict == .noisy }
            .reduce(into: [:]) { $0[$1.name] = $1.verdict }
    }

    @Test func aHealthyRunKeepsEveryRule() throws {
        #expect(try Self.broken { _ in } == [:])
    }

    @Test func eachRuleBreaksByItself() throws {
        #expect(try Self.broken { $0.faultP999 = 6_000_000 } == ["caller": .failed])
        #expect(try Self.broken { $0.faultMaximum = 250_000_000 } == ["caller": .failed])
        #expect(try Self.broken { $0.faultP999 = nil } == ["caller": .failed])
        #expect(try Self.broken { $0.unaccounted = 1 } == ["accounted": .failed])
        #expect(try Self.broken { $0.duplicatedByBug = 1 } == ["duplicates": .failed])
        #expect(try Self.broken { $0.duplicatedByBug = nil } == ["duplicates": .failed])
        #expect(try Self.broken { $0.residentGrowth = 13_000_000 } == ["memory": .failed])
        #expect(try Self.broken { $0.residentGrowth = nil } == ["memory": .failed])
        #expect(try Self.broken { $0.recoverySeconds = 3 } == ["recovery": .failed])
        #expect(try Self.broken { $0.freshnessAfter = 700_000_000 } == ["recovery": .failed])
        #expect(try Self.broken { $0.freshnessAfter = nil } == ["recovery": .failed])
        #expect(try Self.broken { $0.retryAfterEarly = 1 } == ["retry_after": .failed])
        #expect(try Self.broken { $0.struck = 0 } == ["struck": .failed])
    }

    @Test func waitingCallersMayWait() throws {
        #expect(try Self.broken(overflow: "wait") { $0.faultMaximum = 900_000_000 } == [:])
    }

    @Test func whatWasGivenUpMayHaveArrivedIfItsAnswerWasLost() throws {
        #expect(try Self.broken { $0.unaccounted = -5 } == [:])
        #expect(try Self.broken { $0.unaccounted = -6 } == ["accounted": .failed])
    }

    @Test func aNoisyHostExcusesTimesAndNoCounts() throws {
        #expect(try Self.broken(isNoisy: true) { $0.faultP999 = 6_000_000 } == ["caller": .noisy])
        #expect(try Self.broken(isNoisy: true) { $0.unaccounted = 1 } == ["accounted": .failed])
    }

    @Test func everyKindOfFaultIsTried() throws {
        let kinds = try CampaignCase.all.flatMap { try Fault.list(parsing: $0.faults).map(\.action.kind) }
        #expect(Set(kinds) == Set(FaultKind.allCases))
        #expect(CampaignCell.all(of: CampaignCase.all).count == 72)
    }

    @Test func theStatusFollowsFromTheRows() {
        var report = CampaignReport()
        #expect(report.exitStatus == .noVerdict)
        var row = CampaignReport.Row(name: "close", faults: "close", overflow: "drop", encoding: "http/json")
        report.rows = [row]
        #expect(report.exitStatus == .pass)
        row.rules = [CampaignReport.Rule(name: "caller", verdict: .noisy, finding: "")]
        report.rows.append(row)
        #expect(report.exitStatus == .noVerdict)
        row.rules[0].verdict = .failed
        report.rows.append(row)
        #expect(report.exitStatus == .gateFailed)
    }
}
