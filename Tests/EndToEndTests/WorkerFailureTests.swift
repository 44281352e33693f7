import FoundationEssentials
import Platform
import TestSupport
import Testing

/// A worker that misbehaves in each state of the protocol: the run ends with status 5, says who, where and why with the
/// worker's last words, and leaves nothing running.
struct WorkerFailureTests {
    @Test("A worker that ends early", arguments: FakeWorker.State.allCases)
    func ends(state: FakeWorker.State) throws {
        let errors = try run(until: state, then: "exit 7")
        #expect(errors.contains("ended with status 7 while \(state.words)"), "\(errors)")
    }

    @Test("A worker that is killed", arguments: FakeWorker.State.allCases)
    func isKilled(state: FakeWorker.State) throws {
        let errors = try run(until: state, then: "kill -KILL $$")
        #expect(errors.contains("was killed by signal 9 while \(state.words)"), "\(errors)")
    }

    @Test("A worker that hangs", arguments: FakeWorker.State.allCases)
    func hangs(state: FakeWorker.State) throws {
        let errors = try run(until: state, then: "exec sleep 600", patience: "2s")
        let reason =
            state == .quitting ? "it did not end when told to quit" : "it sent nothing in time while \(state.words)"
        #expect(errors.contains("is still running: \(reason)"), "\(errors)")
    }

    @Test(
        "A worker that prints what is no message",
        arguments: FakeWorker.State.allCases.filter { $0 != .quitting }
    )
    func printsGarbage(state: FakeWorker.State) throws {
        let errors = try run(until: state, then: "echo 'Hello, world'; exec cat >/dev/null")
        #expect(errors.contains("it broke the protocol while \(state.words)"), "\(errors)")
        #expect(errors.contains("Hello, world"))
    }

    @Test("A worker that reports each second and gets no further")
    func reportsForever() throws {
        let interval = #"{"type":"interval","phase":0,"elapsed_ns":2000000,"attempted":0,"accepted":0,"rejected":0}"#
        let errors = try run(
            until: .flushing,
            then: "while echo '\(interval)' 2>/dev/null; do sleep 0.1; done",
            patience: "1s"
        )
        #expect(errors.contains("it reports, but gets no further while in phase main"), "\(errors)")
    }

    @Test("Only what was measured leaves a log", arguments: [FakeWorker.State.started, .flushing])
    func logs(state: FakeWorker.State) throws {
        let folder = try TemporaryDirectory()
        _ = try run(until: state, then: "exit 7", in: folder)
        let logs = try FileManager.default.contentsOfDirectory(atPath: folder.path("out")).filter {
            $0.hasSuffix(".jsonl") || $0.hasSuffix(".hlog")
        }
        #expect(logs.count == (state == .flushing ? 2 : 0))
    }

    /// Runs bench with such a worker and returns what it wrote to standard error.
    private func run(
        until state: FakeWorker.State,
        then: String,
        patience: String = "20s",
        in folder: TemporaryDirectory? = nil
    ) throws -> String {
        let folder = try folder ?? TemporaryDirectory()
        let worker = try FakeWorker(in: folder, until: state, then: "echo 'last words' >&2\n" + then)
        let bench = try ToolRun(
            "bench",
            [
                "--profile", "smoke", "--duration", "10ms", "--out", folder.path("out"), "--worker", worker.path,
                "--quiet",
            ],
            environment: ["BENCH_PATIENCE": patience]
        )
        let result = try bench.finish()
        #expect(result.exit == .status(5), "\(result.errors)")
        #expect(result.output.isEmpty)
        #expect(result.errors.contains("the worker (process "))
        #expect(result.errors.contains("    last words"), "\(result.errors)")
        #expect(ProcessTable.running(argument: worker.path).isEmpty)
        return result.errors
    }
}
