import Platform

/// Collects the metrics of a client when their interval has passed or a flush asks for it, as batches for an exporter.
///
/// A collection goes from instrument to instrument and ends when all batches that it filled are settled:
///
///     waiting → collecting → … → waiting          interval passed, or a flush
///     waiting → collecting (last) → ended         shutdown: instruments close one by one as they are read
///     any     → abandoned                         shutdown timed out
///
/// Source: https://opentelemetry.io/docs/specs/otel/metrics/sdk/#periodic-exporting-metricreader
final class MetricReader: ExportSource, @unchecked Sendable {
    // Sendable: `state` is touched only with `lock` held; `collection` and `chunk` by the exporter's thread alone.

    private enum Phase: Comparable {
        case open
        case draining
        case abandoned
    }

    private struct State {
        var phase = Phase.open
        var hasStarted = false
        var hasEnded = false
        /// There was no thread to be had: nothing measured can be delivered.
        var couldNotStart = false
        /// Collections that flushes have asked for, begun and finished: a flush waits for one begun after its call.
        var requested: UInt64 = 0
        var completed: UInt64 = 0
        /// The moment of the next periodic collection, monotonic nanoseconds.
        var due: UInt64
        var reportedFailures: UInt64 = 0
        var account = MetricsStatus()
        var timings = ReaderTimings()
    }

    /// A collection under way.
    fileprivate struct Collection {
        var instruments: [Instrument]
        var time: UInt64
        var isLast: Bool
        /// The request for a flush that it fulfils, with all before.
        var request: UInt64
        var nextInstrument = 0
        var snapshot: InstrumentSnapshot?
        var nextSeries = 0
        var extra: [InstrumentSnapshot]
        var begin: UInt64
        var busy: UInt64 = 0
    }

    private let registry: InstrumentRegistry
    private let settings: MetricSettings
    private let extraMetrics: @Sendable (UInt64, MetricReader) -> [InstrumentSnapshot]
    private let lock: Lock
    /// Signalled when the exporter has something to do.
    private let work: Condition
    /// Signalled when a collection was completed or the exporter has ended.
    private let progress: Condition
    private var state: State
    private var collection: Collection?
    /// The batch under construction or under way.
    private var chunk: Chunk
    private var lastTime: UInt64 = 0

    /// A reader that waits.
    ///
    /// - Parameters:
    ///   - registry: The instruments to read.
    ///   - settings: Intervals and limits.
    ///   - extraMetrics: Metrics that no instrument has, at a time in nanoseconds since 1970, given this reader.
    init(
        registry: InstrumentRegistry,
        settings: MetricSettings,
        extraMetrics: @escaping @Sendable (UInt64, MetricReader) -> [InstrumentSnapshot] = { _, _ in [] }
    ) {
        self.registry = registry
        self.settings = settings
        self.extraMetrics = extraMetrics
        lock = Lock()
        work = Condition(lock: lock)
        progress = Condition(lock: lock)
        state = State(due: settings.interval.map { MonotonicClock.deadline(after: $0) } ?? .max)
        chunk = Chunk(capacity: 4 << 10)
    }

    deinit {
        chunk.deallocate()
    }

    // MARK: - The client

    /// Whether an exporter must be started for this reader: true once.
    func claimStart() -> Bool {
        lock.withLock {
            guard !state.hasStarted, state.phase == .open else { return false }
            state.hasStarted = true
            state.couldNotStart = false
            return true
        }
    }

    /// Says that no exporter could be started.
    func startFailed(_ reason: String) {
        lock.withLock {
            state.hasStarted = false
            state.couldNotStart = true
            state.account.lastFailure = reason
        }
    }

    /// Asks for a collection, which `finishFlush` waits for.
    func beginFlush() -> FlushTicket {
        lock.withLock {
            if state.hasStarted, !state.hasEnded, state.phase == .open {
                state.requested += 1
                work.signal()
            }
            let target = state.hasStarted ? state.requested : 0
            return FlushTicket(target: target, reportedFailures: state.reportedFailures)
        }
    }

    /// Waits for the end of a collection.
    ///
    /// - Parameters:
    ///   - ticket: What `beginFlush` gave out.
    ///   - deadline: Monotonic nanoseconds.
    /// - Returns: Success only if the backend has acknowledged all points of the collection.
    func finishFlush(_ ticket: FlushTicket, deadline: UInt64) -> FlushOutcome {
        lock.withLock {
            let result = waitForCollection(of: ticket, deadline: deadline)
            return FlushOutcome(result: result, failures: state.account.failedPoints)
        }
    }

    /// Notes that a caller was told of the first so many failed points.
    func failuresWereReported(_ failures: UInt64) {
        lock.withLock { state.reportedFailures = max(state.reportedFailures, failures) }
    }

    /// Waits for the collection of a flush, with the lock held.
    private func waitForCollection(of ticket: FlushTicket, deadline: UInt64) -> FlushResult {
        if state.couldNotStart { return .timedOut(pendingItems: 0) }
        while state.completed < ticket.target, !state.hasEnded {
            guard progress.wait(untilMonotonic: deadline) || state.completed >= ticket.target || state.hasEnded
            else {
                return .timedOut(pendingItems: Int(state.account.queuedPoints))
            }
        }
        // What was measured was never collected: a shutdown has timed out.
        guard state.completed >= ticket.target else {
            return .timedOut(pendingItems: Int(state.account.queuedPoints))
        }
        let failed = state.account.failedPoints
        return failed > ticket.reportedFailures
            ? .failure(lostItems: Int(failed - ticket.reportedFailures)) : .success
    }

    /// Makes the next collection the last one; a flush waits for it.
    ///
    /// Returns false if that was so already.
    func close() -> Bool {
        registry.close()
        return lock.withLock {
            guard state.phase == .open else { return false }
            state.phase = .draining
            if !state.hasStarted { state.hasEnded = true }
            state.requested += 1
            work.signal()
            return true
        }
    }

    /// Gives up what is under way, and tells the exporter to end.
    func abandon() {
        lock.withLock {
            state.phase = .abandoned
            work.broadcast()
        }
    }

    /// Waits for the exporter to end, until a monotonic moment at most.
    ///
    /// Returns whether it has.
    func waitForExporter(deadline: UInt64) -> Bool {
        lock.withLock {
            while !state.hasEnded {
                guard progress.wait(untilMonotonic: deadline) else { return state.hasEnded }
            }
            return true
        }
    }

    /// What became of the points, as one signal among others.
    var signalStatus: SignalStatus {
        let account = status
        var status = SignalStatus()
        status.accepted = account.collectedPoints
        status.exported = account.exportedPoints
        status.failed = account.failedPoints
        status.queued = account.queuedPoints
        status.inFlight = account.queuedPoints
        status.requests = account.requests
        status.retries = account.retries
        status.dropped = account.dropped
        status.lastFailure = account.lastFailure
        return status
    }

    /// What became of the points; the account of the instruments is empty.
    var status: MetricsStatus {
        lock.withLock { state.account }
    }

    /// How long collections and exports took.
    var timings: ReaderTimings {
        lock.withLock { state.timings }
    }

    // MARK: - The exporter

    /// Waits for a collection that is due and fills the next batch from it.
    ///
    /// Returns nil when the exporter is to end.
    func nextBatch() -> Chunk? {
        while true {
            if collection == nil {
                guard let plan = waitForCollection() else { return nil }
                begin(plan)
            }
            fillChunk()
            if chunk.itemCount > 0 {
                lock.withLock {
                    state.account.collectedPoints += UInt64(chunk.itemCount)
                    state.account.queuedPoints += UInt64(chunk.itemCount)
                    state.timings.exportBegan = MonotonicClock.now()
                }
                return chunk
            }
            finishCollection()
        }
    }

    private func waitForCollection() -> (request: UInt64, isLast: Bool)? {
        lock.withLock {
            while true {
                switch state.phase {
                case .abandoned: return nil
                case .draining:
                    return state.completed < state.requested ? (state.requested, true) : nil
                case .open: break
                }
                let now = MonotonicClock.now()
                if let interval = settings.interval, now >= state.due {
                    // From the last due moment, not from now: the intervals do not drift. Missed ones are left out.
                    state.due = max(state.due &+ interval, now)
                    return (state.requested, false)
                }
                if state.completed < state.requested { return (state.requested, false) }
                if state.due == .max { work.wait() } else { _ = work.wait(untilMonotonic: state.due) }
            }
        }
    }

    private func begin(_ plan: (request: UInt64, isLast: Bool)) {
        // The wall clock may step back; the points of a series must not.
        lastTime = max(WallClock.now(), lastTime + 1)
        lock.withLock { state.account.collections += 1 }
        collection = Collection(
            instruments: registry.all,
            time: lastTime,
            isLast: plan.isLast,
            request: plan.request,
            extra: extraMetrics(lastTime, self),
            begin: MonotonicClock.now()
        )
    }

    /// Fills the chunk with what it has room for.
    private func fillChunk() {
        guard var collection else { return }
        let begin = MonotonicClock.now()
        chunk.clear()
        while chunk.byteCount < settings.requestBytes {
            if collection.snapshot == nil {
                collection.snapshot = collection.next()
                collection.nextSeries = 0
            }
            guard let snapshot = collection.snapshot else { break }
            collection.nextSeries = MetricEncoder(snapshot).append(
                from: collection.nextSeries,
                to: &chunk,
                byteLimit: settings.requestBytes
            )
            if collection.nextSeries < snapshot.series.count { break }
            collection.snapshot = nil
        }
        collection.busy += MonotonicClock.now() - begin
        self.collection = collection
    }

    /// Cuts in the middle of the points.
    func split(_ records: UnsafeRawBufferPointer, items: Int) -> BatchHalves? {
        MetricSplitter.split(records, items: items)
    }

    private func finishCollection() {
        guard let collection else { return }
        self.collection = nil
        lock.withLock {
            state.completed = max(state.completed, collection.request)
            state.timings.collection.record(collection.busy)
            progress.broadcast()
        }
    }

    /// Settles a batch.
    func complete(_ chunk: Chunk, _ outcome: ExportOutcome) {
        let items = UInt64(chunk.itemCount)
        let lost = UInt64(outcome.losses.items)
        lock.withLock {
            state.account.queuedPoints -= items
            state.account.exportedPoints += items - lost
            state.account.failedPoints += lost
            for (reason, items) in outcome.losses.byReason {
                state.account.dropped[reason, default: 0] += UInt64(items)
            }
            state.account.requests += outcome.requests
            state.account.retries += outcome.retries
            if let failure = outcome.failure { state.account.lastFailure = failure }
            state.timings.export.record(MonotonicClock.now() - state.timings.exportBegan)
        }
    }

    /// Waits until a moment, or until the reader is abandoned.
    ///
    /// - Parameter deadline: Monotonic nanoseconds.
    /// - Returns: Whether the moment has come.
    func pause(until deadline: UInt64) -> Bool {
        lock.withLock {
            while state.phase != .abandoned {
                guard work.wait(untilMonotonic: deadline) || MonotonicClock.now() < deadline else { return true }
            }
            return false
        }
    }

    /// Whether the exporter must give up what it is doing.
    var isAbandoned: Bool {
        lock.withLock { state.phase == .abandoned }
    }

    /// Closes what is still open and says that the exporter has ended.
    func exporterEnded() {
        for instrument in registry.all { instrument.close() }
        collection = nil
        lock.withLock {
            state.hasEnded = true
            progress.broadcast()
        }
    }
}

extension MetricReader.Collection {
    /// The next snapshot to be encoded; nil at the end.
    fileprivate mutating func next() -> InstrumentSnapshot? {
        if nextInstrument < instruments.count {
            nextInstrument += 1
            return instruments[nextInstrument - 1].collect(time: time, isLast: isLast)
        }
        return extra.isEmpty ? nil : extra.removeFirst()
    }
}
