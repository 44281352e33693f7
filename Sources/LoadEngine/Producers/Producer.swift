import Measurement

/// One thread's part of the run: issues its operations of a phase and times them.
///
/// Used by its own thread only, but for the ``recorder``.
final class Producer<Clock: PacingClock> {
    /// What it records.
    let recorder: ProducerRecorder

    private let index: Int
    private let count: Int
    private var issuer: Issuer
    private let system: any TelemetrySystem
    private let flushTimeoutNanoseconds: UInt64
    private let clock: Clock
    private let stop: StopFlag

    /// Where the operations go.
    private enum Issuer {
        case single(SingleIssuer)
        case mix(MixIssuer)
    }

    /// Creates a producer.
    ///
    /// - Parameters:
    ///   - index: its number.
    ///   - plan: the plan of the run.
    ///   - targets: the system's producers, one for each component of the plan's workload.
    ///   - system: the system, for flushes.
    ///   - flushTimeoutNanoseconds: how long a flush may take.
    ///   - recorder: where it records.
    ///   - clock: tells the time.
    ///   - stop: says when to end early.
    init(
        index: Int,
        plan: Plan,
        targets: [any TelemetryProducer],
        system: any TelemetrySystem,
        flushTimeoutNanoseconds: UInt64,
        recorder: ProducerRecorder,
        clock: Clock,
        stop: StopFlag
    ) {
        self.index = index
        count = plan.producers
        if let workload = plan.workload.single {
            issuer = .single(SingleIssuer(workload, target: targets[0], counters: recorder.components[0]))
        } else {
            let choice = WorkloadMix.Choice(plan.workload, seed: plan.seed, producer: index)
            issuer = .mix(
                MixIssuer(plan.workload, choice: choice, targets: targets, counters: recorder.components)
            )
        }
        self.system = system
        self.flushTimeoutNanoseconds = flushTimeoutNanoseconds
        self.recorder = recorder
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
    ///   - phase: the phase.
    ///   - start: its start, in nanoseconds of the clock.
    /// - Returns: when it ended.
    func run(_ phase: PlannedPhase, from start: UInt64) -> Outcome {
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
        _ phase: PlannedPhase,
        from start: UInt64,
        issuing issuer: inout some OperationIssuer
    ) -> Outcome {
        switch phase.schedule {
        case .constant(let events, let perNanoseconds, let operations, let quantum):
            let arrivals = ConstantArrivals(
                events: events,
                perNanoseconds: perNanoseconds,
                operations: operations,
                quantumNanoseconds: quantum,
                producer: index,
                of: count
            )
            return runOpen(arrivals, from: start, flushEvery: phase.flushEvery ?? 0, issuing: &issuer)
        case .burst(let size, let everyNanoseconds, let operations):
            let arrivals = BurstArrivals(
                size: size,
                everyNanoseconds: everyNanoseconds,
                operations: operations,
                producer: index,
                of: count
            )
            return runOpen(arrivals, from: start, flushEvery: phase.flushEvery ?? 0, issuing: &issuer)
        case .closed(_, let duration):
            return runClosed(
                operations: phase.schedule.operations(ofProducer: index, of: count) ?? .max,
                from: start,
                deadline: duration.map { start + $0 } ?? .max,
                timedEvery: phase.timedEvery,
                flushEvery: phase.flushEvery ?? 0,
                issuing: &issuer
            )
        case .idle:
            return Outcome(endNanoseconds: start, hasUnflushed: false)
        }
    }

    // MARK: - Loops

    /// The open model: each operation at its intended start, or as soon after it as the previous one has returned.
    ///
    /// Hot path (budget: 75 ns an operation on time, two clock readings included): nothing on it allocates, locks or
    /// retains; everything that it needs is in local variables, because the properties of a class would be checked for
    /// exclusive access each time.
    private func runOpen(
        _ schedule: consuming some Arrivals,
        from start: UInt64,
        flushEvery: UInt64,
        issuing issuer: inout some OperationIssuer
    ) -> Outcome {
        guard let response = recorder.response, let lag = recorder.lag else {
            fatalError("a plan with an open phase has histograms for it")
        }
        var arrivals = schedule
        let (service, clock) = (recorder.service, clock)
        var pacer = Pacer(clock: clock, stop: stop)
        var unflushed: UInt64 = 0
        while let offset = arrivals.next() {
            // Wrapping arithmetic is exact throughout: sums are moments within 584 years of the boot, differences are
            // of a later and an earlier moment, and a producer has fewer than 2^40 operations.
            let intended = start &+ offset
            guard let began = pacer.wait(until: intended) else { break }
            issuer.perform()
            let ended = clock.now()
            response.record(ended &- intended)
            service.record(ended &- began)
            lag.record(began &- intended)
            issuer.settle()
            unflushed &+= 1
            if unflushed == flushEvery {
                flush()
                unflushed = 0
            }
        }
        recorder.spunNanoseconds.add(pacer.spunNanoseconds)
        return Outcome(endNanoseconds: clock.now(), hasUnflushed: unflushed > 0)
    }

    /// The closed model: the next operation as soon as the previous one has returned.
    ///
    /// Hot path (budget: 60 ns a timed operation, two clock readings included); see ``runOpen(_:from:flushEvery:issuing:)``.
    /// The deadline and a stop are looked at with each timed operation.
    private func runClosed(
        operations: UInt64,
        from start: UInt64,
        deadline: UInt64,
        timedEvery: UInt64,
        flushEvery: UInt64,
        issuing issuer: inout some OperationIssuer
    ) -> Outcome {
        let (service, clock, stop) = (recorder.service, clock, stop)
        var pacer = Pacer(clock: clock, stop: stop)
        var remaining = operations
        var unflushed: UInt64 = 0
        if pacer.wait(until: start) == nil { remaining = 0 }
        while remaining > 0, !stop.isSet {
            // Wrapping arithmetic is exact, as in the open model.
            let began = clock.now()
            guard began < deadline else { break }
            issuer.perform()
            service.record(clock.now() &- began)
            var untimed = min(timedEvery, remaining) &- 1
            remaining &-= untimed &+ 1
            while true {
                issuer.settle()
                unflushed &+= 1
                if unflushed == flushEvery {
                    flush()
                    unflushed = 0
                }
                guard untimed > 0 else { break }
                untimed &-= 1
                issuer.perform()
            }
        }
        recorder.spunNanoseconds.add(pacer.spunNanoseconds)
        return Outcome(endNanoseconds: clock.now(), hasUnflushed: unflushed > 0)
    }

    @inline(never)
    private func flush() {
        let began = clock.now()
        let outcome = system.flush(timeoutNanoseconds: flushTimeoutNanoseconds)
        recorder.flushLatency?.record(clock.now() - began)
        if outcome != .success { recorder.failedFlushes.add(1) }
    }
}
