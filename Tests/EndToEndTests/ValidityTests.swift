import FoundationEssentials
import Platform
import Results
import TestSupport
import Testing

/// Whether a disturbed run says so, with real processes beside it.
@Suite(.serialized) struct ValidityTests {
    private static let strict = ["BENCH_SET": "validity.policy=invalid"]

    @Test("Beside processes that take every processor a run is invalid, not failed, and names them")
    func hogs() throws {
        let folder = try TemporaryDirectory()
        let hogs = try Hogs(count: 2 * max(1, Host.usableProcessors() ?? 1))
        defer { hogs.end() }
        let run = try ToolRun.run(
            "bench",
            ["--profile", "sustained", "--duration", "2s", "--out", folder.path],
            environment: Self.strict
        )
        let stolen = hogs.end()
        let result = try onlyResult(in: folder)
        #expect(result.verdict != .fail, "\(run.output)")
        #expect(result.repetitions.first?.counters?.accepted == result.repetitions.first?.ledger?.distinct)
        // Where the hogs got little, as in a container with a small quota, there is nothing to find.
        let checks = try #require(result.validity.checks)
        guard stolen > 0.5, let others = checks.first(where: { $0.name == "other_cpu_percent" }) else { return }
        #expect(result.verdict == .invalid && run.exit == .status(3), "\(run.output)")
        #expect(others.verdict == .fail, "\(others)")
        #expect(others.sentence.contains("other processes on this host took"))
        #expect(result.validity.reasons.contains(others.sentence))
        #expect(run.output.hasPrefix("INVALID") && run.output.contains("other processes on this host took"))
    }

    @Test("Who only wants to know gets a warning and a verdict")
    func warningsOnly() throws {
        let folder = try TemporaryDirectory()
        let limits = ["steal_percent", "other_cpu_percent", "run_queue_wait_percent", "lag_p99", "throttled_percent"]
        let run = try ToolRun.run(
            "bench",
            ["--profile", "smoke", "--duration", "1s", "--out", folder.path]
                + ["--set", "thresholds.delivered_per_s=> 0", "--set", "validity.policy=warning"]
                + ["--set", "validity.sink_thread_percent=< 0%"]
                + limits.flatMap { ["--set", "validity.\($0)=off"] }
        )
        #expect(run.exit == .status(0), "\(run.output)\n\(run.errors)")
        let result = try onlyResult(in: folder)
        let checks = try #require(result.validity.checks)
        #expect(checks.allSatisfy { !limits.contains($0.name) })
        // Below zero is nothing: the limit is broken wherever the sink's threads can be seen.
        guard let sink = checks.first(where: { $0.name == "sink_thread_percent" }) else { return }
        #expect(sink.verdict == .warning && result.warnings.contains(sink.sentence))
        #expect(result.validity.isValid)
    }

    @Test("Calibration stands in the result, and leaves the run's account alone")
    func calibration() throws {
        let folder = try TemporaryDirectory()
        let run = try ToolRun.run("bench", ["--profile", "smoke", "--duration", "300ms", "--out", folder.path])
        let result = try onlyResult(in: folder)
        let calibration = try #require(result.calibration, "\(run.errors)")
        #expect(try #require(calibration.nullOperationNanoseconds) > 0)
        #expect(try #require(calibration.sinkEchoNanoseconds) > 0)
        #expect(try #require(calibration.sinkItemsPerSecond) > 0)
        #expect(try #require(calibration.memoryBytesPerSecond) > 0)
        #expect(try #require(calibration.spinGapMaximumNanoseconds) >= #require(calibration.spinGapP99Nanoseconds))
        #expect(result.repetitions.first?.ledger?.foreign == 0)
        #expect(result.repetitions.first?.ledger?.malformedRequests == 0)
        #expect(run.output.contains("CALIBRATION") && run.output.contains("null operation"))
    }

    @Test("What /proc does not show is absent, and the run goes on", .enabled(if: isolates, "no namespaces here"))
    func restrictedProc() throws {
        let preparation =
            "for file in stat vmstat loadavg meminfo cpuinfo net/tcp; do mount --bind /dev/null /proc/$file; done"
        let folder = try TemporaryDirectory()
        let script = preparation + "; exec \"$@\""
        let run = try ToolRun(
            command: Self.namespace + ["sh", "-ec", script, "sh", BuiltExecutable.path("bench")]
                + ["--profile", "smoke", "--duration", "1s", "--out", folder.path]
                + ["--set", "thresholds.delivered_per_s=> 0"]
        ).finish()
        #expect(run.exit == .status(0), "\(run.output)\n\(run.errors)")
        let result = try onlyResult(in: folder)
        let noise = try #require(result.repetitions.first?.host)
        #expect(noise.stealPercent == nil && noise.otherCPUPercent == nil && noise.swappedBytes == nil)
        #expect(noise.workerCPUPercent != nil && noise.benchCPUPercent != nil)
        let names = try #require(result.validity.checks).map(\.name)
        #expect(names.contains("clock_step"))
        #expect(!names.contains("steal_percent") && !names.contains("other_cpu_percent"))
        #expect(result.environment.cpuModel == nil && result.environment.loadAverage1m == nil)
        #expect(result.repetitions.first?.ledger?.distinct == 500)
    }

    @Test("Without /proc at all nothing runs, and bench says why", .enabled(if: isolates, "no namespaces here"))
    func noProc() throws {
        let script = "mount -t tmpfs none /proc; exec \"$@\""
        let run = try ToolRun(
            command: Self.namespace + ["sh", "-ec", script, "sh", BuiltExecutable.path("bench"), "--profile", "smoke"]
        ).finish()
        #expect(run.exit == .status(5) && run.output.isEmpty)
        #expect(run.errors.contains("/proc/self/cmdline is not there; mount /proc"), "\(run.errors)")
    }

    /// Lets a process have its own idea of `/proc`.
    private static let namespace = ["unshare", "--user", "--map-root-user", "--mount"]

    private static let isolates =
        (try? ToolRun(command: namespace + ["mount", "-t", "tmpfs", "none", "/proc"]).finish())?.exit == .status(0)

    @Test("A limit that is none is refused before anything runs")
    func mistakes() throws {
        let run = try ToolRun.run("bench", ["--profile", "smoke", "--set", "validity.lag=< 5ms"])
        #expect(run.exit == .status(2))
        #expect(run.errors.contains("unknown key \"lag\" in validity"), "\(run.errors)")
    }

    private func onlyResult(in folder: TemporaryDirectory) throws -> RunResult {
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".json") }
        let name = try #require(files.count == 1 ? files.first : nil, "one result, not \(files)")
        return try ResultReader.read(folder.path + "/" + name)
    }
}

/// Processes that do nothing but use processors; they end by themselves after 30 seconds of processor time each.
private final class Hogs {
    private var processes: [ChildProcess] = []
    private let start = MonotonicClock.now()
    private var used: Double?

    init(count: Int) throws {
        for _ in 0..<count {
            processes.append(
                try ChildProcess.start(
                    executable: "/bin/sh",
                    arguments: ["-c", "ulimit -t 30; while :; do :; done"],
                    standardInput: .null,
                    standardError: .null
                )
            )
        }
    }

    /// Ends them.
    ///
    /// - Returns: how much of the usable processors' time they had.
    @discardableResult
    func end() -> Double {
        if let used { return used }
        let cpu = processes.compactMap { CPUClock.process($0.processID) }.reduce(0, +)
        let wall = MonotonicClock.now() - start
        for process in processes {
            process.kill(Signals.kill)
            _ = process.wait(deadline: MonotonicClock.deadline(after: 5_000_000_000))
        }
        let share = Double(cpu) / Double(wall) / Double(max(1, Host.usableProcessors() ?? 1))
        used = share
        return share
    }
}
