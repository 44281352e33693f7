import Measurement
import Platform
import Results
import TestSupport
import Testing

/// Soaks as a user starts them, only shorter.
struct SoakTests {
    private static func run(_ duration: String, _ folder: TemporaryDirectory, _ more: [String]) throws -> ToolRun.Result
    {
        try ToolRun.run(
            "bench",
            ["--profile", "soak", "--rate", "500/s", "--duration", duration, "--out", folder.path, "--quiet"]
                + ["--set", "phases.warm-up.duration=200ms", "--set", "thresholds.lag.p99="] + more
        )
    }

    @Test func aShortSoakHasNoVerdictAndSaysWhy() throws {
        let folder = try TemporaryDirectory()
        let run = try Self.run("2s", folder, [])
        #expect(run.exit == .status(3), "\(run.output)\(run.errors)")
        #expect(run.output.hasPrefix("NO VERDICT  soak:"), "\(run.output)")
        #expect(run.output.contains("a slope of the heap needs 10 readings after flushes"), "\(run.output)")
        let result = try onlyResult(in: folder)
        #expect(result.environment.allocator?.hasSuffix("glibc.malloc.tcache_count=0") == true)
        let timeline = try #require(result.repetitions.first?.timeline)
        let phases = try #require(result.repetitions.first?.phases)
        #expect(timeline.points.reduce(0) { $0 + $1.accepted } == phases.reduce(0) { $0 + $1.load.accepted })
        // The warm-up is flushed at its end, and so is the soak.
        for phase in ["warm-up", "main"] {
            #expect(timeline.points.last { $0.phase == phase }?.drainedBytesInUse != nil, "\(phase)")
        }
    }

    /// 64 kB at each flush, five of them a second, or fewer on a busy machine.
    @Test func aLeakFailsTheSoak() throws {
        let folder = try TemporaryDirectory()
        let run = try Self.run(
            "18s",
            folder,
            ["--set", "system.name=faulty:leak=65536B/flush", "--set", "phases.main.flush_interval=200ms"]
                + ["--set", "thresholds.throughput_kept_percent="]
        )
        #expect(run.exit == .status(1), "\(run.output)\(run.errors)")
        let result = try onlyResult(in: folder)
        let row = try #require(result.thresholds.first { $0.metric == "heap_growth_low_per_h" })
        let main = try #require(result.repetitions.first?.phases.last)
        let flushes = Double(try #require(main.latency.flushLatency).count) / main.durationSeconds
        #expect(row.verdict == .fail && row.observed ?? 0 > flushes * 65_536 * 3_600 / 2, "\(run.output)")
    }
}
