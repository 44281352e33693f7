import FoundationEssentials
import Platform
import Results
import TestSupport
import Testing

/// Readers that go away, disks that are full, and a `/proc` that says nothing.
struct OutputTests {
    @Test("A reader that has seen enough is no error")
    func brokenPipes() throws {
        let folder = try TemporaryDirectory()
        let bench = try BuiltExecutable.path("bench")
        let sink = try BuiltExecutable.path("bench-sink")
        let run = try shell(
            "'\(bench)' --profile smoke --set thresholds.delivered_per_s= --duration 100ms --quiet --out '\(folder.path)' 2>err | head -n 1; "
                + "'\(bench)' --help | head -n 1; '\(sink)' --help | head -n 1",
            in: folder
        )
        #expect(run.exit == .status(0))
        #expect(run.output.hasPrefix("PASS") && run.output.split(separator: "\n").count == 3, "\(run.output)")
        // The first writer's own status: its reader ends before it writes a word.
        let status = try shell(
            "{ '\(bench)' --profile smoke --set thresholds.delivered_per_s= --duration 100ms --quiet --out '\(folder.path)'; echo $? >status; } | true",
            in: folder
        )
        #expect(status.exit == .status(0))
        #expect(String(decoding: try folder.read("status"), as: UTF8.self) == "0\n")
    }

    @Test("Output that cannot be written is an error", arguments: ["--help", "report", "run"])
    func fullOutput(what: String) throws {
        let folder = try TemporaryDirectory()
        let bench = try BuiltExecutable.path("bench")
        let words =
            switch what {
            case "report": "report \(try result(in: folder))"
            case "run":
                "--profile smoke --set thresholds.delivered_per_s= --duration 100ms --quiet --out '\(folder.path)'"
            default: what
            }
        let run = try shell("'\(bench)' \(words) >/dev/full", in: folder)
        #expect(run.exit == .status(5))
        #expect(run.errors.contains("cannot write to standard output: no space left on device"), "\(run.errors)")
    }

    /// Files may grow to 4 kB: neither the log nor the result has room.
    @Test func aFullDiskLosesTheFilesAndNotTheRun() throws {
        let folder = try TemporaryDirectory()
        let bench = try BuiltExecutable.path("bench")
        let run = try shell(
            "ulimit -f 8; exec '\(bench)' --profile smoke --duration 1100ms --quiet --out '\(folder.path("out"))'",
            in: folder
        )
        #expect(run.exit == .status(5), "\(run.output)\(run.errors)")
        #expect(run.errors.contains("warning: the interval log is incomplete from here on: write "), "\(run.errors)")
        #expect(run.errors.contains("file too large") && run.errors.contains("the run goes on"))
        #expect(run.errors.contains("the result cannot be written"))
        // What was measured is seen at least.
        #expect(run.output.contains("delivery verified (550 of 550)"), "\(run.output)")
        #expect(run.output.contains("the interval log is incomplete: "))
    }

    /// In a mount namespace of its own, with a `/proc` in which each process finds itself and no other.
    @Test(.enabled(if: canUnshare, "needs the right to make a mount namespace"))
    func withoutProcTheFiguresAreAbsentAndTheRunIsJudged() throws {
        let folder = try TemporaryDirectory()
        let bench = try BuiltExecutable.path("bench")
        let run = try ToolRun(
            command: [
                "unshare", "--mount", "sh", "-c",
                "mkdir real && mount --bind /proc real && mount -t tmpfs none /proc && ln -s \"$PWD/real/self\" /proc/self "
                    + "&& exec '\(bench)' --profile smoke --duration 300ms --quiet --out results",
            ],
            workingDirectory: folder.path
        ).finish()
        let names = try? FileManager.default.contentsOfDirectory(atPath: folder.path("results"))
        let name = try #require(names?.first { $0.hasSuffix(".json") }, "\(run.errors)")
        let result = try ResultReader.read(folder.path("results/\(name)"))
        #expect(result.outcome == .completed && result.thresholds.contains { $0.verdict == .pass })
        // What bench samples from outside is absent; what the worker says of itself is there.
        #expect(result.repetitions.first?.memory == nil && result.environment.cpuModel == nil)
        let phase = try #require(result.repetitions.first?.phases.first)
        #expect(phase.load.lost == 0 && phase.load.accepted > 0)
    }

    private static var canUnshare: Bool {
        let run = try? ToolRun(command: ["unshare", "--mount", "sh", "-c", "mount -t tmpfs none /proc"]).finish()
        return run?.exit == .status(0)
    }

    private func result(in folder: TemporaryDirectory) throws -> String {
        _ = try ToolRun.run("bench", ["--profile", "smoke", "--duration", "100ms", "-q", "--out", folder.path("r")])
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path("r"))
        return try #require(names.first { $0.hasSuffix(".json") }.map { folder.path("r/\($0)") })
    }

    private func shell(_ script: String, in folder: TemporaryDirectory) throws -> ToolRun.Result {
        try ToolRun(command: ["sh", "-c", script], workingDirectory: folder.path).finish()
    }
}
