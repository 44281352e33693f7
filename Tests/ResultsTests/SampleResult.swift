import HarnessCore
import Measurement

@testable import Results

/// Results as a run would leave them, with round numbers.
enum SampleResult {
    static let thresholds: [(metric: String, expression: String)] = [
        ("delivered_per_s", ">= 900"), ("lost", "== 0"), ("duplicated", "== 0"), ("unaccounted", "== 0"),
        ("flush_latency.max", "< 1s"),
    ]

    /// A sustained run: a warm-up that does not count and a main phase of 10,000 events in 10 s.
    static func sustained(
        profile: String = "sustained",
        thresholds: [(String, String)] = thresholds
    ) throws -> RunResult {
        var result = RunResult(
            tool: ToolIdentity(name: "bench", version: "0.1.0"),
            runID: "5f0c1f6e-9d1c-4a53-8a3e-1f9e0d8f3a77",
            profile: profile,
            description: "1,000 events a second for ten seconds",
            startedAt: "2026-11-20T22:48:55Z",
            endedAt: "2026-11-20T22:49:08Z",
            outcome: .completed,
            verdict: .noVerdict,
            exitStatus: .noVerdict,
            delivery: .verified,
            environment: environment,
            system: SystemIdentity(
                name: "telemetry",
                sdkName: "telemetry-swift",
                sdkVersion: "0.1.0",
                language: "swift",
                options: ["batch_size": .integer(500)]
            ),
            configuration: [
                ConfigurationEntry(key: "system.batch_size", value: .integer(500), origin: "profile"),
                ConfigurationEntry(key: "producers", value: .integer(1), origin: "flag"),
            ],
            plan: PlanSummary(
                hash: "9f3c2a71d04be865",
                seed: 1,
                producers: 1,
                operation: "event",
                attributes: 1,
                latencyBasis: "intended_start",
                phases: [
                    PlannedPhase(
                        name: "warm-up",
                        shape: "constant",
                        isReported: false,
                        durationSeconds: 2,
                        ratePerSecond: 1000
                    ),
                    PlannedPhase(
                        name: "main",
                        shape: "burst",
                        durationSeconds: 10,
                        burstSize: 100,
                        burstEverySeconds: 0.1
                    ),
                ]
            ),
            command: ["bench", "--profile", profile],
            repetitions: [repetition()]
        )
        result.judge(by: try Gate.gates(ofProfile: profile, thresholds: thresholds))
        return result
    }

    static let environment = RunEnvironment(
        cpuModel: "AMD EPYC 7763",
        architecture: "x86_64",
        cores: 2,
        kernel: "Linux 6.1.0",
        libc: "glibc 2.36",
        allocator: "default",
        swiftVersion: "6.3.1",
        buildConfiguration: "release",
        gitCommit: "0123abc",
        gitDirty: false,
        loadAverage1m: 0.12
    )

    static func repetition(index: Int = 0, phases: [PhaseResult] = [warmUp, main()]) -> Repetition {
        Repetition(
            index: index,
            workerPID: 4711,
            phases: phases,
            ledger: LedgerReport(
                items: 12_000,
                distinct: 12_000,
                duplicated: 0,
                foreign: 0,
                requests: 24,
                bodyBytes: 1_440_000,
                malformedRequests: 0,
                producers: [
                    ProducerLedger(
                        producer: 0,
                        accepted: 12_000,
                        distinct: 12_000,
                        duplicated: 0,
                        highestSequence: 11_999,
                        missingBelowHighest: 0
                    )
                ]
            ),
            counters: SystemCounterReport(accepted: 12_000, exported: 12_000, queued: 0),
            memory: MemoryTrace(rssBytes: series(), rssPeakBytes: 14_100_000, samplePeriodSeconds: 0.097),
            checkpoints: [CheckpointRecord(label: "phase_end", phase: "main", elapsedSeconds: 12, rssBytes: 13_800_000)]
        )
    }

    static let warmUp = phase("warm-up", shape: "constant", isReported: false, items: 2_000, seconds: 2)

    static func main(lost: UInt64 = 0) -> PhaseResult {
        phase("main", shape: "burst", items: 10_000, seconds: 10, lost: lost)
    }

    /// A phase in which nothing is issued.
    static let idle = PhaseResult(
        name: "idle",
        shape: "idle",
        startSeconds: 12,
        durationSeconds: 5,
        completionSeconds: 5,
        load: .balanced(
            accepted: 0,
            rejected: 0,
            delivered: 0,
            duplicated: 0,
            foreign: 0,
            droppedByReason: [:],
            queued: 0
        ),
        rates: PhaseRates(),
        memory: PhaseMemory(rssPeakBytes: 13_800_000),
        cpu: PhaseCPU(seconds: 0.005, wallSeconds: 5, items: 0)
    )

    static func phase(
        _ name: String,
        shape: String,
        isReported: Bool = true,
        items: UInt64,
        seconds: Double,
        lost: UInt64 = 0
    ) -> PhaseResult {
        let load = PhaseLoad.balanced(
            accepted: items,
            rejected: 0,
            delivered: items - lost,
            duplicated: 0,
            foreign: 0,
            droppedByReason: lost > 0 ? ["queue_full": lost] : [:],
            queued: 0
        )
        return PhaseResult(
            name: name,
            shape: shape,
            isReported: isReported,
            startSeconds: 0,
            durationSeconds: seconds,
            completionSeconds: seconds + 0.004,
            load: load,
            rates: PhaseRates(
                offeredPerSecond: Double(items) / seconds,
                load: load,
                durationSeconds: seconds,
                completionSeconds: seconds + 0.004
            ),
            latency: PhaseLatency(
                responseTime: latency(count: Int(items), scale: 40),
                serviceTime: latency(count: Int(items), scale: 4),
                lag: latency(count: Int(items), scale: 36),
                flushLatency: latency(count: 1, scale: 3_100_000),
                freshness: latency(count: Int(items), scale: 25_000)
            ),
            memory: PhaseMemory(
                rssStartBytes: 12_300_000,
                rssPeakBytes: 14_100_000,
                rssEndBytes: 13_800_000,
                rssGrowthBytes: 1_500_000,
                bytesInUseStart: 900_000,
                bytesInUseEnd: 912_000,
                bytesInUseGrowth: 12_000
            ),
            cpu: PhaseCPU(seconds: 0.043, wallSeconds: seconds + 0.004, items: items),
            requests: items / 500,
            bodyBytes: items * 120
        )
    }

    /// A reading with everything in it: 4 MB in use of a heap of 7 MB, 11 MB resident.
    static func checkpoint(phase: String, seconds: Double) -> CheckpointRecord {
        var record = CheckpointRecord(
            label: "phase_end",
            phase: phase,
            elapsedSeconds: seconds,
            bytesInUse: 4_000_000,
            rssBytes: 11_000_000,
            cpuSeconds: 1
        )
        record.freeBytes = 3_000_000
        record.mappedBytes = 500_000
        record.rssAnonymousBytes = 8_000_000
        record.rssFileBytes = 3_000_000
        record.swapBytes = 0
        record.rollupRSSBytes = 11_000_000
        record.threads = 6
        record.descriptors = 12
        record.queuedItems = 0
        record.queuedBytes = 0
        return record
    }

    /// A host with something of everything.
    static let noise = HostNoise(
        windowSeconds: 10,
        stealPercent: 0.1,
        otherCPUPercent: 3.2,
        runQueueWaitPercent: 1.5,
        involuntarySwitches: 12,
        throttledPercent: 0,
        throttledPeriods: 0,
        swappedBytes: 0,
        workerSwapBytes: 0,
        clockStepNanoseconds: 0,
        workerCPUPercent: 2,
        sinkCPUPercent: 1,
        sinkThreadPercent: 0.9,
        sinkBacklogBytes: 0,
        benchCPUPercent: 0.4
    )

    /// What a harness in release mode can do.
    static let calibration = Calibration(
        durationSeconds: 0.21,
        nullOperationNanoseconds: 62,
        sinkEchoNanoseconds: 38_000,
        sinkItemsPerSecond: 4_100_000,
        memoryBytesPerSecond: 12e9,
        spinSeconds: 0.05,
        spinLostPercent: 0.2,
        spinGapP99Nanoseconds: 2_100,
        spinGapMaximumNanoseconds: 310_000
    )

    /// Other processes beside the run, below or above their limit.
    static func check(_ verdict: ValidityCheck.Verdict) -> ValidityCheck {
        let observed = verdict == .pass ? 3.2 : 93
        return ValidityCheck(
            name: "other_cpu_percent",
            phase: "main",
            repetition: 0,
            observed: observed,
            limit: 25,
            unit: .percent,
            verdict: verdict,
            sentence: "phase main: other processes on this host took \(observed) % of its processors (limit 25 %)"
        )
    }

    /// `count` values from `scale` to 100 · `scale` nanoseconds, evenly spread.
    static func latency(count: Int, scale: UInt64) -> LatencySummary? {
        LatencySummary(HistogramSnapshot(recording: (0..<count).map { scale + UInt64($0 % 100) * scale }))
    }

    private static func series() -> TimeSeries {
        var series = TimeSeries(capacity: 16, windowNanoseconds: 1_000_000_000)
        for second in 0..<12 {
            series.append(12_300_000 + Double(second) * 100_000, at: UInt64(second) * 1_000_000_000)
        }
        return series
    }
}
