import Foundation
import HarnessCore
import Platform
import Results
import TestSupport
import Testing

/// Faults in profiles, and the campaign.
@Suite(.serialized) struct FaultRunTests {
    private func campaign(_ arguments: [String]) throws -> (rows: [[String: Any]], exit: ChildProcess.Exit?) {
        let run = try ToolRun("bench", ["campaign", "--json", "--quiet"] + arguments).finish()
        let json = try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any]
        let rows = try #require(json?["rows"] as? [[String: Any]], "\(run.errors)")
        return (rows, run.exit)
    }

    @Test func aCampaignOfOneCaseJudgesEveryRule() throws {
        let (rows, status) = try campaign(["--only", "lost", "--overflow", "drop"])
        #expect(rows.map { $0["protocol"] as? String } == ["http/protobuf", "http/json"])
        // What depends on time may fail on a busy machine; what is counted may not.
        #expect(status != .status(2) && status != .status(5))
        for row in rows {
            let figures = try #require(row["figures"] as? [String: Any], "\(row)")
            #expect((figures["struck"] as? Int ?? 0) > 0)
            #expect((figures["duplicated"] as? Int ?? -1) <= (figures["unanswered_items"] as? Int ?? -1))
            #expect(figures["unaccounted"] as? Int == 0)
            let rules = try #require(row["rules"] as? [[String: Any]])
            #expect(rules.count == 7)
            for rule in rules where ["accounted", "duplicates", "memory", "struck"].contains(rule["name"] as? String) {
                #expect(rule["verdict"] as? String == "passed", "\(rule)")
            }
        }
    }

    @Test func aSystemThatLosesSilentlyFailsTheCampaign() throws {
        let (rows, status) = try campaign(
            ["--only", "half_close", "--overflow", "drop", "--system", "faulty:drop=1/100"]
        )
        #expect(status == .status(1))
        for row in rows {
            let rules = try #require(row["rules"] as? [[String: Any]])
            let broken = rules.filter { $0["verdict"] as? String == "failed" }
            #expect(broken.contains { $0["name"] as? String == "accounted" }, "\(row)")
        }
    }

    @Test func anOutageIsSurvivedAndStandsInTheResult() throws {
        let folder = try TemporaryDirectory()
        let run = try ToolRun(
            "bench",
            ["--profile", "outage", "--quiet", "--json", "--out", folder.path]
                + ["healthy=500ms", "down=1s", "recovery=2s"].flatMap { entry in
                    let parts = entry.split(separator: "=")
                    return ["--set", "phases.\(parts[0]).duration=\(parts[1])"]
                }
        ).finish()
        let result = try ResultReader.decode(Array(run.output.utf8), path: "output")
        let repetition = try #require(result.repetitions.first, "\(run.errors)")
        #expect(result.plan.faults == ["refuse,phase=down"])
        #expect(repetition.faults?.faults.map(\.struck) == [1])
        #expect(repetition.faults?.faults.first?.phase == "down")
        #expect(repetition.counters?.exported == 3500)
        #expect(repetition.ledger?.distinct == 3500)
        #expect(repetition.ledger?.duplicated == 0)
        // What was queued at the end of the outage arrived in the next phase.
        #expect((repetition.phases[1].load.queued ?? 0) >= 900)
        #expect(repetition.phases[2].drainSeconds != nil)
    }

    @Test func mistakesInFaultsAreUsageErrors() throws {
        for (fault, part) in [
            ("close,phase=dwon", "did you mean \"down\"?"), ("stauts=503", "did you mean \"status\"?"),
            ("refuse", "would never end"),
        ] {
            let run = try ToolRun("bench", ["--profile", "outage", "--set", "faults=\(fault)"]).finish()
            #expect(run.exit == .status(2))
            #expect(run.errors.contains(part), "\(run.errors)")
        }
        let run = try ToolRun("bench", ["campaign", "--only", "clsoe"]).finish()
        #expect(run.exit == .status(2))
        #expect(run.errors.contains("did you mean 'close'?"))
    }
}
