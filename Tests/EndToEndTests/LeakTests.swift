import FoundationEssentials
import Glibc
import HarnessCore
import Platform
import Results
import TestSupport
import Testing

/// `bench --profile leak-check` with real workers, and cycles short enough for a test.
struct LeakTests {
    /// Ten cycles of 2,003 events, of which six count.
    private static let short = [
        "phases.main.cycles=10", "phases.main.count=2003", "phases.main.flush_every=97", "leak.sessions=8",
        "leak.threads=8", "leak.short_count=503",
    ]

    private static func check(_ settings: [String], in folder: TemporaryDirectory) throws -> ToolRun.Result {
        try ToolRun.run(
            "bench",
            ["--profile", "leak-check", "--out", folder.path, "--quiet"]
                + (short + settings).flatMap { ["--set", $0] }
        )
    }

    /// Which trials there are is the controller's affair; that a healthy system is never called leaking is this test's.
    @Test func aHealthySystemDoesNotLeak() throws {
        let folder = try TemporaryDirectory()
        let run = try Self.check([], in: folder)
        let result = try onlyResult(in: folder)
        let leak = try #require(result.leak, "\(run.errors)")
        #expect(leak.verdict != .leak, "\(leak.sentence)")
        #expect(leak.commands.isEmpty)
        #expect(leak.trials.prefix(2).map(\.name) == ["check", "control"])
        #expect(Set(leak.trials.map(\.name)).isSuperset(of: ["sessions", "threads"]))
        #expect(leak.trials[0].checkpoints.count == 10 && leak.trials[0].itemsPerCycle == 2003)
        #expect(leak.trials[0].flushesPerCycle == 21)
        #expect(leak.trials[0].checkpoints.allSatisfy { $0.bytesInUse != nil })
        #expect(result.repetitions[0].ledger?.foreign == 0)
        #expect(run.exit == .status(leak.verdict == .inconclusive ? 3 : 0), "\(run.output)")
        #expect(run.output.contains("LEAK        \(leak.verdict.word)"), "\(run.output)")
    }

    @Test(arguments: [
        ("leak=512B/event", "item"), ("leak=4KB/flush", "flush"), ("leak=16KB/session", "session"),
        ("leak=16KB/thread", "thread"),
    ])
    func aLeakIsFoundAndNamed(defect: String, unit: String) throws {
        let folder = try TemporaryDirectory()
        let run = try Self.check(["system.name=faulty:\(defect),base=null"], in: folder)
        #expect(run.exit == .status(1), "\(run.output)\(run.errors)")
        let leak = try #require(try onlyResult(in: folder).leak)
        #expect(leak.verdict == .leak)
        #expect(leak.resource == "bytes" && leak.growsPer == unit, "\(leak.sentence)")
        for tool in ["heaptrack ", "valgrind "] { #expect(leak.commands.contains { $0.hasPrefix(tool) }) }
        #expect(run.output.hasPrefix("FAIL  leak-check: leak"))
        // Whoever judges the file again finds the same.
        let judged = try ToolRun.run("bench-compare", [folder.path])
        #expect(judged.exit == .status(1) && judged.output.contains("leaks"), "\(judged.output)")
    }

    /// The lines are pasted into a shell: they are run here as they stand, twice, but for the tools that watch the worker.
    @Test func theLinesForALeakRunAsTheyStandAndAgain() throws {
        let folder = try TemporaryDirectory()
        let run = try Self.check(["system.name=faulty:leak=descriptor/flush,base=null"], in: folder)
        #expect(run.exit == .status(1), "\(run.output)\(run.errors)")
        let leak = try #require(try onlyResult(in: folder).leak)
        #expect(leak.resource == "descriptors" && leak.growsPer == "flush", "\(leak.sentence)")
        #expect(!leak.commands.contains { $0.hasPrefix("heaptrack ") }, "a heap profiler sees no descriptors")
        let worker = try #require(leak.commands.first { $0.hasPrefix("valgrind --tool=none --track-fds=yes ") })
        let start = try #require(worker.firstRange(of: "/")?.lowerBound)
        for _ in 0..<2 {
            for line in [leak.commands[0], String(worker[start...])] {
                let shell = try ToolRun(
                    command: ["/bin/sh", "-c", line],
                    workingDirectory: folder.path
                ).finish()
                #expect(shell.exit == .status(0), "\(line): \(shell.output)\(shell.errors)")
            }
        }
        let keys = leak.commands[0].split(separator: " ").filter { $0.contains("=") }.map { $0.prefix { $0 != "=" } }
        #expect(Set(keys).count == keys.count, "each setting stands there once: \(leak.commands[0])")
    }

    @Test func aWorkerRunsByItselfWithWhatBenchPlanWrites() throws {
        let folder = try TemporaryDirectory()
        let plan = try ToolRun.run(
            "bench",
            ["plan", "--profile", "leak-check", "--worker-input", "http://127.0.0.1:1"]
                + (Self.short + ["system.name=null"]).flatMap { ["--set", $0] }
        )
        #expect(plan.exit == .status(0), "\(plan.errors)")
        let file = try folder.write(Array(plan.output.utf8), to: "input")
        let sink = try BuiltExecutable.path("bench-sink")
        let run = try ToolRun.run("bench-worker", ["--run", file, "--sink", sink])
        #expect(run.exit == .status(0), "\(run.errors)")
        #expect(run.errors.contains("main-10: 2,003 items, "))
        // Port 1 is privileged, and nobody has it.
        let alone = try ToolRun.run("bench-worker", ["--run", file])
        #expect(alone.exit == .status(5))
        #expect(alone.errors.contains("nobody listens at http://127.0.0.1:1"), "\(alone.errors)")
        #expect(alone.errors.contains("connection refused; start a bench-sink there, or pass --sink"))
        for (arguments, message) in [
            (["--run", folder.path("none"), "--sink", sink], "bench plan --worker-input"),
            (["--run", file, "--sink", "/bin/true"], "did not say where it listens"),
            (["--run", file, "--sink"], "--sink names nothing"), (["--run", file, "--x"], "unexpected argument '--x'"),
        ] {
            let mistake = try ToolRun.run("bench-worker", arguments)
            #expect(mistake.exit == .status(2) && mistake.errors.contains(message), "\(mistake.errors)")
        }
    }

    /// Whatever ends a trial is in the result, with what the trials before found.
    @Test func aWorkerThatDiesInATrialLeavesAPartialResult() throws {
        let folder = try TemporaryDirectory()
        let bench = try ToolRun(
            "bench",
            ["--profile", "leak-check", "--out", folder.path]
                + (Self.short + ["system.name=null"]).flatMap { ["--set", $0] }
        )
        #expect(try bench.awaitErrorLine(containing: "control: "))
        // The next worker runs ten cycles of at least 50 ms: it is there to be found.
        let deadline = Waiting.deadline()
        var workers: [Int32] = []
        while workers.isEmpty, MonotonicClock.now() < deadline {
            workers = ProcessTable.children(of: bench.processID, running: "bench-worker")
        }
        #expect(kill(try #require(workers.first), Signals.kill) == 0)
        let run = try bench.finish()
        #expect(run.exit == .status(5), "\(run.output)\(run.errors)")
        #expect(run.errors.contains("was killed by signal 9"), "\(run.errors)")
        #expect(run.output.contains("the check did not come to its end: the trial sessions gave no result: the worker"))
        let result = try onlyResult(in: folder)
        #expect(result.outcome == .failed && result.isPartial && result.verdict == .error)
        let leak = try #require(result.leak)
        #expect(leak.verdict == .inconclusive && leak.trials.map(\.name) == ["check", "control"])
        #expect(result.warnings.contains { $0.contains("was killed by signal 9") })
    }

    @Test(arguments: [
        (["--search"], "a leak check has one load"), (["--producers", "1..3"], "A leak check has one load"),
        (["--set", "phases.main.cycles=8"], "allowed: 10 to 1000"),
        (["--set", "phases.main.cycles=1"], "allowed: 10 to 1000"),
        (["--duration", "3s"], "--set phases.main.count=NUMBER"),
        (["--set", "leak.byte_per_item=3"], "did you mean \"bytes_per_item\"?"),
    ])
    func mistakesAreNamed(arguments: [String], hint: String) throws {
        let run = try ToolRun.run("bench", ["--profile", "leak-check"] + arguments)
        #expect(run.exit == .status(2))
        #expect(run.errors.contains(hint), "\(run.errors)")
    }
}
