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
    /// - Throws: what the system throws when it cannot make a producer.
    init(
        configuration: ControllerMessage.Configure,
        system: any TelemetrySystem,
        writer: MessageWriter,
        clock: Clock,
        host: WorkerHost
    ) throws {
        self.configuration = configuration
        self.system = system
        self.writer = writer
        self.clock = clock
        self.host = host
        let plan = configuration.plan
        let stopFlag = StopFlag()
        let producers = try (0..<plan.producers).map { index in
            Producer(
                index: index,
                plan: plan,
                targets: try plan.workload.components.map { component in
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
                recorder: ProducerRecorder(for: plan),
                clock: clock,
                stop: stopFlag
            )
        }
        self.stopFlag = stopFlag
        pool = ProducerPool(producers: producers, clock: clock)
        phaseFlushes = Histogram()
        reporter = Reporter(
            collector: IntervalCollector(recorders: pool.recorders, phaseFlushes: phaseFlushes),
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

    /// Waits for the session's thread, which ends with the run.
    func close() {
        thread?.join()
        thread = nil
    }

    // MARK: - The session's thread

    private func work() {
        warmUp()
        while let next = nextPhase() {
            let checkpoint = run(next)
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

    private func run(_ start: ControllerMessage.Start) -> WorkerMessage.Checkpoint {
        let phase = configuration.plan.phases[start.phase]
        let began = start.startNanoseconds
        let plannedEnd = began + phase.durationNanoseconds
        let mix = configuration.plan.workload
        let before = Totals(pool.recorders, mix)
        let startUsage = host.usage()
        reporter.begin(start.phase, from: began)

        let outcome = pool.run(phase, from: began)
        let heldUsage = reporter.quietly(host.usage)
        let heldItems = system.counters().queued
        var waiter = Pacer(clock: clock, stop: stopFlag)
        let isComplete = waiter.wait(until: plannedEnd) != nil
        var checkpoint = WorkerMessage.Checkpoint(
            phase: start.phase,
            startNanoseconds: began,
            plannedEndNanoseconds: plannedEnd,
            operationsEndNanoseconds: phase.schedule == .idle ? clock.now() : outcome.endNanoseconds,
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
        }
        reporter.end()

        let totals = Totals(pool.recorders, mix).subtracting(before)
        checkpoint.kinds = totals.kinds
        checkpoint.accepted = totals.kinds.values.reduce(0) { $0 + $1.accepted }
        checkpoint.rejected = totals.kinds.values.reduce(0) { $0 + $1.rejected }
        checkpoint.attempted = checkpoint.accepted + checkpoint.rejected
        checkpoint.gauges = tallies()[.gauge]?.map { $0.last ?? 0 } ?? []
        checkpoint.failedFlushes += totals.failedFlushes
        checkpoint.spinNanoseconds = totals.spunNanoseconds
        checkpoint.counters = system.counters()
        checkpoint.start = startUsage
        checkpoint.held = heldUsage
        checkpoint.heldItems = heldItems
        checkpoint.end = host.usage()
        return checkpoint
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
        let accepted = pool.recorders.map(\.accepted)
        let rejected = pool.recorders.map(\.rejected)
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
        let components = configuration.plan.workload.components
        let kinds = Set(components.map(\.workload.operation))
        return kinds.reduce(into: [:]) { tallies, kind in
            tallies[kind] = pool.recorders.map { recorder in
                let own = components.indices.filter { components[$0].workload.operation == kind }
                guard own.count > 1 else { return OperationTally(recorder.components[own[0]]) }
                return own.reduce(into: OperationTally()) { $0.add(OperationTally(recorder.components[$1])) }
            }
        }
    }

    /// Sums over all producers.
    private struct Totals {
        var kinds: [Workload.Operation: OperationTally] = [:]
        var failedFlushes: UInt64 = 0
        var spunNanoseconds: UInt64 = 0

        init(_ recorders: [ProducerRecorder], _ mix: WorkloadMix) {
            for recorder in recorders {
                for (component, counters) in zip(mix.components, recorder.components) {
                    kinds[component.workload.operation, default: OperationTally()].add(OperationTally(counters))
                }
                failedFlushes += recorder.failedFlushes.value
                spunNanoseconds += recorder.spunNanoseconds.value
            }
        }

        func subtracting(_ earlier: Totals) -> Totals {
            var difference = self
            for (kind, tally) in kinds {
                difference.kinds[kind] = tally.subtracting(earlier.kinds[kind] ?? OperationTally())
            }
            difference.failedFlushes -= earlier.failedFlushes
            difference.spunNanoseconds -= earlier.spunNanoseconds
            return difference
        }
    }
}

extension OperationTally {
    /// What the counters of a component say now.
    fileprivate init(_ counters: OperationCounters) {
        self.init(
            operations: counters.operations.value,
            accepted: counters.accepted.value,
            rejected: counters.rejected.value,
            last: counters.lastAccepted.value
        )
    }
}
