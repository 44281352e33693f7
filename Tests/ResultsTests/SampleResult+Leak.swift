@testable import Results

extension SampleResult {
    /// A leak of 80 B a flush, with everything that a report can have.
    static var leak: LeakReport {
        let trials = [("check", 8_080.0, UInt64(101)), ("control", 12, 101), ("double-flushes", 16_080, 201)].map {
            name,
            slope,
            flushes in
            var trial = LeakTrial(
                name: name,
                system: name == "control" ? "null" : "telemetry",
                itemsPerCycle: 100_003,
                flushesPerCycle: flushes,
                discarded: 4,
                checkpoints: (0..<16).map { cycle in
                    CheckpointRecord(
                        label: "phase_end",
                        phase: "main-\(cycle + 1)",
                        elapsedSeconds: Double(cycle),
                        bytesInUse: UInt64(1e6 + slope * Double(cycle)),
                        rssBytes: 20_000_000
                    )
                }
            )
            trial.slopeBytesPerCycle = slope
            trial.slopeLow = slope - 40
            trial.slopeHigh = slope + 40
            trial.kendallTau = 1
            trial.intercept = 1e6
            trial.toleranceBytesPerCycle = 2_000
            trial.verdict = name == "control" ? nil : .leak
            trial.descriptorGrowth = name == "check" ? 3 : 0
            trial.threadGrowth = 0
            trial.elapsedSeconds = 5
            return trial
        }
        var report = LeakReport(
            verdict: .leak,
            sentence: "bytes in use grow by 8.08 kB a cycle of 100,003 items: 80 B a flush, it goes with flushes",
            toleranceBytesPerCycle: 2_000,
            trials: trials,
            commands: ["heaptrack -o leak-check bench-worker --run leak-check.input"]
        )
        report.resource = "bytes"
        report.growsPer = "flush"
        report.bytesPerUnit = 80
        report.bytesPerItem = 0.0807
        report.bytesPerCycle = 8_068
        return report
    }

    /// Growth that is the allocator's, with everything that a report can have.
    static var allocator: AllocatorReport {
        let settings = ["default", "one-arena", "fixed-thresholds"].map { name in
            var setting = AllocatorReport.Setting(
                name: name,
                variables: name == "default" ? [] : ["MALLOC_ARENA_MAX=1"]
            )
            setting.bytesInUseGrowth = -120
            setting.rssGrowth = name == "default" ? 61_000_000 : 1_000_000
            setting.rssPeakBytes = 90_000_000
            return setting
        }
        return AllocatorReport(
            owner: .allocator,
            sentence: "RSS grew by 61.0 MB: the allocator keeps the rest",
            toleranceBytes: 24_000,
            settings: settings
        )
    }
}
