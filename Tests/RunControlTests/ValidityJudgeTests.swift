import LoadEngine
import Measurement
import Results
import Testing

@testable import RunControl

/// Each rule on both sides of its limit, and who is at fault.
struct ValidityJudgeTests {
    private static let quiet = HostNoise(
        windowSeconds: 10,
        stealPercent: 0,
        otherCPUPercent: 2,
        runQueueWaitPercent: 1,
        throttledPercent: 0,
        swappedBytes: 0,
        workerSwapBytes: 0,
        clockStepNanoseconds: 0,
        workerCPUPercent: 10,
        sinkCPUPercent: 5,
        sinkThreadPercent: 5,
        benchCPUPercent: 1
    )

    private static func judge(_ limits: ValidityLimits = ValidityLimits(), burst: UInt64? = nil) -> ValidityJudge {
        let phase = Results.PlannedPhase(name: "main", shape: burst == nil ? "constant" : "burst", burstSize: burst)
        let plan = PlanSummary(
            hash: "0",
            seed: 1,
            producers: 1,
            operation: "event",
            attributes: 0,
            latencyBasis: "intended_start",
            phases: [phase]
        )
        return ValidityJudge(limits: limits, processors: 2, plan: plan)
    }

    private static func repetition(
        _ change: (inout HostNoise) -> Void = { _ in },
        shape: String = "constant",
        lag: UInt64? = nil,
        service: UInt64 = 1_000,
        whole: HostNoise? = nil
    ) -> Repetition {
        var noise = quiet
        change(&noise)
        var phase = PhaseResult(
            name: "main",
            shape: shape,
            durationSeconds: 10,
            load: PhaseLoad(attempted: 10_000, accepted: 10_000, rejected: 0),
            rates: PhaseRates(),
            host: noise
        )
        if let lag {
            let summary = { LatencySummary(HistogramSnapshot(recording: Array(repeating: $0, count: 10_000))) }
            phase.latency = PhaseLatency(responseTime: nil, serviceTime: summary(service), lag: summary(lag))
        }
        return Repetition(index: 0, phases: [phase], host: whole ?? noise)
    }

    private static func verdict(
        _ name: String,
        _ repetition: Repetition,
        _ judge: ValidityJudge = judge()
    )
        -> ValidityCheck.Verdict?
    {
        judge.checks([repetition]).first { $0.name == name }?.verdict
    }

    @Test func aQuietHostKeepsAllLimits() {
        let checks = Self.judge().checks([Self.repetition(lag: 50_000)])
        #expect(
            checks.map(\.name) == [
                "lag_p99", "steal_percent", "other_cpu_percent", "run_queue_wait_percent", "throttled_percent",
                "sink_thread_percent", "clock_step", "swap_bytes",
            ]
        )
        #expect(checks.allSatisfy { $0.verdict == .pass && $0.phase == "main" && $0.repetition == 0 })
    }

    struct Sides: Sendable {
        var name: String
        var kept: @Sendable (inout HostNoise) -> Void
        var broken: @Sendable (inout HostNoise) -> Void
        var words: String
    }

    @Test(
        "Both sides of each limit, with the evidence in words",
        arguments: [
            Sides(
                name: "steal_percent",
                kept: { $0.stealPercent = 3 },
                broken: { $0.stealPercent = 3.2 },
                words: "the host took 3.20 % of the processors away from this machine (limit 3 %)"
            ),
            Sides(
                name: "other_cpu_percent",
                kept: { $0.otherCPUPercent = 25 },
                broken: { $0.otherCPUPercent = 50 },
                words: "other processes on this host took 50 % of its processors (limit 25 %)"
            ),
            Sides(
                name: "throttled_percent",
                kept: { $0.throttledPercent = 1 },
                broken: { $0.throttledPercent = 40 },
                words: "quota of processor time stopped the run for 40 % of the time (limit 1 %)"
            ),
            Sides(
                name: "sink_thread_percent",
                kept: { $0.sinkThreadPercent = 90 },
                broken: { $0.sinkThreadPercent = 98 },
                words: "the sink's busiest thread used 98 % of a processor (limit 90 %): the sink was the bottleneck"
            ),
            Sides(
                name: "clock_step",
                kept: { $0.clockStepNanoseconds = 5_000_000 },
                broken: { $0.clockStepNanoseconds = 1_000_000_000 },
                words: "the clock for time stamps stepped by up to 1.00 s (limit 5.00 ms)"
            ),
            Sides(
                name: "swap_bytes",
                kept: { $0.workerSwapBytes = 1_000_000 },
                broken: { $0.workerSwapBytes = 4_000_000 },
                words: "4.00 MB were moved between memory and swap (limit 1.00 MB)"
            ),
            Sides(
                name: "swap_bytes",
                kept: { $0.swappedBytes = 4_096 },
                broken: { $0.swappedBytes = 5_000_000 },
                words: "5.00 MB were moved"
            ),
        ]
    )
    func limits(sides: Sides) throws {
        #expect(Self.verdict(sides.name, Self.repetition(sides.kept)) == .pass)
        let check = try #require(
            Self.judge().checks([Self.repetition(sides.broken)]).first { $0.name == sides.name }
        )
        #expect(check.verdict == .fail)
        #expect(check.sentence.contains(sides.words), "\(check.sentence)")
        #expect(check.sentence.hasPrefix("phase main: "))
    }

    @Test("Threads that wait for each other are the load; those that wait for others are disturbed")
    func runQueue() {
        // Waiting 60 % of the time: as ten producers on two processors do by design.
        #expect(
            Self.verdict(
                "run_queue_wait_percent",
                Self.repetition {
                    ($0.runQueueWaitPercent, $0.otherCPUPercent, $0.workerCPUPercent) = (60, 5, 150)
                }
            ) == .pass
        )
        // 60 % × 90 / (90 + 16 / 2) = 55 %.
        #expect(
            Self.verdict(
                "run_queue_wait_percent",
                Self.repetition { ($0.runQueueWaitPercent, $0.otherCPUPercent) = (60, 90) }
            ) == .fail
        )
        // What others had is not known: neither is what they caused.
        #expect(Self.verdict("run_queue_wait_percent", Self.repetition { $0.otherCPUPercent = nil }) == nil)
    }

    @Test("Late by itself the generator spoils a run; late because of a slow call it does not")
    func lag() throws {
        #expect(Self.verdict("lag_p99", Self.repetition(lag: 9_900_000)) == .pass)
        #expect(Self.verdict("lag_p99", Self.repetition(lag: 50_000_000, service: 30_000)) == .fail)
        let stalled = Self.repetition(lag: 900_000_000, service: 1_000_000_000)
        let check = try #require(Self.judge().checks([stalled]).first { $0.name == "lag_p99" })
        #expect(check.verdict == .warning && check.sentence.contains("the system's calls took up to 1.00 s"))
        #expect(Self.verdict("lag_p99", Self.repetition()) == nil)
    }

    @Test("In a burst an operation waits for those before it, which is no lateness of the generator")
    func burst() {
        // 1,000 calls of 50 µs: the last one begins 50 ms after the first.
        let burst = Self.repetition(shape: "burst", lag: 50_000_000, service: 50_000)
        #expect(Self.verdict("lag_p99", burst, Self.judge(burst: 1_000)) == .pass)
        #expect(Self.verdict("lag_p99", burst, Self.judge(burst: 100)) == .fail)
    }

    @Test("What the generator could not start spoils a run, unless the system's calls took the time")
    func missed() {
        func verdict(_ missed: UInt64, service: UInt64) -> ValidityCheck.Verdict? {
            var repetition = Self.repetition(lag: 1_000, service: service)
            repetition.phases[0].load.missed = missed
            return Self.verdict("missed_percent", repetition)
        }
        #expect(verdict(0, service: 1_000) == .pass)
        // 101 of 10,101 are 0.999 %, 102 of 10,102 are 1.01 %.
        #expect(verdict(101, service: 1_000) == .pass)
        #expect(verdict(102, service: 1_000) == .fail)
        // 10,000 calls of 0.6 ms fill six of ten seconds.
        #expect(verdict(2_000, service: 600_000) == .warning)
        // A call of 1 s at about 1,000/s makes a thousand late.
        var stalled = Self.repetition(lag: 1_000)
        stalled.phases[0].load.missed = 1_000
        stalled.phases[0].latency.serviceTime = LatencySummary(
            HistogramSnapshot(recording: [1_000_000_000] + Array(repeating: 1_000, count: 9_999))
        )
        #expect(Self.verdict("missed_percent", stalled) == .warning)
        #expect(Self.verdict("missed_percent", Self.repetition(lag: 1_000)) == nil)
    }

    @Test("A closed model drives the sink to its limit by design: a finding")
    func closedModel() throws {
        let closed = Self.repetition(
            { ($0.sinkThreadPercent, $0.sinkBacklogBytes, $0.workerCPUPercent) = (99, 65_536, 60) },
            shape: "max"
        )
        let check = try #require(Self.judge().checks([closed]).first { $0.name == "sink_thread_percent" })
        #expect(check.verdict == .warning)
        #expect(check.sentence.contains("the rate is its own rather than the system's"))
        #expect(check.sentence.contains("65.5 kB waited unread"))
    }

    @Test("A short phase is judged by the whole repetition, a restricted /proc not at all")
    func shortAndRestricted() {
        var whole = Self.quiet
        whole.otherCPUPercent = 80
        let short = Self.repetition({ ($0.windowSeconds, $0.otherCPUPercent) = (0.1, nil) }, whole: whole)
        let check = Self.judge().checks([short]).first { $0.name == "other_cpu_percent" }
        #expect(check?.verdict == .fail && check?.phase == nil && check?.repetition == 0)
        #expect(check?.sentence.hasPrefix("other processes") == true)
        let nothing = HostNoise(windowSeconds: 10)
        #expect(Self.judge().checks([Self.repetition({ $0 = nothing }, whole: nothing)]).isEmpty)
    }

    @Test("Idle and unreported phases decide nothing")
    func unjudged() {
        var repetition = Self.repetition({ $0.otherCPUPercent = 90 }, shape: "idle")
        #expect(Self.judge().checks([repetition]).isEmpty)
        repetition = Self.repetition { $0.otherCPUPercent = 90 }
        repetition.phases[0].isReported = false
        #expect(Self.judge().checks([repetition]).isEmpty)
    }

    @Test("A profile can change a limit, leave it out, or only want to know")
    func profile() {
        var limits = ValidityLimits()
        limits.set(.otherCPUPercent, .below(50, orEqual: false))
        let half = Self.repetition { $0.otherCPUPercent = 50 }
        #expect(Self.verdict("other_cpu_percent", half, Self.judge(limits)) == .fail)
        limits.set(.otherCPUPercent, .below(50, orEqual: true))
        #expect(Self.verdict("other_cpu_percent", half, Self.judge(limits)) == .pass)
        limits.set(.otherCPUPercent, .off)
        #expect(Self.verdict("other_cpu_percent", half, Self.judge(limits)) == nil)
        limits = ValidityLimits()
        limits.policy = .warning
        #expect(Self.verdict("other_cpu_percent", half, Self.judge(limits)) == .warning)
    }

    @Test("Of many broken places the worst are listed and the others counted")
    func manyRepetitions() throws {
        let repetitions = (0..<6).map { index in
            var repetition = Self.repetition { $0.stealPercent = Double(10 + index) }
            repetition.index = index
            return repetition
        }
        let checks = Self.judge().checks(repetitions).filter { $0.name == "steal_percent" }
        #expect(checks.map(\.observed) == [15, 14, 13])
        #expect(checks[0].sentence.hasPrefix("repetition 6, phase main: the host took 15 %"))
        #expect(checks[2].sentence.hasSuffix("; and in 3 more"))
        let calm = Self.judge().checks((0..<6).map { _ in Self.repetition() })
        #expect(calm.count { $0.name == "steal_percent" } == 1)
    }
}
