import Platform

/// Where callers hand over items and the exporter collects batches: the `ChunkQueue` behind one lock.
///
/// Callers hold the lock for as long as it takes to write one record (tens of nanoseconds). They wake the exporter only
/// when a batch is complete and the exporter is waiting for one; everything else it finds by itself when the flush
/// interval has passed.
final class Pipeline: @unchecked Sendable {
    // Sendable: `state` is a constant address, and what it points at is touched only with `lock` held.

    /// The life of a pipeline; it only ever moves forward.
    enum Phase: Comparable {
        /// Items are taken and exported.
        case open
        /// No items are taken; those that are queued are still exported.
        case draining
        /// No items are taken and nothing is exported any more.
        case abandoned
    }

    private struct State {
        var queue: ChunkQueue
        var phase = Phase.open
        /// Batches must leave without delay until so many items are completed.
        var flushTarget: UInt64 = 0
        /// Failed items that a flush has told about.
        var reportedFailures: UInt64 = 0
        /// When the last export began or the interval last passed with nothing to send, monotonic nanoseconds.
        var lastExport: UInt64
        /// An item found the queue full: even an incomplete batch is to leave now.
        var isUnderPressure = false
        var isExporterWaiting = false
        var hasExporterEnded = false
        var waitingCallers = 0
        var requests: UInt64 = 0
        var retries: UInt64 = 0
        var lastFailure: String?
    }

    private let lock: Lock
    /// Signalled when the exporter has something to do.
    private let work: Condition
    /// Signalled when a batch was completed or the exporter has ended.
    private let progress: Condition
    /// Signalled when there is room in the queue or no sense in waiting for it.
    private let space: Condition
    private let state: UnsafeMutablePointer<State>
    private let waitsForSpace: Bool
    private let exportsAutomatically: Bool
    private let flushInterval: UInt64

    init(configuration: TelemetryConfiguration) {
        lock = Lock()
        work = Condition(lock: lock)
        progress = Condition(lock: lock)
        space = Condition(lock: lock)
        waitsForSpace = configuration.overflow == .wait
        exportsAutomatically = configuration.exportMode == .automatic
        flushInterval = configuration.flushInterval.clampedNanoseconds
        let limits = ChunkQueue.Limits(
            batchSize: configuration.batchSize,
            items: configuration.queueLimit,
            bytes: configuration.queueByteLimit
        )
        state = .allocate(capacity: 1)
        state.initialize(to: State(queue: ChunkQueue(limits: limits), lastExport: MonotonicClock.now()))
    }

    deinit {
        state.pointee.queue.deallocate()
        state.deinitialize(count: 1)
        state.deallocate()
    }

    /// What happened so far.
    var status: TelemetryStatus {
        lock.withLock {
            var status = state.pointee.queue.status
            status.requests = state.pointee.requests
            status.retries = state.pointee.retries
            status.lastFailure = state.pointee.lastFailure
            return status
        }
    }

    // MARK: - Callers

    /// Takes an event.
    ///
    /// Hot path: budget 60 ns with one attribute, of which 22 are the reading of the clock. It allocates nothing once
    /// chunks have reached their working size.
    ///
    /// - Returns: Whether it was accepted.
    func record(name: String, attributes: Attributes) -> Bool {
        let record = EventRecord(name: name, attributes: attributes)
        let time = WallClock.now()
        lock.lock()
        let isAdmitted =
            state.pointee.phase == .open && state.pointee.queue.admission(size: record.encodedSize) == .admitted
        guard isAdmitted || waitForAdmission(size: record.encodedSize) else {
            lock.unlock()
            return false
        }
        let start = state.pointee.queue.reserve(size: record.encodedSize)
        record.write(name: name, attributes: attributes, time: time, at: start)
        let wakesExporter = state.pointee.queue.sealIfComplete() && shouldWakeExporter()
        lock.unlock()
        if wakesExporter { work.signal() }
        return true
    }

    private func shouldWakeExporter() -> Bool {
        guard exportsAutomatically, state.pointee.isExporterWaiting else { return false }
        state.pointee.isExporterWaiting = false
        return true
    }

    /// Decides about an item that could not be admitted at once, with the lock held.
    @inline(never)
    private func waitForAdmission(size: Int) -> Bool {
        while true {
            guard state.pointee.phase == .open else {
                state.pointee.queue.refuse(.alreadyShutdown)
                return false
            }
            switch state.pointee.queue.admission(size: size) {
            case .admitted:
                return true
            case .itemTooLarge:
                state.pointee.queue.refuse(.itemTooLarge)
                return false
            case .queueFull:
                state.pointee.isUnderPressure = true
                if shouldWakeExporter() { work.signal() }
                guard waitsForSpace else {
                    state.pointee.queue.refuse(.queueFull)
                    return false
                }
                state.pointee.waitingCallers += 1
                space.wait()
                state.pointee.waitingCallers -= 1
            }
        }
    }

    /// Waits until everything accepted before the call is completed.
    ///
    /// - Parameter timeout: In nanoseconds.
    /// - Returns: How it ended.
    func flush(timeout: UInt64) -> FlushResult {
        let deadline = deadline(after: timeout)
        return lock.withLock {
            let target = state.pointee.queue.accepted
            let alreadyReported = state.pointee.reportedFailures
            state.pointee.flushTarget = max(state.pointee.flushTarget, target)
            work.signal()
            while state.pointee.queue.completed < target {
                guard !state.pointee.hasExporterEnded, progress.wait(untilMonotonic: deadline) else {
                    // The batch may have been completed in the same moment.
                    if state.pointee.queue.completed >= target { break }
                    return .timedOut(pendingItems: Int(target - state.pointee.queue.completed))
                }
            }
            let failed = state.pointee.queue.failed
            state.pointee.reportedFailures = max(state.pointee.reportedFailures, failed)
            return failed > alreadyReported ? .failure(lostItems: Int(failed - alreadyReported)) : .success
        }
    }

    /// Takes no more items from now on.
    ///
    /// Returns false if that was so already.
    func close() -> Bool {
        lock.withLock {
            guard state.pointee.phase == .open else { return false }
            state.pointee.phase = .draining
            space.broadcast()
            work.signal()
            return true
        }
    }

    /// Gives up everything that is queued, and tells the exporter to end.
    func abandon() {
        lock.withLock {
            state.pointee.phase = .abandoned
            space.broadcast()
            work.broadcast()
        }
    }

    /// Waits for the exporter to end, for `timeout` nanoseconds at most.
    ///
    /// Returns whether it has.
    func waitForExporter(timeout: UInt64) -> Bool {
        let deadline = deadline(after: timeout)
        return lock.withLock {
            while !state.pointee.hasExporterEnded {
                guard progress.wait(untilMonotonic: deadline) else { return state.pointee.hasExporterEnded }
            }
            return true
        }
    }

    private func deadline(after timeout: UInt64) -> UInt64 {
        let (deadline, overflow) = MonotonicClock.now().addingReportingOverflow(timeout)
        return overflow ? .max : deadline
    }

    // MARK: - Exporter

    /// Waits for a batch that is due.
    ///
    /// Returns nil when the exporter is to end.
    func nextBatch() -> Chunk? {
        lock.withLock {
            while true {
                if state.pointee.phase == .abandoned { return nil }
                if let chunk = takeDueBatch() { return chunk }
                if state.pointee.phase == .draining { return nil }
                state.pointee.isExporterWaiting = true
                if exportsAutomatically {
                    let due = state.pointee.lastExport &+ flushInterval
                    _ = work.wait(untilMonotonic: due < flushInterval ? .max : due)
                } else {
                    work.wait()
                }
                state.pointee.isExporterWaiting = false
            }
        }
    }

    private func takeDueBatch() -> Chunk? {
        let now = MonotonicClock.now()
        let mustFlush =
            state.pointee.phase == .draining || state.pointee.queue.completed < state.pointee.flushTarget
        guard exportsAutomatically || mustFlush else { return nil }
        if let chunk = state.pointee.queue.takeFull() {
            state.pointee.lastExport = now
            return chunk
        }
        let isDue = state.pointee.isUnderPressure || now - state.pointee.lastExport >= flushInterval
        guard mustFlush || isDue else { return nil }
        // With nothing to send the interval begins anew, so that an idle client wakes once an interval.
        state.pointee.lastExport = now
        return state.pointee.queue.takePartial()
    }

    /// Settles a batch that `nextBatch` gave out.
    func complete(_ chunk: Chunk, _ outcome: ExportOutcome) {
        lock.withLock {
            state.pointee.queue.complete(chunk, lostItems: outcome.lostItems, reason: outcome.reason)
            state.pointee.requests += outcome.requests
            state.pointee.retries += outcome.requests > 0 ? outcome.requests - 1 : 0
            if let failure = outcome.failure { state.pointee.lastFailure = failure }
            state.pointee.isUnderPressure = false
            // Waking a caller for the room of one batch would cost it more time asleep and awake than it has work: half
            // a queue is worth it.
            if state.pointee.waitingCallers > 0, state.pointee.queue.isHalfEmpty { space.broadcast() }
            progress.broadcast()
        }
    }

    /// Waits until a moment, or until the pipeline is abandoned.
    ///
    /// - Returns: Whether the moment has come.
    func pause(until deadline: UInt64) -> Bool {
        lock.withLock {
            while state.pointee.phase != .abandoned {
                guard work.wait(untilMonotonic: deadline) || MonotonicClock.now() < deadline else { return true }
            }
            return false
        }
    }

    /// Whether the exporter must give up what it is doing.
    var isAbandoned: Bool {
        lock.withLock { state.pointee.phase == .abandoned }
    }

    /// Settles all that is left and says that the exporter has ended.
    func exporterEnded() {
        lock.withLock {
            state.pointee.queue.abandon(.shutdownTimedOut)
            state.pointee.hasExporterEnded = true
            progress.broadcast()
        }
    }
}
