import FoundationEssentials
import Platform
import Results
import TestSupport
import Testing

/// `bench ab` with real processes, and `bench-compare` on what it writes.
struct PairsTests {
    private let quick = [
        "--profile", "smoke", "--duration", "300ms", "--quiet", "--set", "thresholds.delivered_per_s=> 0",
    ]

    @Test func twoConfigurationsAreMeasuredInTurn() throws {
        let folder = try TemporaryDirectory()
        let run = try ToolRun.run(
            "bench",
            ["ab", "--pairs", "3", "--out", folder.path, "--candidate-set", "system.name=faulty:slow=2ms"] + quick
        )
        #expect(run.exit == .status(0), "\(run.output)\(run.errors)")
        #expect(run.output.contains("3 pairs"))
        let name = try #require(try FileManager.default.contentsOfDirectory(atPath: folder.path).first)
        #expect(name.hasPrefix("ab-smoke-"))
        let path = folder.path + "/" + name
        guard case .paired(let paired) = try ResultDocument.read(path) else {
            Issue.record("\(name) is no paired result")
            return
        }
        #expect(paired.isComplete && paired.pairs.map(\.first) == [.baseline, .candidate, .baseline])
        let (baseline, candidate) = (paired.baseline, paired.candidate)
        #expect(baseline.result.plan.hash == paired.planHash && candidate.result.plan.hash == paired.planHash)
        #expect(baseline.result.repetitions.count == 3 && candidate.result.repetitions.count == 3)
        let workers = (baseline.result.repetitions + candidate.result.repetitions).compactMap(\.workerPID)
        #expect(Set(workers).count == 6)
        #expect(baseline.worker == candidate.worker && baseline.worker.sdkVersion != nil)
        #expect(try #require(baseline.worker.sizeBytes) > 0)
        #expect(
            candidate.settings == ["system.name=faulty:slow=2ms"] && candidate.result.system.name == "faulty:slow=2ms"
        )
        // Each call takes 2 ms more: on any machine more than twice as long.
        let service = try #require(paired.metrics.first { $0.metric == "service_time.p50" })
        #expect(service.logRatios?.count == 3)
        #expect(try #require(service.minChangePercent) > 100)

        // A short run is not for the limits of the project's own gate.
        let thresholds = folder.path + "/thresholds.json"
        let gates = #"{"version": 1, "gates": [{"profile": "smoke", "metric": "lost", "budget": "== 0"}]}"#
        try Data(gates.utf8).write(to: URL(filePath: thresholds))
        let compare = try ToolRun.run("bench-compare", [path, "--all", "--thresholds", thresholds])
        #expect(compare.exit == .status(0), "\(compare.output)\(compare.errors)")
        #expect(compare.output.contains("service_time.p50"))
        let json = try ToolRun.run("bench-compare", [path, "--thresholds", thresholds, "--format", "json"])
        #expect(json.output.contains("\"design\" : \"paired\""))
    }

    @Test func aDefectOfTheCandidateFails() throws {
        let folder = try TemporaryDirectory()
        let run = try ToolRun.run(
            "bench",
            ["ab", "--pairs", "1", "--out", folder.path, "--candidate-set", "system.name=faulty:drop=1/50"] + quick
        )
        #expect(run.exit == .status(1), "\(run.output)\(run.errors)")
        #expect(run.output.contains("FAIL  candidate"))
        let name = try #require(try FileManager.default.contentsOfDirectory(atPath: folder.path).first)
        #expect(try ToolRun.run("bench-compare", [folder.path + "/" + name]).exit == .status(1))
    }

    @Test(
        "A mistake in either side shows before the first run",
        arguments: [
            (["--candidate-worker", "/nowhere/worker"], "the candidate: cannot start the worker"),
            (["--baseline-worker", "/nowhere/worker"], "the baseline: cannot start the worker"),
            (["--candidate-set", "system.batch_size=zero"], "the candidate: "),
            (["--candidate-set", "system.name=telemetri"], "the candidate: "),
        ]
    )
    func mistakesShowFirst(words: [String], message: String) throws {
        let folder = try TemporaryDirectory()
        // A minute of load on either side would outlast the patience of this test.
        let long = ["ab", "--profile", "smoke", "--duration", "5m", "--quiet", "--out", folder.path]
        let run = try ToolRun.run("bench", long + words)
        #expect(run.exit == .status(2) && run.errors.contains(message), "\(run.output)\(run.errors)")
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
    }

    @Test func sidesWithDifferentPlansAreRefused() throws {
        let run = try ToolRun.run("bench", ["ab", "--candidate-set", "workload.attributes=3"] + quick)
        #expect(run.exit == .status(2) && run.errors.contains("the two sides would do different things"))
        let pairs = try ToolRun.run("bench", ["ab", "--pairs", "0"] + quick)
        #expect(pairs.exit == .status(2))
    }
}
