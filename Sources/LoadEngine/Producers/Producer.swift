import Measurement

/// One thread's part of the run: issues its operations of a phase and times them.
///
/// Used by its own thread only, but for the ``recorder``.
final class Producer<Clock: PacingClock> {
    /// Its number in the run.
    let index: Int
    /// What it records.
    let recorder: ProducerRecorder
    /// Tells the time.
    let clock: Clock
    /// Says when to end early.
    let stop: StopFlag

    private let plan: Plan
    private let place: Plan.Place
    private let share: OperationShare
    private var issuer: Issuer
    private let system: any TelemetrySystem
    private let flushTimeoutNanoseconds: UInt64

    /// Where the operations go.
    private enum Issuer {
        case single(SingleIssuer)
        case mix(MixIssuer)
    }

    /// Creates a producer.
    ///
    /// - Parameters:
    ///   - index: its number in the run.
    ///   - plan: the plan of the run.
    ///   - targets: the system's producers, one for each component of its scenario's workload.
    ///   - system: the system, for flushes.
    ///   - flushTimeoutNanoseconds: how long a flush may take.
    ///   - clock: tells the time.
    ///   - stop: says when to end early.
    init(
        index: Int,
        plan: Plan,
        targets: [any TelemetryProducer],
        system: any TelemetrySystem,
        flushTimeoutNanoseconds: UInt64,
        clock: Clock,
        stop: StopFlag
    ) {
        self.index = index
        self.plan = plan
        place = plan.place(ofProducer: index)
        share = plan.share(ofProducer: index)
        recorder = ProducerRecorder(for: plan, producer: index)
        let workload = recorder.workload
        if let single = workload.single {
            issuer = .single(SingleIssuer(single, target: targets[0], recorder: recorder))
        } else {
            let choice = WorkloadMix.Choice(workload, seed: plan.seed, producer: index)
            issuer = .mix(MixIssuer(workload, choice: choice, targets: targets, recorder: recorder))
        }
        self.system = system
        self.flushTimeoutNanoseconds = flushTimeoutNanoseconds
        self.clock = clock
        self.stop = stop
    }

    /// What a phase came to.
    struct Outcome: Sendable {
        /// When the producer's last operation, or the flush after it, returned.
        let endNanoseconds: UInt64
        /// Whether operations were performed after the producer's last flush.
        let hasUnflushed: Bool
    }

    /// Runs the producer's part of a phase.
    ///
    /// - Parameters:
    ///   - phase: the index of the phase.
    ///   - start: its start, in nanoseconds of the clock.
    /// - Returns: when it ended.
    func run(_ phase: Int, from start: UInt64) -> Outcome {
        // One loop for each kind of issuer: nothing is chosen anew for every operation.
        switch issuer {
        case .single(var single):
            defer { issuer = .single(single) }
            return run(phase, from: start, issuing: &single)
        case .mix(var mix):
            defer { issuer = .mix(mix) }
            return run(phase, from: start, issuing: &mix)
        }
    }

    private func run(
        _ phaseIndex: Int,
        from phaseStart: UInt64,
        issuing issuer: inout some OperationIssuer
    ) -> Outcome {
        let phase = plan.phases[phaseIndex]
        let scenario = plan.scenarios[place.scenario]
        let schedule = plan.schedule(ofScenario: place.scenario, inPhase: phaseIndex)
        let start = phaseStart + scenario.shift(ofRank: place.rank)
        if case .closed(let operations, let duration) = schedule {
            let limits = ClosedLimits(
                operations: operations.map { share.count(below: $0) } ?? .max,
                deadline: duration.map { start + $0 } ?? .max,
                thinkNanoseconds: scenario.thinkNanoseconds ?? phase.thinkNanoseconds,
                timedEvery: phase.timedEvery,
                flushEvery: phase.flushEvery ?? 0
            )
            return runClosed(from: start, within: limits, issuing: &issuer)
        }
        let limits = OpenLimits(phase, from: phaseStart)
        switch plan.arrivals(ofProducer: index, inPhase: phaseIndex) {
        case .constant(let arrivals): return runOpen(arrivals, from: start, within: limits, issuing: &issuer)
        case .burst(let arrivals): return runOpen(arrivals, from: start, within: limits, issuing: &issuer)
        case .curve(let arrivals): return runOpen(arrivals, from: start, within: limits, issuing: &issuer)
        case .shared(let arrivals): return runOpen(arrivals, from: start, within: limits, issuing: &issuer)
        case .poisson(let arrivals): return runOpen(arrivals, from: start, within: limits, issuing: &issuer)
        case nil: return Outcome(endNanoseconds: start, hasUnflushed: false)
        }
    }

    /// Flushes the system, and records how long that takes.
    @inline(never)
    func flush() {
        let began = clock.now()
        let outcome = system.flush(timeoutNanoseconds: flushTimeoutNanoseconds)
        recorder.flushLatency?.record(clock.now() - began)
        if outcome != .success { recorder.failedFlushes.add(1) }
    }
}
