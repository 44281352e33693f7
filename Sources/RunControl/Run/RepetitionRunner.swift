import HTTP
import HarnessCore
import LoadEngine
import Measurement
import Platform
import Results

/// Runs the plan once, in a fresh worker: the controller's side of the worker protocol.
///
/// One thread does everything: it waits for the worker, the sink and signals together, and reads `/proc` when the next
/// sample is due.
final class RepetitionRunner {
    /// A prime period, so that the samples do not keep step with anything that happens each 10 or 100 ms.
    static let samplePeriod: UInt64 = 97_000_000

    /// Between the message that starts a phase and the start itself.
    private static let leadTime: UInt64 = 20_000_000
    /// How long a further system of a cycle may take on average, in nanoseconds.
    private static let sessionPatience: UInt64 = 1_000_000_000

    private let session: RunSession
    private let index: Int
    private let runID: String
    private let worker: ManagedProcess
    private let ledger: LedgerClient?
    private let director: FaultDirector?
    private let sampler: WorkerSampler
    private let meter: HostMeter
    private let startTime = MonotonicClock.now()
    private var accounts: [PhaseAccount] = []
    private var timeline: TimelineBuilder
    private var minutes = MinuteReadings()
    private var nextMinute = UInt64.max
    private var isStopping = false
    /// Lines of the worker that nobody has asked for yet: whether they are messages shows when their turn comes.
    private var inbox: [[UInt8]] = []
    /// What the worker is doing now, for messages.
    private var work = "making the system"

    /// Starts a worker.
    init(session: RunSession, index: Int) throws(RunError) {
        self.session = session
        self.index = index
        let runID = session.runID(ofRepetition: index)
        self.runID = runID
        worker = try ManagedProcess(
            role: "the worker",
            executable: session.request.workerExecutable,
            arguments: [],
            variables: session.request.workerVariables,
            passOn: session.note
        )
        ledger = session.endpoint.plain.map { LedgerClient(endpoint: $0, runID: runID) }
        let (faults, seed) = (session.request.profile.faults, session.request.plan.seed)
        director =
            faults.isEmpty
            ? nil : session.endpoint.plain.map { FaultDirector(faults: faults, endpoint: $0, seed: seed) }
        guard faults.isEmpty || director != nil else {
            throw .usage(
                "the profile's \"faults\" need a bench-sink over http://, and the endpoint is \(session.endpoint)"
            )
        }
        sampler = WorkerSampler(
            processID: worker.processID,
            startTime: startTime,
            isSampling: session.request.profile.samplesMemory
        )
        timeline = TimelineBuilder(plan: session.request.plan, repetitionStart: startTime)
        meter = HostMeter(probe: session.hostProbe, worker: worker.processID)
    }

    /// Carries out the plan.
    ///
    /// - Returns: What was measured; of an interrupted run, what was measured until then.
    /// - Throws: `RunError` if the worker or the sink died, fell silent or broke the protocol, or the system refused
    ///   its configuration. No process is left running.
    func run() throws(RunError) -> RepetitionOutcome {
        defer { worker.finish(patience: session.endPatience) }
        let ready = try configure()
        // A system that is switched off delivers nothing, and is not blamed for it.
        let ledgerState = ready.system.enabled ? try session.probeLedger(ledger) : .notOffered
        if ledgerState == .offered, let ledger { try session.announceChecks(ledger) }
        session.log?.begin(
            RunLogRecord.RepetitionStart(
                repetition: index,
                workerPID: Int(worker.processID),
                startNanoseconds: startTime,
                system: ready.system,
                hasLedger: ledgerState == .offered
            )
        )
        var counters = SystemCounters()
        for phase in session.request.plan.phases.indices where !isStopping {
            counters = try run(phase: phase, countersBefore: counters, ledgerState)
        }
        if ready.holdsAtEnd { try send(.finish) }
        let finished = try awaitFinished()
        let final = try ledgerState == .offered ? ledger.map { ledger throws(RunError) in try read(ledger) } : nil
        let faults = try director.map { director throws(RunError) in try director.finish() }
        var outcome = outcome(ready, finished, final, faults)
        if outcome.system.enabled { outcome.repetition.audit = AuditReport(outcome) }
        session.log?.end(outcome.repetition)
        try quit()
        return outcome
    }

    private func outcome(
        _ ready: WorkerMessage.Ready,
        _ finished: WorkerMessage.Finished,
        _ final: LedgerSnapshot?,
        _ faults: FaultReport?
    ) -> RepetitionOutcome {
        let flushFailures = accounts.compactMap { account -> (phase: String, outcome: FlushOutcome)? in
            guard let outcome = account.checkpoint?.flushOutcome, outcome != .success else { return nil }
            return (phase: account.planned.name, outcome: outcome)
        }
        let shutdownFailures = finished.shutdownOutcome == .success ? 0 : 1
        var repetition = Repetition(
            index: index,
            workerPID: Int(worker.processID),
            phases: accounts.compactMap { $0.result(repetitionStart: startTime) },
            ledger: final.map { LedgerReport($0, accepted: finished.acceptedItems) },
            counters: SystemCounterReport(finished.counters),
            failedFlushes: UInt64(flushFailures.count + shutdownFailures),
            memory: sampler.trace,
            checkpoints: minutes.merged(
                with: accounts.compactMap { $0.checkpointRecord(repetitionStart: startTime) }
            ),
            host: meter.whole,
            faults: faults
        )
        repetition.timeline = timeline.timeline
        repetition.mappings = MappingTrace(accounts)
        repetition.queue = QueueAccounting(repetition.phases)
        return RepetitionOutcome(
            system: ready.system,
            finished: finished,
            ledger: final,
            flushFailures: flushFailures,
            lateFlushes: accounts.compactMap { account in
                account.lateItems.map { (phase: account.planned.name, items: $0) }
            },
            overruns: accounts.compactMap(\.overrun),
            isStopped: isStopping,
            repetition: repetition
        )
    }

    // MARK: - Steps

    private func configure() throws(RunError) -> WorkerMessage.Ready {
        let request = session.request
        var configuration = ControllerMessage.Configure(
            runID: runID,
            system: request.profile.system,
            options: request.profile.options,
            endpoint: session.endpoint.description,
            plan: request.plan,
            flushTimeoutNanoseconds: request.flushTimeout,
            samplesMemory: request.profile.samplesMemory ? nil : false
        )
        // The last checkpoint is to show the system as the phase left it, not in the midst of its shutdown.
        configuration.holdsAtEnd = true
        try send(.configure(configuration))
        let deadline = MonotonicClock.deadline(after: request.readyLimit)
        guard case .ready(let ready) = try nextMessage(deadline: deadline) else {
            throw protocolError("it sent something else than \"ready\" as its first message")
        }
        guard ready.version == WorkerProtocol.version else {
            throw protocolError("it speaks version \(ready.version) of the protocol, bench \(WorkerProtocol.version)")
        }
        work = "waiting for the first phase"
        sampler.restart()
        return ready
    }

    /// Runs one phase and returns the system's account at its end.
    private func run(
        phase index: Int,
        countersBefore: SystemCounters,
        _ ledgerState: LedgerState
    ) throws(RunError) -> SystemCounters {
        let planned = session.request.plan.phases[index]
        accounts.append(PhaseAccount(planned: planned, countersBefore: countersBefore, after: accounts.last))
        if ledgerState == .offered, let ledger { try begin(planned.name, ledger) }
        sampler.resetPeak()
        meter.beginPhase()
        let start = MonotonicClock.deadline(after: Self.leadTime)
        try director?.begin(planned, start: start)
        work = "in phase \(planned.name)"
        let cpu = sampler.cpuNanoseconds
        _ = sampler.takeExtent()
        timeline.begin(phase: index, start: start, cpuNanoseconds: cpu)
        nextMinute = session.request.profile.samplesMemory ? start + MinuteReadings.period : .max
        session.log?.begin(
            phase: index,
            named: planned.name,
            repetition: self.index,
            start: start,
            cpuNanoseconds: cpu
        )
        // A worker may report each second and still not get anywhere: once the plan is over, something has to happen
        // within the time of a flush.
        var lastProgress = start + planned.durationNanoseconds + planned.sessions * Self.sessionPatience
        try send(.start(ControllerMessage.Start(phase: index, startNanoseconds: start)))
        while true {
            // Intervals come each second, during flushes too; silence means that the worker hangs.
            let deadline = MonotonicClock.deadline(after: session.request.silenceLimit)
            switch try nextMessage(deadline: deadline) {
            case .interval(let interval) where interval.phase == index:
                accounts[index].add(interval)
                note(interval, ledgerState)
                let now = MonotonicClock.now()
                if interval.operations > 0 || interval.flushLatency != nil { lastProgress = max(lastProgress, now) }
                guard now <= lastProgress + session.request.flushTimeout + session.request.silenceLimit else {
                    throw worker.ended(because: "it reports, but gets no further while \(work)")
                }
            case .checkpoint(let checkpoint) where checkpoint.phase == index:
                accounts[index].checkpoint = checkpoint
                accounts[index].host = meter.endPhase()
                accounts[index].peakResidentBytes = sampler.peakResidentBytes()
                // Without a flush that succeeded the system may still export, and is not to be stalled.
                let isQuiet = checkpoint.flushOutcome == .success
                accounts[index].reading = sampler.reading(isQuiet: isQuiet)
                if isQuiet { accounts[index].mappings = sampler.mappings() }
                try director?.end(planned)
                if ledgerState == .offered, let ledger {
                    let snapshot = try read(ledger)
                    accounts[index].ledger = snapshot.phase
                    accounts[index].strays = snapshot.strays
                    accounts[index].arrivals = snapshot.arrivals
                    accounts[index].proof = snapshot.signals?.metrics.map { MeasurementProof($0) }
                }
                let account = accounts[index]
                session.log?.end(
                    RunLogRecord.PhaseEnd(
                        repetition: self.index,
                        checkpoint: checkpoint,
                        ledger: account.ledger,
                        proof: account.proof,
                        strays: account.strays,
                        arrivals: account.arrivals,
                        peakResidentBytes: account.peakResidentBytes,
                        reading: account.reading,
                        mappings: account.mappings,
                        host: account.host
                    )
                )
                isStopping = isStopping || checkpoint.stopped
                return checkpoint.counters
            default:
                throw protocolError("it sent a message that has no place there")
            }
        }
    }

    private func awaitFinished() throws(RunError) -> WorkerMessage.Finished {
        work = "shutting down"
        // The shutdown may take as long as a flush, and the worker is silent meanwhile.
        let patience = session.request.flushTimeout + session.request.silenceLimit
        let deadline = MonotonicClock.deadline(after: patience)
        guard case .finished(let finished) = try nextMessage(deadline: deadline) else {
            throw protocolError("it sent something else than \"finished\" after the last phase")
        }
        work = "quitting"
        return finished
    }

    /// A worker that crashes or hangs once everything is measured is still one that died.
    private func quit() throws(RunError) {
        try send(.quit)
        try worker.finishInGoodOrder(patience: session.request.quitLimit)
    }

    // MARK: - Messages

    private func send(_ message: ControllerMessage) throws(RunError) {
        let line: [UInt8]
        do {
            line = Array(try WorkerProtocol.line(message))
        } catch {
            throw .internal("cannot encode a message to the worker: \(error)")
        }
        do {
            try worker.write(line)
        } catch {
            // What it said before it stopped reading tells more than the broken pipe.
            _ = try nextMessage(deadline: MonotonicClock.deadline(after: 500_000_000))
            throw error
        }
    }

    /// Waits for the worker's next message; meanwhile samples, and minds the sink and the signals.
    private func nextMessage(deadline: UInt64) throws(RunError) -> WorkerMessage {
        while inbox.isEmpty {
            let wake = min(deadline, sampler.nextSample, meter.nextSample)
            let watched = worker.descriptors + session.descriptors
            let ready = try readable(watched, deadline: wake)
            sampler.sampleIfDue()
            meter.sampleIfDue()
            try session.handle(ready) { () throws(RunError) in try self.interrupted() }
            inbox += try worker.read(ready)
            if inbox.isEmpty, worker.hasEnded { throw worker.ended(while: work) }
            if inbox.isEmpty, MonotonicClock.now() >= deadline {
                throw worker.ended(because: "it sent nothing in time while \(work)")
            }
        }
        let message = try message(inbox.removeFirst())
        if case .failed(let failure) = message {
            switch failure.kind {
            case .configuration: throw refusal(failure.message)
            case .protocol, .internal: throw .internal("the worker failed while \(work): \(failure.message)")
            }
        }
        return message
    }

    /// The error for a system that cannot be made as the profile wants it.
    private func refusal(_ message: String) -> RunError {
        let request = session.request
        if session.endpoint.isSecure, message.contains("TLS") {
            return .usage(
                "the worker \(request.workerExecutable) has no TLS, which \(session.endpoint) needs; "
                    + "pass --worker with the path of bench-worker-tls, or leave --worker out"
            )
        }
        return .usage("profile \(request.profileSource ?? request.profile.name): \(message)")
    }

    private func message(_ line: [UInt8]) throws(RunError) -> WorkerMessage {
        do {
            return try WorkerProtocol.message(WorkerMessage.self, from: line)
        } catch {
            throw protocolError("\(error)")
        }
    }

    private func protocolError(_ what: String) -> RunError {
        worker.ended(because: "it broke the protocol while \(work): \(what)")
    }

    /// The first signal ends the run early and in good order.
    private func interrupted() throws(RunError) {
        isStopping = true
        try send(.stop)
    }

    // MARK: - Ledger

    private func begin(_ phase: String, _ ledger: LedgerClient) throws(RunError) {
        do {
            try ledger.beginPhase(phase)
        } catch {
            throw session.sinkFailure("\(error)")
        }
    }

    private func read(_ ledger: LedgerClient) throws(RunError) -> LedgerSnapshot {
        do {
            return try ledger.snapshot()
        } catch {
            throw session.sinkFailure("\(error)")
        }
    }

    // MARK: - Progress

    /// Keeps what an interval brought: for the timeline, the log and the display.
    private func note(_ interval: WorkerMessage.Interval, _ ledgerState: LedgerState) {
        let arrivals = arrivals(ledgerState)
        // Measurements arrive in aggregates, which say nothing while more are made.
        let hasMeasurements = session.request.plan.workload.signals.contains(.metrics)
        var record = RunLogRecord.Interval(
            repetition: index,
            counts: interval,
            delivered: hasMeasurements ? nil : arrivals?.distinct,
            deliveredWithIDs: hasMeasurements ? arrivals?.distinct : nil,
            residentBytes: sampler.residentBytes,
            residentExtent: sampler.takeExtent(),
            cpuNanoseconds: sampler.cpuNanoseconds
        )
        record.freshness = arrivals?.freshness
        timeline.add(record)
        session.log?.add(record)
        report(record)
        readMemory(record)
    }

    /// Reads the worker's memory in detail once a minute, for the log and the result: what RSS consists of, threads,
    /// descriptors.
    private func readMemory(_ record: RunLogRecord.Interval) {
        let now = MonotonicClock.now()
        guard now >= nextMinute, let account = accounts.last else { return }
        nextMinute += MinuteReadings.period * ((now - nextMinute) / MinuteReadings.period + 1)
        var checkpoint = CheckpointRecord(
            label: "minute",
            phase: account.planned.name,
            elapsedSeconds: Double(now - startTime) / 1e9,
            bytesInUse: record.counts.bytesInUse,
            rssBytes: record.residentBytes,
            cpuSeconds: record.cpuNanoseconds.map { Double($0) / 1e9 }
        )
        (checkpoint.queuedItems, checkpoint.queuedBytes) = (record.counts.queuedItems, record.counts.queuedBytes)
        if let reading = sampler.reading(isQuiet: false) { checkpoint.add(reading) }
        minutes.add(checkpoint)
        session.log?.add(RunLogRecord.Memory(repetition: index, checkpoint: checkpoint))
    }

    /// What has arrived of the phase; nil where nobody counts.
    ///
    /// When the sink does not answer, the end of the phase will tell.
    private func arrivals(_ ledgerState: LedgerState) -> LedgerClient.Arrivals? {
        ledgerState == .offered ? try? ledger?.arrivals() : nil
    }

    /// Shows where the phase stands.
    private func report(_ record: RunLogRecord.Interval) {
        guard session.observer.wantsProgress, let account = accounts.last else { return }
        let interval = record.counts
        var progress = RunProgress(
            request: session.request,
            repetition: index,
            phase: accounts.count - 1,
            account: account,
            interval: interval
        )
        progress.isFlushing =
            account.planned.shape != "idle" && account.attempted > 0 && interval.operations == 0
            && interval.elapsedNanoseconds >= account.planned.durationNanoseconds
        progress.residentBytes = record.residentBytes
        progress.delivered = record.delivered
        session.observer.progress(progress)
    }
}
