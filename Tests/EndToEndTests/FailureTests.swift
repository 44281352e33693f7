import FoundationEssentials
import Glibc
import Platform
import TestSupport
import Testing

/// What goes wrong, and what a user then sees.
struct FailureTests {
    @Test func killingTheWorkerEndsTheRunWithStatusFive() throws {
        try killing("bench-worker", says: "the worker")
    }

    @Test func killingTheSinkEndsTheRunWithStatusFive() throws {
        try killing("bench-sink", says: "the sink")
    }

    /// Kills one process of a run and checks that the run ends, says why, and leaves nothing behind.
    private func killing(_ program: String, says role: String) throws {
        let folder = try TemporaryDirectory()
        let bench = try ToolRun("bench", long(folder))
        #expect(try bench.awaitErrorLine(containing: "main"))
        let children = ProcessTable.children(of: bench.processID)
        let victim = try #require(ProcessTable.children(of: bench.processID, running: program).first)
        #expect(children.count == 2)
        #expect(kill(victim, 9) == 0)
        let result = try bench.finish()
        #expect(result.exit == .status(5))
        #expect(result.errors.contains("\(role) (process \(victim)) was killed by signal 9"))
        #expect(children.allSatisfy { !ProcessTable.isAlive($0) })
        #expect(try resultFiles(folder).isEmpty)
    }

    @Test func killingBenchLeavesNothingRunning() throws {
        let folder = try TemporaryDirectory()
        let bench = try ToolRun("bench", long(folder))
        #expect(try bench.awaitErrorLine(containing: "main"))
        let children = ProcessTable.children(of: bench.processID)
        #expect(children.count == 2)
        bench.signal(9)
        #expect(Waiting.until { children.allSatisfy { !ProcessTable.isAlive($0) } })
    }

    @Test func anInterruptWritesAPartialResult() throws {
        let folder = try TemporaryDirectory()
        let bench = try ToolRun("bench", long(folder))
        #expect(try bench.awaitErrorLine(containing: "main"))
        let children = ProcessTable.children(of: bench.processID)
        bench.signal(2)
        let result = try bench.finish()
        #expect(result.exit == .status(130))
        #expect(result.output.hasPrefix("INTERRUPTED"))
        let name = try #require(try resultFiles(folder).first)
        let text = try String(contentsOf: URL(filePath: folder.path + "/" + name), encoding: .utf8)
        #expect(text.contains("\"partial\" : true") && text.contains("\"outcome\" : \"interrupted\""))
        #expect(children.allSatisfy { !ProcessTable.isAlive($0) })
    }

    @Test func aFolderThatTakesNoResultsIsNoticedBeforeTheRun() throws {
        // A pseudo file system is read-only for everybody, root included.
        let result = try ToolRun.run("bench", ["--profile", "smoke", "--out", "/proc/results"])
        #expect(result.exit == .status(2))
        #expect(result.errors.contains("/proc/results") && result.errors.contains("--out"))
        #expect(!result.errors.contains("main 1/1"))
    }

    @Test func aMisspeltKeyIsNamedWithTheRightOne() throws {
        let folder = try TemporaryDirectory()
        let path = folder.path + "/mine.json"
        let text = #"{"name": "mine", "phasess": [{"name": "main", "shape": "idle", "duration": "1s"}]}"#
        try Data(text.utf8).write(to: URL(filePath: path))
        let result = try ToolRun.run("bench", ["--profile", path, "--out", folder.path])
        #expect(result.exit == .status(2))
        #expect(result.errors.contains("\"phasess\"") && result.errors.contains("no \"phases\""))
    }

    @Test(arguments: [
        (["--profile", "sustained", "--set", "system.batch_size=0"], ["system.batch_size", "0", "not positive"]),
        (
            ["--profile", "sustained", "--set", "system.batchsize=1"],
            ["profile sustained: ", "system.batchsize", "did you mean \"batch_size\"?"]
        ),
        (
            ["--profile", "sustained", "--set", "system.flush_interval=fast"],
            ["system.flush_interval", "fast", "250ms"]
        ),
        (["--profile", "nope"], ["no profile 'nope'", "sustained"]),
        (["--profile", "sustaned"], ["Did you mean 'sustained'?"]),
        (["--profil", "sustained"], ["Unknown option '--profil'", "'--profile'"]),
        (["--rate", "ten"], ["ten", "--rate", "10/s"]),
        (["--endpoint", "localhost:4318"], ["localhost:4318", "http://"]),
        (["--endpoint", "ftp://x"], ["the scheme \"ftp\" is not supported; use http:// or https://"]),
        (["--rate", "1e12/s"], ["it has an exponent; write the number out"]),
        (["--duration", "0s"], ["at least 1 ns"]),
        (["--set", "thresholds.lag.p50=< 50"], ["needs a unit; for example \"< 50us\""]),
        (["--endpoint", "https://"], ["'https://'", "host", "https://host:port/path"]),
        (["--endpoint", "https://localhost:0"], ["https://localhost:0", "not a port"]),
        (["--endpoint", "https://localhost/v1/logs"], ["adds /v1/logs itself", "pass https://localhost"]),
        (["--endpoint", "http://127.0.0.1:9/v1/logs"], ["adds /v1/logs itself", "pass http://127.0.0.1:9"]),
        (["--profile", "nowhere.json"], ["there is no profile file 'nowhere.json'"]),
        (["--set", "system.queue_limit=100"], ["system.batch_size", "raise queue_limit"]),
        (["--worker", "/nowhere/worker"], ["/nowhere/worker", "no such file"]),
        (["--repeat", "0"], ["--repeat", "1 to 1000"]),
        (["--set", "thresholds.losst=== 0"], ["losst", "did you mean \"lost\"?"]),
        (["smoke"], ["smoke"]),
    ])
    func mistakesGetAMessageToActOn(arguments: [String], expected: [String]) throws {
        let folder = try TemporaryDirectory()
        let result = try ToolRun.run("bench", arguments + ["--out", folder.path])
        #expect(result.exit == .status(2), "\(result.errors)")
        #expect(result.output.isEmpty)
        for text in expected { #expect(result.errors.contains(text), "\(result.errors)") }
    }

    @Test(arguments: [
        ("echo not json; cat >/dev/null", "broke the protocol"),
        ("echo '{\"type\":\"ready\"}'; cat >/dev/null", "broke the protocol"),
        ("cat", "type: \"configure\" has no meaning there"),
        ("echo last words >&2; exit 7", "ended with status 7"),
        ("echo '{\"type\":\"failed\",\"kind\":\"internal\",\"message\":\"no luck\"}'", "no luck"),
    ])
    func aWorkerThatMisbehavesEndsTheRun(script: String, message: String) throws {
        let folder = try TemporaryDirectory()
        let worker = try folder.writeExecutable("#!/bin/sh\n\(script)\n", to: "worker")
        let result = try ToolRun.run(
            "bench",
            ["--profile", "smoke", "--out", folder.path + "/out", "--worker", worker]
        )
        #expect(result.exit == .status(5))
        #expect(result.errors.contains(message), "\(result.errors)")
    }

    private func long(_ folder: TemporaryDirectory) -> [String] {
        ["--profile", "smoke", "--duration", "5m", "--out", folder.path]
    }

    private func resultFiles(_ folder: TemporaryDirectory) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".json") }
    }
}
