import FoundationEssentials
import Glibc
import HarnessCore
import Measurement
import Platform
import Results
import TestSupport
import Testing

/// What is left of a run that was not allowed to end: its log, and what `bench report` makes of it.
struct CrashTests {
    @Test func killingBenchLosesAtMostTheIntervalUnderWay() throws {
        let folder = try TemporaryDirectory()
        let bench = try ToolRun("bench", long(folder))
        let log = try awaitIntervals(2, in: folder)
        let children = ProcessTable.children(of: bench.processID)
        bench.signal(9)
        #expect(try bench.finish().exit == .signal(9))
        #expect(Waiting.until { children.allSatisfy { !ProcessTable.isAlive($0) } })

        let intervals = try lines(of: log, containing: #""type":"interval""#).count
        let report = try ToolRun.run("bench", ["report", log, "--out", folder.path("rebuilt.json")])
        #expect(report.exit == .status(0), "\(report.errors)")
        #expect(report.output.hasPrefix("ERROR  smoke: the run failed"), "\(report.output)")
        #expect(report.output.contains("partial: cut off after "), "\(report.output)")
        #expect(report.output.contains("bench did not end the run: the log stops after"))
        let result = try ResultReader.read(folder.path("rebuilt.json"))
        #expect(result.outcome == .failed && result.isPartial && result.verdict == .error)
        #expect(result.exitStatus == .internalError && !result.validity.isValid)
        #expect(result.system.sdkName == "telemetry-swift")
        #expect(result.thresholds.count > 2 && result.thresholds.allSatisfy { $0.verdict == .notEvaluated })
        let phase = try #require(result.repetitions.first?.phases.first)
        #expect(phase.name == "main" && phase.durationSeconds >= Double(intervals) * 0.9)
        // 500 operations a second, all of them timed; the latencies of an interval are written before its counts.
        #expect(phase.load.attempted >= 500 && phase.load.rejected == 0)
        #expect(try #require(phase.latency.serviceTime).count >= phase.load.attempted)
        #expect(try #require(phase.memory?.rssPeakBytes) > 1_000_000)
        let timeline = try #require(result.repetitions.first?.timeline)
        #expect(timeline.points.reduce(0) { $0 + $1.operations } == phase.load.attempted)
        #expect(timeline.points.allSatisfy { $0.rssBytes != nil && $0.bytesInUse != nil && $0.cpuSeconds != nil })
        #expect(timeline.points.first?.service != nil && timeline.points.first?.queuedItems != nil)
        // What only the end of a phase tells is absent, not zero.
        #expect(phase.load.dropped == nil && phase.load.lost == nil && phase.cpu == nil)
        #expect(try ToolRun.run("bench", ["report", folder.path("rebuilt.json")]).output.hasPrefix("ERROR"))
    }

    @Test func aTornLogIsReadUpToTheTear() throws {
        let folder = try TemporaryDirectory()
        let bench = try ToolRun("bench", long(folder))
        let log = try awaitIntervals(2, in: folder)
        bench.signal(9)
        _ = try bench.finish()
        let whole = try Data(contentsOf: URL(filePath: log))
        try whole.dropLast(20).write(to: URL(filePath: log))
        let report = try ToolRun.run("bench", ["report", log])
        #expect(report.exit == .status(0))
        #expect(report.output.contains("the last line of") && report.output.contains("torn"), "\(report.output)")
        #expect(report.output.contains("LATENCY"))
        // Only the header is whole: bench died before the first phase.
        try whole.prefix(try #require(whole.firstIndex(of: 0x0A)) + 5).write(to: URL(filePath: log))
        let early = try ToolRun.run("bench", ["report", log])
        #expect(early.exit == .status(0))
        #expect(early.output.contains("the log stops before anything was measured"), "\(early.output)")
    }

    @Test("The log of a run that ended gives its result", arguments: [1, 2])
    func aWholeLogIsTheResult(repetitions: Int) throws {
        let folder = try TemporaryDirectory()
        let run = try ToolRun.run(
            "bench",
            ["--profile", "smoke", "--duration", "300ms", "--repeat", "\(repetitions)", "--json", "--quiet"]
                + ["--out", folder.path]
        )
        let log = try #require(try logs(folder).first)
        let report = try ToolRun.run("bench", ["report", log, "--json"])
        #expect(report.exit == .status(0), "\(report.errors)")
        #expect(report.output == run.output)
    }

    @Test("What was measured before the worker or the sink died", arguments: ["bench-worker", "bench-sink"])
    func killing(program: String) throws {
        let folder = try TemporaryDirectory()
        let bench = try ToolRun("bench", long(folder))
        let log = try awaitIntervals(1, in: folder)
        let victim = try #require(ProcessTable.children(of: bench.processID, running: program).first)
        #expect(kill(victim, 9) == 0)
        let result = try bench.finish()
        #expect(result.exit == .status(5))
        #expect(result.errors.contains("What was measured until then: bench report \(log)"), "\(result.errors)")
        let report = try ToolRun.run("bench", ["report", log, "--json"])
        let rebuilt = try ResultReader.decode(Array(report.output.utf8), path: "report")
        #expect(rebuilt.outcome == .failed)
        #expect(rebuilt.validity.reasons.first?.contains("(process \(victim)) was killed by signal 9") == true)
        #expect(rebuilt.repetitions.first?.phases.first?.load.attempted ?? 0 > 0)
    }

    @Test func theSecondInterruptEndsTheRunAtOnce() throws {
        let folder = try TemporaryDirectory()
        // It is told to stop, and does not.
        let worker = try FakeWorker(in: folder, until: .flushing, then: "exec sleep 600")
        let bench = try ToolRun(
            "bench",
            ["--profile", "smoke", "--duration", "5m", "--out", folder.path, "--worker", worker.path]
        )
        let log = try awaitIntervals(1, in: folder)
        bench.signal(2)
        #expect(try bench.awaitErrorLine(containing: "interrupted: finishing in good order"))
        bench.signal(15)
        let result = try bench.finish()
        #expect(result.exit == .status(130))
        #expect(result.errors.contains("interrupted a second time: no result was written"))
        #expect(ProcessTable.running(argument: worker.path).isEmpty)
        let report = try ToolRun.run("bench", ["report", log])
        #expect(report.output.hasPrefix("INTERRUPTED"), "\(report.output)\(report.errors)")
    }

    @Test(arguments: [
        (["report"], ["Missing expected argument"]),
        (["report", "/nowhere/x.jsonl"], ["/nowhere/x.jsonl", "no such file"]),
        (["report", "/nowhere/x.json"], ["/nowhere/x.json", "no such file"]),
        (["report", "Package.swift"], ["Package.swift", "not JSON"]),
        (["report", "x.hlog"], ["latencies alone", "x.jsonl"]),
        (["report", "a.json", "b.json", "--json"], ["'--json' takes one file"]),
        (["report", "a.json", "--metric", "lag"], ["'--metric' needs '--hgrm'"]),
    ])
    func mistakesGetAMessageToActOn(arguments: [String], expected: [String]) throws {
        let result = try ToolRun.run("bench", arguments)
        #expect(result.exit == .status(2), "\(result.output)\(result.errors)")
        for text in expected { #expect(result.errors.contains(text), "\(result.errors)") }
    }

    @Test func percentileTablesAreThoseOfTheResult() throws {
        let folder = try TemporaryDirectory()
        let run = try ToolRun.run("bench", ["--profile", "smoke", "--duration", "300ms", "--out", folder.path, "-q"])
        #expect(run.exit == .status(0), "\(run.errors)")
        let name = try #require(try files(folder).first { $0.hasSuffix(".json") })
        let summary = try #require(try ResultReader.read(name).repetitions.first?.phases.first?.latency.serviceTime)
        let table = try ToolRun.run("bench", ["report", name, "--hgrm", "--metric", "service_time", "--unit", "ns"])
        #expect(table.exit == .status(0), "\(table.errors)")
        let rows = table.output.split(separator: "\n")
        #expect(rows[0] == "       Value     Percentile TotalCount 1/(1-Percentile)")
        let median = try #require(rows.first { $0.contains(" 0.500000000000 ") })
        #expect(Double(median.split(separator: " ")[0]) == summary.p50Nanoseconds.map { Double($0) })
        #expect(rows.last?.hasPrefix("#[Buckets = ") == true)
        let wrong = try ToolRun.run("bench", ["report", name, "--hgrm", "--metric", "servicetime"])
        #expect(wrong.exit == .status(2) && wrong.errors.contains("did you mean 'service_time'?"))
        let phase = try ToolRun.run("bench", ["report", name, "--hgrm", "--phase", "mian"])
        #expect(phase.exit == .status(2) && phase.errors.contains("it has: main"))
    }

    // MARK: - Pieces

    private func long(_ folder: TemporaryDirectory) -> [String] {
        ["--profile", "smoke", "--duration", "5m", "--out", folder.path]
    }

    private func files(_ folder: TemporaryDirectory) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path).map(folder.path(_:))
    }

    private func logs(_ folder: TemporaryDirectory) throws -> [String] {
        try files(folder).filter { $0.hasSuffix(".jsonl") }
    }

    private func lines(of path: String, containing text: String) throws -> [Substring] {
        let content = String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
        return content.split(separator: "\n").filter { $0.contains(text) }
    }

    /// Waits until a log has so many intervals, and returns its path.
    private func awaitIntervals(_ count: Int, in folder: TemporaryDirectory) throws -> String {
        #expect(
            try Waiting.until {
                guard let log = try logs(folder).first else { return false }
                return try lines(of: log, containing: #""type":"interval""#).count >= count
            }
        )
        return try #require(try logs(folder).first)
    }
}
