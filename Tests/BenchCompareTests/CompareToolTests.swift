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
        #expect(run.output.hasPrefix("PASS  3 of 3 gates hold · 1 result\n"))
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
        #expect(row == "  ✗  delivered_per_s  >= 900     850/s  -50/s (-6 %)  10,000", "\(row)")
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

    @Test("A result without the metric: status 2 and its name")
    func aMissingMetric() throws {
        let folder = try Folder()
        var edited = result()
        edited.summary["delivered_per_s"] = nil
        let path = try folder.write(edited)
        let run = Tool.run([path])
        #expect(run.status == .usage)
        #expect(run.error == "Error: \(path): the summary of the result has no delivered_per_s\n")
        #expect(run.output.hasSuffix("\nverdict=ERROR exit=2 gates=3 failed=0 missing=1\n"))

        edited = result()
        edited.repetitions[0].phases[0].rates.deliveredPerSecond = nil
        let other = Tool.run([try folder.write(edited)])
        #expect(other.status == .usage)
        #expect(other.error.contains("the result has no delivered_per_s: it was not measured"))
    }

    @Test("Too few samples for a gated percentile: status 2")
    func noSamples() throws {
        let folder = try Folder()
        let thresholds = try folder.thresholds([("sustained", "flush_latency.p99", "< 1s", nil)])
        let run = Tool.run([try folder.write(result()), "--thresholds", thresholds])
        #expect(run.status == .usage)
        #expect(run.error.contains("the result has no flush_latency.p99: there are no samples of flush_latency"))
    }

    @Test("The thresholds file is judged together with the thresholds of the profile")
    func thresholdsFile() throws {
        let folder = try Folder()
        let thresholds = try folder.thresholds(
            [("sus*", "service_time.p50", "< 1ns", nil), ("sustained", "service_time.p90", "< 1ns", "warn")]
        )
        let run = Tool.run([try folder.write(result()), "--thresholds=\(thresholds)"])
        #expect(run.status == .gateFailed)
        #expect(run.output.hasPrefix("FAIL  1 of 5 gates broken · 1 result, thresholds from \(thresholds)\n"))
        let rows = run.output.split(separator: "\n").filter {
            $0.hasPrefix("  ✗") || $0.hasPrefix("  !") || $0.hasPrefix("  ✓")
        }
        #expect(rows.count == 5)
        #expect(rows[0].contains("service_time.p50") && rows[0].hasSuffix("thresholds"))
        #expect(rows[1].contains("service_time.p90") && rows[1].hasSuffix("thresholds, warn"))
        #expect(rows[2].hasSuffix("profile"))
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
        #expect(run.output.contains("FAIL  1 of 6 gates broken · 2 results"))
        let rows = run.output.split(separator: "\n").filter { $0.hasPrefix("  ✗") || $0.hasPrefix("  ✓") }
        #expect(rows[0].hasPrefix("  ✗  burst      lost"), "\(rows[0])")
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
        #expect(compared.output.hasPrefix("NO-VERDICT  "))
        #expect(compared.output.contains("verdict=NO-VERDICT exit=3 "))
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
        #expect(report["report_version"] == .integer(1))
        #expect(report["verdict"] == .string("PASS"))
        #expect(report["exit_status"] == .integer(0))
        guard case .array(let rows) = report["rows"] else {
            Issue.record("no rows")
            return
        }
        #expect(rows.count == 3)
        #expect(rows[0]["path"] == .string(path))
        #expect(rows[0]["gate"]?["metric"] == .string("delivered_per_s"))
        #expect(rows[0]["gate"]?["limit"] == .integer(900))
        let decoded = try JSONDecoder().decode(GateReport.self, from: Data(run.output.utf8))
        #expect(decoded.verdict == .pass)
    }

    @Test func theReportInAFile() throws {
        let folder = try Folder()
        let path = try folder.write(result())
        let file = folder.path + "/report.txt"
        let run = Tool.run([path, "-o", file], terminal: .init(isTTY: true, columns: 80, environment: [:]))
        #expect(run.status == .pass)
        #expect(run.output == "verdict=PASS exit=0 gates=3 failed=0\n")
        let text = try String(contentsOfFile: file, encoding: .utf8)
        #expect(text.hasPrefix("PASS  3 of 3 gates hold"))
        #expect(!text.contains("\u{1B}"))
        let refused = Tool.run([path, "--output", "/nowhere/x/report.txt"])
        #expect(refused.status == .usage)
        #expect(refused.error == "Error: /nowhere/x/report.txt cannot be written: no such file or folder\n")
    }

    @Test("A report that cannot be delivered is no pass")
    func closedOutput() throws {
        let folder = try Folder()
        let path = try folder.write(result())
        let tool = CompareTool(
            terminal: Terminal(isTTY: false, columns: nil, environment: [:]),
            defaultThresholds: "/nowhere",
            writeOutput: { _ in false },
            writeError: { _ in true }
        )
        #expect(tool.run([path]) == .internalError)
    }

    // MARK: - Command line

    @Test(
        arguments: [
            (["--baseline", "x", "y"], "Error: Unknown option '--baseline'\n"),
            (["--treshold", "x"], "Error: Unknown option '--treshold'. Did you mean '--thresholds'?\n"),
            ([], "Error: Missing expected argument '<result> ...'\n"),
            (["x", "--thresholds"], "Error: Missing value for '--thresholds <file>'\n"),
            (
                ["x", "--format", "xml"],
                "Error: The value 'xml' is invalid for '--format <format>'. Please provide one of 'table' or 'json'\n"
            ),
        ]
    )
    func usageErrors(words: [String], message: String) {
        let run = Tool.run(words)
        #expect(run.status == .usage)
        #expect(run.output == "")
        #expect(run.error.hasPrefix(message), "\(run.error)")
        #expect(run.error.contains("Usage: bench-compare [<options>] [<result> ...]\n"))
        #expect(run.error.hasSuffix("  See 'bench-compare --help' for more information.\n"))
    }

    @Test("Limits on delivery that nobody could judge cost the verdict, unless that is allowed")
    func unverifiedDelivery() throws {
        let folder = try Folder()
        var unproved = result()
        unproved.delivery = .unverified
        let path = try folder.write(unproved)
        let list = try folder.thresholds([("sustained", "achieved_per_s", "> 0", nil)])
        #expect(Tool.run([path, "--thresholds", list]).status == .noVerdict)
        let allowed = Tool.run([path, "--thresholds", list, "--allow-unverified"])
        #expect(allowed.status == .pass, "\(allowed.output)\(allowed.error)")

        // What the run was allowed goes for the limits it carries, not for those of a file.
        unproved.allowsUnverified = true
        let permitted = try folder.write(unproved)
        #expect(Tool.run([permitted, "--thresholds", list]).status == .pass)
        let strict = try folder.thresholds([("sustained", "lost", "== 0", "error"), ("*", "unaccounted", "== 0", nil)])
        #expect(Tool.run([permitted, "--thresholds", strict]).status == .noVerdict)
    }

    @Test("Several results of a profile: rows name the file, and a file given twice counts once")
    func severalResultsOfAProfile() throws {
        let folder = try Folder()
        var slow = result()
        slow.summary["delivered_per_s"] = 850
        let (first, second) = (try folder.write(result()), try folder.write(slow))
        let run = Tool.run([first, second, folder.path + "/./0.json"])
        #expect(run.status == .gateFailed)
        #expect(run.output.contains("✗  sustained (1.json)"), "\(run.output)")
        #expect(run.output.contains("sustained (1.json): delivered_per_s is 850/s"))
        #expect(run.output.contains("note: \(folder.path)/./0.json was given more than"))
        #expect(run.output.hasSuffix("gates=6 failed=1\n"))
        #expect(!Tool.run([first]).output.contains("(0.json)"))
    }

    @Test("A warning is counted in the last line, and looks unlike what is only for information")
    func warningsAreCounted() throws {
        let folder = try Folder()
        let path = try folder.write(result())
        let list = try folder.thresholds([
            ("sustained", "attempted", "== 1", "warn"), ("sustained", "accepted", "== 1", "info"),
        ])
        let run = Tool.run([path, "--thresholds", list])
        #expect(run.status == .pass)
        #expect(run.output.contains("!  attempted") && run.output.contains("i  accepted"), "\(run.output)")
        #expect(run.output.hasSuffix("failed=0 warned=1\n"))
    }

    @Test func help() {
        let run = Tool.run(["--help"], terminal: Terminal(isTTY: false, columns: nil, environment: ["COLUMNS": "100"]))
        #expect(run.status == .pass)
        #expect(
            run.output == """
                OVERVIEW: Judge results by the limits of their profiles and of a thresholds file.

                USAGE: bench-compare [<options>] [<result> ...]

                ARGUMENTS:
                  <result>                Result files that bench wrote.

                OPTIONS:
                  --thresholds <file>     Thresholds file; every gate in it must select a result. Without the option
                                          profiles/thresholds.json is used where it exists, and gates for other
                                          profiles are only noted.
                  --allow-unselected      Note gates that select none of the results instead of refusing them.
                  --allow-unverified      Judge results without the limits on delivery where no ledger proved it
                                          (otherwise: no verdict).
                  --format <format>       Form of the report. (values: table, json; default: table)
                  -o, --output <file>     Write the report to a file instead of standard output.
                  --no-color              Use no colours; NO_COLOR in the environment does the same.
                  --list-metrics          List the metrics that limits can name, and stop.
                  --version               Show the version.
                  -h, --help              Show help information.

                EXIT STATUSES:
                  0                       pass
                  1                       a gate failed: a budget is broken
                  2                       usage error, an invalid result or thresholds file, or a gated metric that
                                          a result lacks
                  3                       no verdict: a run is invalid, delivery is unverified, or there was nothing
                                          to judge
                  5                       internal error: the report cannot be written
                  130                     interrupted

                """
        )
    }

    @Test func versionAndMetrics() {
        #expect(Tool.run(["--version"]).output == "\(ToolVersion.current)\n")
        let list = Tool.run(["--list-metrics"])
        #expect(list.status == .pass)
        #expect(list.output.contains("flush_latency.p99_9"))
        #expect(list.output.split(separator: "\n").count == MetricCatalogue.all.count + 1)
    }

    // MARK: - Samples

    /// A run of 10,000 events in 10 s that keeps its three thresholds.
    private func result(profile: String = "sustained") -> RunResult {
        let load = PhaseLoad.balanced(
            accepted: 10_000,
            rejected: 0,
            delivered: 10_000,
            duplicated: 0,
            foreign: 0,
            droppedByReason: [:],
            queued: 0
        )
        let phase = PhaseResult(
            name: "main",
            shape: "burst",
            durationSeconds: 10,
            completionSeconds: 10,
            load: load,
            rates: PhaseRates(offeredPerSecond: 1_000, load: load, durationSeconds: 10, completionSeconds: 10),
            latency: PhaseLatency(
                serviceTime: LatencySummary(HistogramSnapshot(recording: (1...200).map { UInt64($0) }))
            )
        )
        var result = RunResult(
            tool: ToolIdentity(name: "bench", version: "0.1.0"),
            runID: "run",
            profile: profile,
            startedAt: "2026-11-20T22:48:55Z",
            endedAt: "2026-11-20T22:49:05Z",
            outcome: .completed,
            verdict: .noVerdict,
            exitStatus: .noVerdict,
            delivery: .verified,
            environment: RunEnvironment(swiftVersion: "6.3.1", buildConfiguration: "release"),
            system: SystemIdentity(name: "telemetry"),
            plan: PlanSummary(hash: "0", seed: 1, producers: 1),
            repetitions: [Repetition(index: 0, phases: [phase])]
        )
        let thresholds = [("delivered_per_s", ">= 900"), ("lost", "== 0"), ("duplicated", "== 0")]
        do {
            result.judge(by: try Gate.gates(ofProfile: profile, thresholds: thresholds))
        } catch {
            Issue.record(error)
        }
        return result
    }
}

/// One run of the tool in this process.
private struct Tool {
    var status: HarnessCore.ExitStatus
    var output: String
    var error: String

    static func run(
        _ words: [String],
        terminal: Terminal = Terminal(isTTY: false, columns: nil, environment: [:]),
        defaultThresholds: String = "/nowhere/thresholds.json"
    ) -> Tool {
        var (output, error) = ("", "")
        let tool = CompareTool(
            terminal: terminal,
            defaultThresholds: defaultThresholds,
            writeOutput: { text in
                output += text
                return true
            },
            writeError: { text in
                error += text
                return true
            }
        )
        let status = tool.run(words)
        return Tool(status: status, output: output, error: error)
    }
}

/// A folder of its own for one test, removed with it.
private final class Folder {
    let path: String
    private var count = 0

    init() throws {
        path = FileManager.default.temporaryDirectory.appending(path: "compare-\(UUID().uuidString)").path()
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    func write(_ result: RunResult) throws -> String {
        let file = "\(path)/\(count).json"
        count += 1
        try ResultWriter(directory: path).write(result, to: file)
        return file
    }

    func thresholds(_ gates: [(profile: String, metric: String, budget: String, level: String?)]) throws -> String {
        let entries = gates.map { gate in
            let level = gate.level.map { ", \"level\": \"\($0)\"" } ?? ""
            return
                "{\"profile\": \"\(gate.profile)\", \"metric\": \"\(gate.metric)\", \"budget\": \"\(gate.budget)\"\(level)}"
        }
        let file = path + "/thresholds.json"
        try "{\"version\": 1, \"gates\": [\(entries.joined(separator: ",\n"))]}"
            .write(toFile: file, atomically: true, encoding: .utf8)
        return file
    }
}
