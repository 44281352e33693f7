import Measurement
import Platform

/// One configured run: the system, its producers, and a thread that runs the phases as they are started.
///
///     idle(next) ──start──▶ running(phase) ──▶ idle(next + 1)
///         │                     │ last phase, or stop
///         └──stop──────▶ finishing ──▶ finished
///
/// `@unchecked Sendable` is sound: ``state`` is touched with the condition's mutex held; everything else is constant or
/// belongs to the session's thread.
final class RunSession<Clock: PacingClock>: @unchecked Sendable {
    private let configuration: ControllerMessage.Configure
    private let system: any TelemetrySystem
    private let sessions: FurtherSessions
    private let pool: ProducerPool<Clock>
    private let reporter: Reporter<Clock>
    private let phaseFlushes: Histogram
    private let writer: MessageWriter
    private let clock: Clock
    private let host: WorkerHost
    private let stopFlag: StopFlag

    private let condition = Condition()
    private var state = RunState()
    private var thread: PlatformThread?

    /// Makes the producers and all memory of the run.
    ///
    /// - Parameters:
    ///   - configuration: what the controller asks for.
    ///   - system: the system of the run.
    ///   - sessions: makes further systems for the phases that ask for them.
    ///   - writer: where messages go.
    ///   - clock: tells the time.
    ///   - host: measures the process.
    /// - Throws: what the system throws when it cannot make a producer.
    init(
        configuration: ControllerMessage.Configure,
        system: any TelemetrySystem,
        sessions: FurtherSessions,
        writer: MessageWriter,
        clock: Clock,
        host: WorkerHost
    ) throws {
        self.configuration = configuration
        self.system = system
        self.sessions = sessions
        self.writer = writer
        self.clock = clock
        self.host = host
        let plan = configuration.plan
        let stopFlag = StopFlag()
        let producers = try plan.ownProducers.map { index in
            let scenario = plan.scenarios[plan.place(ofProducer: index).scenario]
            return Producer(
                index: index,
                plan: plan,
                targets: try scenario.workload.components.map { component in
                    try system.makeProducer(
                        ProducerContext(
                            producer: index,
                            producerCount: plan.producers,
                            workload: component.workload,
                            seed: plan.seed
                        )
                    )
                },
                system: system,
                flushTimeoutNanoseconds: configuration.flushTimeoutNanoseconds,
                clock: clock,
                stop: stopFlag
            )
        }
        self.stopFlag = stopFlag
        state.holdsAtEnd = configuration.holdsAtEnd == true
        pool = ProducerPool(producers: producers, clock: clock)
        phaseFlushes = Histogram()
        reporter = Reporter(
            collector: IntervalCollector(recorders: pool.recorders, phaseFlushes: phaseFlushes),
            gauges: configuration.samplesMemory == false ? nil : IntervalGauges(host: host, system: system),
            writer: writer,
            clock: clock,
            intervalNanoseconds: configuration.intervalNanoseconds
        )
    }

    /// Starts all threads, and waits until they have touched what the first phase would otherwise be the first to
    /// touch.
    ///
    /// - Throws: when a thread cannot be started.
    func open() throws {
        do {
            try pool.open()
            try reporter.open()
            thread = try PlatformThread.start(name: "phases") { self.work() }
        } catch {
            pool.close()
            reporter.close()
            throw error
        }
        condition.withLock {
            while !state.isReady { condition.wait() }
        }
    }

    // MARK: - Commands, from the thread that reads the protocol

    /// Asks for a phase.
    ///
    /// - Returns: why that is not possible, or nil.
    func start(_ start: ControllerMessage.Start) -> String? {
        condition.withLock {
            defer { condition.broadcast() }
            return state.start(start, phaseCount: configuration.plan.phases.count)
        }
    }

    /// Lets a run that holds at its end go on to its shutdown; without effect before, but for what comes then.
    func finishAtEnd() {
        condition.withLock {
            state.isFinishRequested = true
            condition.broadcast()
        }
    }

    /// Ends the current phase early and finishes the run; without effect when it is finishing already.
    func stop() {
        stopFlag.set()
        condition.withLock {
            state.isStopRequested = true
            condition.broadcast()
        }
    }

    /// Waits until the run is finished.
    ///
    /// - Parameter deadline: a moment of the monotonic clock.
    /// - Returns: whether it is.
    func waitUntilFinished(deadline: UInt64) -> Bool {
        condition.lock()
        defer { condition.unlock() }
        while !state.isFinished {
            guard condition.wait(untilMonotonic: deadline) || state.isFinished else { return false }
        }
        return true
    }

    /// Whether the run ended because it could not go on, which the controller was told.
    var hasFailed: Bool { condition.withLock { state.hasFailed } }

    /// Waits for the session's thread, which ends with the run.
    func close() {
        thread?.join()
        thread = nil
    }

    // MARK: - The session's thread

    private func work() {
        warmUp()
        while let next = nextPhase() {
            let checkpoint: WorkerMessage.Checkpoint
            do {
                checkpoint = try run(next)
            } catch {
                fail("phase \(configuration.plan.phases[next.phase].name): \(error)")
                return
            }
            // Before the message: its reader may ask for the next phase at once.
            condition.withLock {
                state.finishPhase(phaseCount: configuration.plan.phases.count)
            }
            writer.send(.checkpoint(checkpoint))
        }
        finish()
        condition.withLock {
            state.isFinished = true
            condition.broadcast()
        }
    }

    /// Ends a run that cannot go on.
    private func fail(_ message: String) {
        _ = system.shutdown(timeoutNanoseconds: Self.patienceAfterStop)
        pool.close()
        reporter.close()
        // Before the message: whoever hears it may end the worker, which waits for this thread.
        condition.withLock {
            state.isFinished = true
            state.hasFailed = true
            condition.broadcast()
        }
        writer.send(.failed(WorkerMessage.Failed(kind: .internal, message: message)), isLast: true)
    }

    /// Makes a checkpoint and throws it away, on the thread whose memory it takes.
    private func warmUp() {
        let usage = host.usage()
        writer.rehearse(
            .checkpoint(
                WorkerMessage.Checkpoint(
                    phase: 0,
                    startNanoseconds: 0,
                    plannedEndNanoseconds: 0,
                    operationsEndNanoseconds: 0,
                    attempted: 0,
                    accepted: 0,
                    rejected: 0,
                    counters: system.counters(),
                    start: usage,
                    held: usage,
                    end: usage
                )
            )
        )
        condition.withLock {
            state.isReady = true
            condition.broadcast()
        }
    }

    private func nextPhase() -> ControllerMessage.Start? {
        condition.lock()
        defer { condition.unlock() }
        while true {
            switch state.next() {
            case .wait: condition.wait()
            case .run(let start): return start
            case .finish: return nil
            }
        }
    }

    private func run(_ start: ControllerMessage.Start) throws -> WorkerMessage.Checkpoint {
        let phase = configuration.plan.phases[start.phase]
        try pool.prepare(fresh: phase.freshThreads)
        let began = start.startNanoseconds
        let plannedEnd = began + phase.durationNanoseconds
        let before = RunTotals(pool.recorders)
        let startUsage = host.usage()
        reporter.begin(start.phase, from: began)

        var failedFlushes: UInt64 = 0
        let timed = phase.flushIntervalNanoseconds.map { interval in
            ProducerPool<Clock>.Timed(interval: interval, end: plannedEnd) {
                if self.flush() != .success { failedFlushes += 1 }
            }
        }
        let outcome = pool.run(start.phase, from: began, meanwhile: timed)
        let heldUsage = reporter.quietly(host.usage)
        let heldCounters = system.counters()
        let isIdle = phase.schedule == .idle && phase.besides.isEmpty
        var waiter = Pacer(clock: clock, stop: stopFlag)
        let isComplete = waiter.wait(until: plannedEnd) != nil
        var checkpoint = WorkerMessage.Checkpoint(
            phase: start.phase,
            startNanoseconds: began,
            plannedEndNanoseconds: plannedEnd,
            operationsEndNanoseconds: isIdle ? clock.now() : outcome.endNanoseconds,
            stopped: !isComplete,
            attempted: 0,
            accepted: 0,
            rejected: 0,
            counters: SystemCounters()
        )
        if phase.flush {
            let flushBegan = clock.now()
            let flushOutcome = system.flush(timeoutNanoseconds: patience)
            let flushed = clock.now()
            // A flush of nothing says nothing of a flush of something.
            if outcome.hasUnflushed { phaseFlushes.record(flushed - flushBegan) }
            checkpoint.flushedNanoseconds = flushed
            checkpoint.flushOutcome = flushOutcome
            checkpoint.failedFlushes = flushOutcome == .success ? 0 : 1
            if flushOutcome == .success { reporter.noteDrained() }
        }
        failedFlushes += try sessions.run(phase.sessions, inPhase: start.phase, timeout: patience, unless: stopFlag)
        if phase.freshThreads { pool.close() }
        reporter.end()

        let totals = RunTotals(pool.recorders).subtracting(before)
        checkpoint.missed = totals.missed
        checkpoint.inFlight = totals.inFlight
        checkpoint.kinds = totals.kinds
        checkpoint.accepted = totals.kinds.values.reduce(0) { $0 + $1.accepted }
        checkpoint.rejected = totals.kinds.values.reduce(0) { $0 + $1.rejected }
        checkpoint.attempted = checkpoint.accepted + checkpoint.rejected
        checkpoint.gauges = tallies()[.gauge]?.map { $0.last ?? 0 } ?? []
        checkpoint.failedFlushes += totals.failedFlushes + failedFlushes
        checkpoint.spinNanoseconds = totals.spunNanoseconds
        if phase.isCycle { quiesce() }
        checkpoint.counters = system.counters()
        checkpoint.start = startUsage
        checkpoint.held = heldUsage
        checkpoint.heldItems = heldCounters.queued
        checkpoint.heldQueuedBytes = heldCounters.queuedBytes
        checkpoint.end = host.usage()
        return checkpoint
    }

    /// Waits until nothing waits in the system and bytes in use are the same in two readings, but no longer than 2 s.
    private func quiesce() {
        let deadline = clock.now() + Self.longestQuiescence
        var last = host.usage().bytesInUse
        while clock.now() < deadline, !stopFlag.isSet {
            clock.sleep(until: clock.now() + Self.quiescence)
            let bytes = host.usage().bytesInUse
            if bytes == last, system.counters().queued == 0 { return }
            last = bytes
        }
    }

    /// The distance of two readings that have to be equal, in nanoseconds.
    private static var quiescence: UInt64 { 50_000_000 }
    private static var longestQuiescence: UInt64 { 2_000_000_000 }

    /// Flushes while the producers go on, and records how long that takes.
    private func flush() -> FlushOutcome {
        let began = clock.now()
        let outcome = system.flush(timeoutNanoseconds: patience)
        phaseFlushes.record(clock.now() - began)
        if outcome == .success { reporter.noteDrained() }
        return outcome
    }

    /// How long a flush may take now: somebody who asked for the end waits for it.
    private var patience: UInt64 {
        let limit = configuration.flushTimeoutNanoseconds
        return stopFlag.isSet ? min(limit, Self.patienceAfterStop) : limit
    }

    private static var patienceAfterStop: UInt64 { 2_000_000_000 }

    private func finish() {
        let outcome = system.shutdown(timeoutNanoseconds: patience)
        pool.close()
        reporter.close()
        let accepted = byProducer(0) { $0.accepted }
        let rejected = byProducer(0) { $0.rejected }
        writer.send(
            .finished(
                WorkerMessage.Finished(
                    attempted: zip(accepted, rejected).map(+),
                    accepted: accepted,
                    rejected: rejected,
                    kinds: tallies(),
                    counters: system.counters(),
                    shutdownOutcome: outcome
                )
            )
        )
    }

    /// The whole run by kind of operation, and within a kind by producer.
    private func tallies() -> [Workload.Operation: [OperationTally]] {
        let kinds = Set(pool.recorders.flatMap { $0.latencies.map(\.kind) })
        return kinds.reduce(into: [:]) { tallies, kind in
            tallies[kind] = byProducer(OperationTally()) { $0.tally(of: kind) }
        }
    }

    /// A figure for each producer of the plan; `absent` for those that run elsewhere, in other shards.
    private func byProducer<Value>(_ absent: Value, _ value: (ProducerRecorder) -> Value) -> [Value] {
        var values = Array(repeating: absent, count: configuration.plan.producers)
        for (producer, recorder) in zip(configuration.plan.ownProducers, pool.recorders) {
            values[producer] = value(recorder)
        }
        return values
    }
}
