import CommandLineKit
import Foundation
import HarnessCore
import Measurement
import Results
import Testing

@testable import bench_compare

struct CompareToolTests {
    // MARK: - Judging

    @Test func aPassEndsWithStatus0() throws {
        let folder = try Folder()
        let path = try folder.write(result())
        let run = Tool.run([path])
        #expect(run.status == .pass)
        #expect(run.error == "")
        #expect(run.output.hasPrefix("PASS  3 of 3 gates hold · 1 result\n"), "\(run.output)")
        #expect(run.output.hasSuffix("\nverdict=PASS exit=0 gates=3 failed=0\n"))
    }

    @Test("A result edited to miss a threshold: status 1, and the row shows limit, observed value and margin")
    func anEditedResult() throws {
        let folder = try Folder()
        var edited = result()
        edited.summary["delivered_per_s"] = 850
        let run = Tool.run([try folder.write(edited)])
        #expect(run.status == .gateFailed)
        let row = try #require(run.output.split(separator: "\n").first { $0.contains("✗") })
        let words = row.split(separator: " ").joined(separator: " ")
        #expect(words == "✗ delivered_per_s 850/s >= 900 -50/s (-6 %) 10,000 failed", "\(words)")
        #expect(run.output.hasSuffix("\nverdict=FAIL exit=1 gates=3 failed=1\n"))
    }

    @Test("A figure edited inside a repetition counts as well")
    func anEditedRepetition() throws {
        let folder = try Folder()
        var edited = result()
        edited.repetitions[0].phases[0].load.lost = 3
        let run = Tool.run([try folder.write(edited)])
        #expect(run.status == .gateFailed)
        #expect(run.output.contains("lost is 3, the limit is == 0; the summary says 0 and the repetitions 3"))
    }

    @Test("A result without the metric: status 1 and its name")
    func aMissingMetric() throws {
        let folder = try Folder()
        var edited = result()
        edited.summary["delivered_per_s"] = nil
        let path = try folder.write(edited)
        let run = Tool.run([path])
        #expect(run.status == .gateFailed)
        #expect(run.error == "")
        #expect(run.output.contains("the summary of the result has no delivered_per_s"), "\(run.output)")
        #expect(run.output.hasSuffix("\nverdict=FAIL exit=1 gates=3 failed=1 missing=1\n"))

        edited = result()
        edited.repetitions[0].phases[0].rates.deliveredPerSecond = nil
        let other = Tool.run([try folder.write(edited)])
        #expect(other.status == .gateFailed)
        #expect(other.output.contains("the result has no delivered_per_s: it was not measured"))
    }

    @Test("No samples for a gated percentile: status 1")
    func noSamples() throws {
        let folder = try Folder()
        let thresholds = try folder.thresholds([("sustained", "flush_latency.p99", "< 1s", nil)])
        let run = Tool.run([try folder.write(result()), "--thresholds", thresholds])
        #expect(run.status == .gateFailed)
        #expect(run.output.contains("the result has no flush_latency.p99: there are no samples of flush_latency"))
    }

    @Test("The thresholds file is judged together with the thresholds of the profile")
    func thresholdsFile() throws {
        let folder = try Folder()
        let thresholds = try folder.thresholds(
            [("sus*", "service_time.p50", "< 1ns", nil), ("sustained", "service_time.p90", "< 1ns", "warn")]
        )
        let run = Tool.run([try folder.write(result()), "--thresholds=\(thresholds)"])
        #expect(run.status == .gateFailed)
        #expect(run.output.hasPrefix("FAIL  1 of 5 gates broken"), "\(run.output)")
        let rows = run.output.split(separator: "\n").filter { row in
            ["  ✗", "  !", "  ✓"].contains { row.hasPrefix($0) }
        }
        try #require(rows.count == 5, "\(run.output)")
        #expect(rows[0].contains("service_time.p50"))
        #expect(rows[1].contains("service_time.p90"))
        #expect(run.output.hasSuffix("failed=1 warned=1\n"))
    }

    @Test("A gate that selects nothing is an error, unless it is allowed")
    func gatesThatSelectNothing() throws {
        let folder = try Folder()
        let thresholds = try folder.thresholds([("sustained", "lost", "== 0", nil), ("brust", "lost", "== 0", nil)])
        let path = try folder.write(result())
        let run = Tool.run([path, "--thresholds", thresholds])
        #expect(run.status == .usage)
        #expect(
            run.error == "Error: \(thresholds): gates[1] (profile \"brust\", lost) selects none of the results; "
                + "pass its result too, or allow it with --allow-unselected\n"
        )
        let allowed = Tool.run([path, "--thresholds", thresholds, "--allow-unselected"])
        #expect(allowed.status == .pass)
        #expect(allowed.output.contains("note: 1 of 2 gates in"))
        // Where the lines break depends on how long the path is.
        #expect(allowed.output.split(whereSeparator: \.isWhitespace).joined(separator: " ").contains("results: brust"))
    }

    @Test("The default thresholds file is used where it exists, and gates for other profiles are noted")
    func defaultThresholds() throws {
        let folder = try Folder()
        let thresholds = try folder.thresholds(
            [
                ("sustained", "lost", "== 0", nil), ("sustained", "completion_s", "< 1s", nil),
                ("burst", "lost", "== 0", nil),
            ]
        )
        let run = Tool.run([try folder.write(result())], defaultThresholds: thresholds)
        #expect(run.status == .gateFailed)
        #expect(run.output.contains("completion_s is 10.0 s, the limit is < 1s: 900 % above it"))
        #expect(run.output.contains("note: 1 of 3 gates in"))
        // "lost == 0" stands in the profile and in the file, and is one gate.
        #expect(run.output.hasSuffix("\nverdict=FAIL exit=1 gates=4 failed=1\n"))
    }

    @Test("A phase that does not exist selects nothing")
    func unknownPhase() throws {
        let folder = try Folder()
        let thresholds = folder.path + "/t.json"
        try #"{"version": 1, "gates": [{"profile": "*", "phase": "mian", "metric": "lost", "budget": "== 0"}]}"#
            .write(toFile: thresholds, atomically: true, encoding: .utf8)
        let run = Tool.run([try folder.write(result()), "--thresholds", thresholds])
        #expect(run.status == .usage)
        #expect(run.error.contains("gates[0] (profile \"*\", phase \"mian\", lost) selects none of the results"))
        #expect(run.error.contains("did you mean the phase \"main\"?"), "\(run.error)")
        try #"{"version": 1, "gates": [{"profile": "sustaned", "metric": "lost", "budget": "== 0"}]}"#
            .write(toFile: thresholds, atomically: true, encoding: .utf8)
        let path = try folder.write(result())
        #expect(Tool.run([path, "--thresholds", thresholds]).error.contains("did you mean the profile \"sustained\"?"))
        let noted = Tool.run([path, "--thresholds", thresholds, "--allow-unselected"]).output
        #expect(noted.contains("did you mean the profile \"sustained\"?"), "\(noted)")
    }

    @Test func severalResultsAreJudgedTogether() throws {
        let folder = try Folder()
        var broken = result(profile: "burst")
        broken.summary["lost"] = 4
        let run = Tool.run([try folder.write(result()), try folder.write(broken)])
        #expect(run.status == .gateFailed)
        #expect(run.output.contains("FAIL  1 of 6 gates"))
        #expect(run.output.contains("✗  burst"), "\(run.output)")
    }

    @Test(
        "Runs that cannot be judged end with status 3",
        arguments: ["invalid", "interrupted", "failed", "unverified", "no thresholds"]
    )
    func noVerdict(state: String) throws {
        let folder = try Folder()
        var run = result()
        switch state {
        case "invalid": run.validity = RunValidity(isValid: false, reasons: ["the host stole 12 % of the time"])
        case "interrupted": (run.outcome, run.isPartial) = (.interrupted, true)
        case "failed": run.outcome = .failed
        case "unverified": run.delivery = .unverified
        default: run.thresholds = []
        }
        let compared = Tool.run([try folder.write(run)])
        #expect(compared.status == .noVerdict)
        let verdict = ["unverified", "no thresholds"].contains(state) ? "INCONCLUSIVE" : "INVALID"
        #expect(compared.output.hasPrefix("\(verdict)  "))
        #expect(compared.output.contains("verdict=\(verdict) exit=3 "))
        if state == "invalid" {
            // A folder with a long name breaks the line.
            let words = compared.output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
            #expect(words.contains("! \(folder.path)/0.json: the host stole 12 % of the time"))
        }
        if state == "no thresholds" { #expect(compared.output.contains("note: there was nothing to judge")) }
    }

    @Test("A broken budget outweighs a run that cannot be judged")
    func precedence() throws {
        let folder = try Folder()
        var invalid = result()
        invalid.validity = RunValidity(isValid: false, reasons: ["x"])
        var broken = result()
        broken.summary["lost"] = 1
        #expect(Tool.run([try folder.write(invalid), try folder.write(broken)]).status == .gateFailed)
        invalid.summary["delivered_per_s"] = 1
        #expect(Tool.run([try folder.write(invalid)]).status == .noVerdict)
    }

    // MARK: - Files

    @Test("Every unreadable file is named, with status 2")
    func unreadableFiles() throws {
        let folder = try Folder()
        let other = folder.path + "/other.json"
        try "{\"schema_version\": \"9.0.0\"}".write(toFile: other, atomically: true, encoding: .utf8)
        let run = Tool.run(["/nowhere.json", other, "--thresholds", "/t.json"])
        #expect(run.status == .usage)
        #expect(
            run.error == """
                Error: /nowhere.json cannot be read: no such file or folder
                Error: \(other) has the schema version 9.0.0, and this tool reads 1.0.0; \
                compare with the tool that wrote it, or measure again
                Error: /t.json cannot be read: no such file or folder

                """
        )
        #expect(run.output == "verdict=ERROR exit=2 gates=0 failed=0\n")
    }

    @Test func anUnknownMetricInAStoredThreshold() throws {
        let folder = try Folder()
        var edited = result()
        edited.thresholds[0].metric = "delivered_per_sec"
        let path = try folder.write(edited)
        let run = Tool.run([path])
        #expect(run.status == .usage)
        #expect(
            run.error == "Error: \(path): thresholds[0].metric: \"delivered_per_sec\" is not a known metric; "
                + "did you mean \"delivered_per_s\"?\n"
        )
    }

    @Test func theReportAsJSON() throws {
        let folder = try Folder()
        let path = try folder.write(result())
        let run = Tool.run([path, "--format", "json"])
        #expect(run.status == .pass)
        let report = try StrictJSON.parse(run.output)
        #expect(report["report_version"] == .integer(2))
        #expect(report["verdict"] == .string("PASS"))
        #expect(report["exit_status"] == .integer(0))
        guard case .array(let rows) = report["rows"] else {
            Issue.record("no rows")
            return
        }
        #expect(rows.count == 3)
        #expect(rows[0]["input"] == .string(path))
        #expect(rows[0]["metric"] == .string("delivered_per_s"))
        #expect(rows[0]["budget"] == .integer(900))
        let decoded = try JSONDecoder().decode(ComparisonReport.self, from: Data(run.output.utf8))
        #expect(decoded.verdict == .pass)
    }

    @Test func theReportInAFile() throws {
        let folder = try Folder()
        let path = try folder.write(result())
        let file = folder.path + "/report.txt"
        let run = Tool.run([path, "-o", file], terminal: .init(isTTY: true, columns: 80, environment: [:]))
        #expect(run.status == .pass)
        #expect(run.output.hasSuffix("verdict=PASS exit=0 gates=3 failed=0\n"))
        let text = try String(contentsOfFile: file, encoding: .utf8)
        #expect(text.hasPrefix("PASS  3 of 3 gates hold"))
        #expect(!text.contains("\u{1B}"))
        let refused = Tool.run([path, "--output", "/nowhere/x/report.txt"])
        #expect(refused.status == .internalError)
        #expect(
            refused.error
                == "Error: /nowhere/x/report.txt cannot be written: there is no folder /nowhere/x; make it with mkdir -p /nowhere/x, "
                + "or name another file\n"
        )
    }

    @Test("A report that cannot be delivered is no pass")
    func closedOutput() throws {
        let folder = try Folder()
        let path = try folder.write(result())
        let surroundings = Surroundings(
            terminal: Terminal(isTTY: false, columns: nil, environment: [:]),
            defaultThresholds: "/nowhere",
            writeOutput: { _ in false },
            writeError: { _ in true }
        )
        #expect(CompareTool(surroundings: surroundings).run([path]) == .internalError)
    }
}
