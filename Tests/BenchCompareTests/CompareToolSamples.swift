import CommandLineKit
import Foundation
import HarnessCore
import Measurement
import Results
import Testing

@testable import bench_compare

extension CompareToolTests {
    /// A run of 10,000 events in 10 s that keeps its three thresholds.
    func result(profile: String = "sustained") -> RunResult {
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
struct Tool {
    var status: HarnessCore.ExitStatus
    var output: String
    var error: String

    static func run(
        _ words: [String],
        terminal: Terminal = Terminal(isTTY: false, columns: nil, environment: ["LC_ALL": "C.UTF-8"]),
        defaultThresholds: String = "/nowhere/thresholds.json"
    ) -> Tool {
        var (output, error) = ("", "")
        let surroundings = Surroundings(
            terminal: terminal,
            defaultThresholds: defaultThresholds,
            defaultBaselines: "/nowhere",
            writeOutput: { text in
                output += text
                return true
            },
            writeError: { text in
                error += text
                return true
            }
        )
        let status = CompareTool(surroundings: surroundings).run(words)
        return Tool(status: status, output: output, error: error)
    }
}

/// A folder of its own for one test, removed with it.
final class Folder {
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
