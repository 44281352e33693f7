import OTLP
import Platform

/// Where callers hand over items and the exporter collects batches: the `ChunkQueue` behind one lock.
///
/// Callers hold the lock for as long as it takes to write one record (tens of nanoseconds). They wake the exporter only
/// when a batch is complete and the exporter is waiting for one; everything else it finds by itself when the flush
/// interval has passed.
final class Pipeline: ExportSource, @unchecked Sendable {
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
        /// When the last export began, or the first item came after a time without any, monotonic nanoseconds.
        var lastExport: UInt64
        /// An item found the queue full: even an incomplete batch is to leave now.
        var isUnderPressure = false
        var isExporterWaiting = false
        /// The exporter waits for the first item, without a deadline.
        var isExporterIdle = false
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
    private let settings: Settings

    /// How a pipeline works: checked values.
    struct Settings {
        /// What the queue holds at most.
        var limits: ChunkQueue.Limits
        /// How long an item waits for its batch to fill, in nanoseconds.
        var flushInterval: UInt64
        /// Whether callers wait when the queue is full.
        var waitsForSpace: Bool
        /// Whether batches leave before a flush asks for them.
        var exportsAutomatically: Bool
        /// How items are written.
        var format: ProtocolFormat
        /// What an item is.
        var message: OTLPMessage
    }

    /// Makes the pipeline of one signal.
    init(settings: Settings) {
        lock = Lock()
        work = Condition(lock: lock)
        progress = Condition(lock: lock)
        space = Condition(lock: lock)
        self.settings = settings
        state = .allocate(capacity: 1)
        let now = MonotonicClock.now()
        state.initialize(to: State(queue: ChunkQueue(limits: settings.limits, now: now), lastExport: now))
    }

    deinit {
        state.pointee.queue.deallocate()
        state.deinitialize(count: 1)
        state.deallocate()
    }

    /// What happened so far.
    var status: SignalStatus {
        lock.withLock {
            var status = state.pointee.queue.status
            status.requests = state.pointee.requests
            status.retries = state.pointee.retries
            status.lastFailure = state.pointee.lastFailure
            return status
        }
    }

    // MARK: - Callers

    /// Takes an item.
    ///
    /// Hot path: with a measured record 15 ns and the time that its bytes need. It allocates nothing once chunks have
    /// reached their working size.
    ///
    /// - Returns: Whether it was accepted.
    @inline(__always)
    func record(_ record: some SignalRecord) -> Bool {
        guard settings.format == .protobuf else { return recordJSON(record) }
        let size = record.encodedSize
        lock.lock()
        guard isAdmitted(size: size) || waitForAdmission(size: size) else {
            lock.unlock()
            return false
        }
        record.write(at: state.pointee.queue.reserve(size: size))
        let wakesExporter = state.pointee.queue.wantsAttention && attend()
        lock.unlock()
        if wakesExporter { work.signal() }
        return true
    }

    /// Takes an item as JSON, with a comma behind it.
    ///
    /// It is built outside the lock, in memory of the thread, and copied into the chunk.
    @inline(never)
    private func recordJSON(_ record: some SignalRecord) -> Bool {
        let thread = ThreadState.current(in: ThreadState.slot)
        let protobuf = thread.pointee.protobufBuffer(size: record.encodedSize)
        guard let base = protobuf.baseAddress else { return false }
        record.write(at: base)
        thread.pointee.json.removeAll()
        thread.pointee.json.append(settings.message, protobuf: protobuf.withoutTagAndLength)
        thread.pointee.json.append(byte: UInt8(ascii: ","))
        return thread.pointee.json.withBytes { self.record(bytes: $0) }
    }

    /// Takes an item in its final form.
    private func record(bytes: UnsafeRawBufferPointer) -> Bool {
        lock.lock()
        guard isAdmitted(size: bytes.count) || waitForAdmission(size: bytes.count) else {
            lock.unlock()
            return false
        }
        let target = state.pointee.queue.reserve(size: bytes.count)
        UnsafeMutableRawBufferPointer(start: target, count: bytes.count).copyMemory(from: bytes)
        let wakesExporter = state.pointee.queue.wantsAttention && attend()
        lock.unlock()
        if wakesExporter { work.signal() }
        return true
    }

    @inline(__always)
    private func isAdmitted(size: Int) -> Bool {
        state.pointee.phase == .open && state.pointee.queue.admission(size: size) == .admitted
    }

    /// Closes a batch that is complete; tells whether the exporter is to be woken, with the lock held.
    @inline(never)
    private func attend() -> Bool {
        let isComplete = state.pointee.queue.sealIfComplete()
        if state.pointee.isExporterIdle {
            // The flush interval begins with the first item.
            state.pointee.isExporterIdle = false
            state.pointee.isExporterWaiting = false
            state.pointee.queue.watchFirstItem(false)
            state.pointee.lastExport = MonotonicClock.now()
            return true
        }
        return isComplete && shouldWakeExporter()
    }

    private func shouldWakeExporter() -> Bool {
        guard settings.exportsAutomatically, state.pointee.isExporterWaiting else { return false }
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
                guard settings.waitsForSpace else {
                    state.pointee.queue.refuse(.queueFull)
                    return false
                }
                state.pointee.waitingCallers += 1
                space.wait()
                state.pointee.waitingCallers -= 1
            }
        }
    }

    /// Asks the exporter to send everything accepted so far without delay.
    ///
    /// - Returns: What `finishFlush` needs to know.
    func beginFlush() -> FlushTicket {
        lock.withLock {
            let target = state.pointee.queue.accepted
            state.pointee.flushTarget = max(state.pointee.flushTarget, target)
            work.signal()
            return FlushTicket(target: target, reportedFailures: state.pointee.reportedFailures)
        }
    }

    /// Waits until everything accepted before the flush began is completed.
    ///
    /// - Parameters:
    ///   - ticket: What `beginFlush` gave out.
    ///   - deadline: The moment to stop waiting, by the monotonic clock.
    /// - Returns: How it ended.
    func finishFlush(_ ticket: FlushTicket, deadline: UInt64) -> FlushOutcome {
        lock.withLock {
            let result = waitForItems(of: ticket, deadline: deadline)
            return FlushOutcome(result: result, failures: state.pointee.queue.failed)
        }
    }

    /// Notes that a caller was told of the first so many failed items.
    func failuresWereReported(_ failures: UInt64) {
        lock.withLock { state.pointee.reportedFailures = max(state.pointee.reportedFailures, failures) }
    }

    /// Waits for the items of a flush, with the lock held.
    private func waitForItems(of ticket: FlushTicket, deadline: UInt64) -> FlushResult {
        while state.pointee.queue.completed < ticket.target {
            guard !state.pointee.hasExporterEnded, progress.wait(untilMonotonic: deadline) else {
                // The batch may have been completed in the same moment.
                if state.pointee.queue.completed >= ticket.target { break }
                return .timedOut(pendingItems: Int(ticket.target - state.pointee.queue.completed))
            }
        }
        let failed = state.pointee.queue.failed
        return failed > ticket.reportedFailures
            ? .failure(lostItems: Int(failed - ticket.reportedFailures)) : .success
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

    /// Waits for the exporter to end, until `deadline` by the monotonic clock at most.
    ///
    /// Returns whether it has.
    func waitForExporter(deadline: UInt64) -> Bool {
        lock.withLock {
            while !state.pointee.hasExporterEnded {
                guard progress.wait(untilMonotonic: deadline) else { return state.pointee.hasExporterEnded }
            }
            return true
        }
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
                if settings.exportsAutomatically, !state.pointee.queue.hasItems {
                    // Nothing to send: the first item wakes the exporter, and an idle client never wakes.
                    state.pointee.isExporterIdle = true
                    state.pointee.queue.watchFirstItem(true)
                    work.wait()
                    state.pointee.isExporterIdle = false
                    state.pointee.queue.watchFirstItem(false)
                } else if settings.exportsAutomatically {
                    let due = state.pointee.lastExport &+ settings.flushInterval
                    _ = work.wait(untilMonotonic: due < settings.flushInterval ? .max : due)
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
        guard settings.exportsAutomatically || mustFlush else { return nil }
        if let chunk = state.pointee.queue.takeFull() {
            state.pointee.lastExport = now
            return chunk
        }
        let isDue = state.pointee.isUnderPressure || now - state.pointee.lastExport >= settings.flushInterval
        guard mustFlush || isDue else { return nil }
        state.pointee.lastExport = now
        return state.pointee.queue.takePartial()
    }

    /// Settles a batch that `nextBatch` gave out.
    func complete(_ chunk: Chunk, _ outcome: ExportOutcome) {
        let surplus = lock.withLock {
            let surplus = state.pointee.queue.complete(chunk, losses: outcome.losses, now: MonotonicClock.now())
            state.pointee.requests += outcome.requests
            state.pointee.retries += outcome.retries
            if let failure = outcome.failure { state.pointee.lastFailure = failure }
            // Waking a caller for the room of one batch would cost it more time asleep and awake than it has work: half
            // a queue is worth it.
            let hasWaiting = state.pointee.waitingCallers > 0
            if hasWaiting, state.pointee.queue.isHalfEmpty { space.broadcast() }
            // Who goes on waiting waits for what is left, too, which may be less than a batch.
            state.pointee.isUnderPressure = hasWaiting && !state.pointee.queue.isHalfEmpty
            progress.broadcast()
            return surplus
        }
        surplus?.deallocate()
    }

    /// Cuts between two records, in the middle.
    func split(_ records: UnsafeRawBufferPointer, items: Int) -> BatchHalves? {
        guard items > 1 else { return nil }
        let middle = RecordBoundary.offset(of: items / 2, in: records, format: settings.format)
        return BatchHalves(
            first: Array(records[..<middle]),
            firstItems: items / 2,
            second: Array(records[middle...])
        )
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
            state.pointee.queue.abandon(.shutdownTimedOut, now: MonotonicClock.now())
            state.pointee.hasExporterEnded = true
            progress.broadcast()
        }
    }
}
