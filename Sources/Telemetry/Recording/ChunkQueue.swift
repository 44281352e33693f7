/// The bounded queue between the callers and the exporter: the chunk being filled, full chunks in order, and the
/// account of every item.
///
/// Pure state, guarded by the lock of its `Pipeline`.
///
/// Each item passes through the states below in this order, and counts in exactly one of them:
///
///     refused ← offered → current chunk → full chunks → in flight → exported | failed
///
/// Batches leave in the order in which their items were accepted, so "everything accepted before X is done" is one
/// comparison of counters.
struct ChunkQueue {
    /// Bounds, fixed when the client is made.
    struct Limits {
        /// Items in a batch.
        var batchSize: Int
        /// Items that may be pending.
        var items: Int
        /// Encoded bytes that may be pending.
        var bytes: Int
        /// Encoded bytes in a batch: far below the 64 MiB that receivers take (OTLP/HTTP).
        var batchBytes = 4 << 20
        /// The size of the first chunk.
        ///
        /// Chunks double as items need it, and later ones start at the size then reached.
        var initialBatchBytes = 16 << 10
    }

    /// Whether an item can be taken now.
    enum Admission {
        case admitted
        case queueFull
        case itemTooLarge
    }

    let limits: Limits

    /// The current chunk wants attention once it holds so many items: its batch is complete, or somebody wants to know
    /// of the first item.
    private(set) var attentionCount: Int

    /// Items taken since the start.
    private(set) var accepted: UInt64 = 0
    /// Items acknowledged by the backend.
    private(set) var exported: UInt64 = 0
    /// Items that were accepted and given up.
    private(set) var failed: UInt64 = 0
    /// Bytes of the items that are neither exported nor failed.
    private(set) var pendingBytes = 0
    /// Most items and bytes that were pending when a batch was settled; what is pending since then only grows.
    private var settledPeak = (items: 0, bytes: 0)
    /// Items that the exporter has taken and not settled.
    private var inFlightItems = 0
    /// Items refused or given up, indexed by reason.
    private var dropped: [TelemetryStatus.DropReason: UInt64] = [:]

    private var current: Chunk
    private var full: [Chunk] = []
    private var pool: ChunkPool
    private var chunkCapacity: Int

    /// Makes an empty queue at a moment of the monotonic clock, in nanoseconds.
    init(limits: Limits, now: UInt64) {
        self.limits = limits
        attentionCount = limits.batchSize
        chunkCapacity = min(limits.initialBatchBytes, limits.batchBytes)
        pool = ChunkPool(now: now)
        current = pool.take(capacity: chunkCapacity)
    }

    /// Items that are neither exported nor failed.
    @inline(__always)
    var pendingItems: Int {
        Int(truncatingIfNeeded: accepted &- exported &- failed)
    }

    /// Items that were accepted and have been either exported or given up; they are the first `completed` ones.
    var completed: UInt64 {
        exported + failed
    }

    /// Whether half of the queue is free, in items and in bytes.
    var isHalfEmpty: Bool {
        pendingItems <= limits.items / 2 && pendingBytes <= limits.bytes / 2
    }

    /// Whether a batch is complete and waits for the exporter.
    var hasFullChunk: Bool {
        !full.isEmpty
    }

    /// Whether any item waits for the exporter, in a full batch or not.
    var hasItems: Bool {
        !full.isEmpty || current.itemCount > 0
    }

    // MARK: - Callers

    /// Says whether an item of `size` encoded bytes fits into the queue.
    @inline(__always)
    func admission(size: Int) -> Admission {
        if pendingItems < limits.items && pendingBytes &+ size <= limits.bytes && size <= limits.batchBytes {
            return .admitted
        }
        return size > min(limits.batchBytes, limits.bytes) ? .itemTooLarge : .queueFull
    }

    /// Returns memory for an admitted item of `size` bytes, which the caller fills before it lets go of the lock.
    @inline(__always)
    mutating func reserve(size: Int) -> UnsafeMutableRawPointer {
        if current.byteCount &+ size > current.capacity { makeRoom(for: size) }
        let start = current.base + current.byteCount
        current.byteCount &+= size
        current.itemCount &+= 1
        accepted &+= 1
        pendingBytes &+= size
        return start
    }

    /// Whether the current chunk wants attention: `sealIfComplete` is to be called, and the exporter looked at.
    ///
    /// Hot: one comparison, whatever the reason.
    @inline(__always)
    var wantsAttention: Bool {
        current.itemCount >= attentionCount
    }

    /// Makes the first item of the current chunk want attention, or only a complete batch.
    mutating func watchFirstItem(_ watch: Bool) {
        attentionCount = watch ? 1 : limits.batchSize
    }

    /// Moves the current chunk to the full ones if its batch is complete.
    ///
    /// Returns whether it was.
    @inline(__always)
    mutating func sealIfComplete() -> Bool {
        guard current.itemCount >= limits.batchSize else { return false }
        seal()
        return true
    }

    /// Counts an item that was refused at the call.
    mutating func refuse(_ reason: TelemetryStatus.DropReason) {
        dropped[reason, default: 0] += 1
    }

    @inline(never)
    private mutating func makeRoom(for size: Int) {
        if current.byteCount + size > limits.batchBytes {
            seal()
        }
        if current.byteCount + size > current.capacity {
            let needed = current.byteCount + size
            chunkCapacity = max(chunkCapacity, min(max(needed, current.capacity * 2), limits.batchBytes))
            current.grow(to: chunkCapacity)
        }
    }

    @inline(never)
    private mutating func seal() {
        full.append(current)
        current = pool.take(capacity: chunkCapacity)
    }

    // MARK: - Exporter

    /// Takes the oldest full batch.
    mutating func takeFull() -> Chunk? {
        full.isEmpty ? nil : took(full.removeFirst())
    }

    /// Takes the batch being filled, if it holds anything.
    mutating func takePartial() -> Chunk? {
        guard current.itemCount > 0 else { return nil }
        seal()
        return took(full.removeLast())
    }

    private mutating func took(_ chunk: Chunk) -> Chunk {
        inFlightItems += chunk.itemCount
        return chunk
    }

    /// Settles a batch and puts its chunk back into the pool.
    ///
    /// - Parameters:
    ///   - chunk: The batch, taken before.
    ///   - losses: How many of its items did not arrive, 0 … its item count in all, and why.
    ///   - now: The moment by the monotonic clock, in nanoseconds.
    /// - Returns: A chunk that the pool lets go of, which the caller deallocates: without the lock, for it may be a
    ///   call of the system.
    mutating func complete(_ chunk: Chunk, losses: ExportLosses, now: UInt64) -> Chunk? {
        settledPeak = peak
        let lost = UInt64(losses.items)
        exported += UInt64(chunk.itemCount) - lost
        failed += lost
        for (reason, items) in losses.byReason { dropped[reason, default: 0] += UInt64(items) }
        inFlightItems -= chunk.itemCount
        pendingBytes -= chunk.byteCount
        return pool.putBack(chunk, now: now)
    }

    /// Most items and bytes that were ever pending.
    ///
    /// Exact and free of cost for callers: between two settlements the queue never shrinks.
    private var peak: (items: Int, bytes: Int) {
        (max(settledPeak.items, pendingItems), max(settledPeak.bytes, pendingBytes))
    }

    /// Gives up everything that is still queued, at a moment of the monotonic clock, in nanoseconds.
    mutating func abandon(_ reason: TelemetryStatus.DropReason, now: UInt64) {
        while let chunk = takeFull() ?? takePartial() {
            complete(chunk, losses: ExportLosses(chunk.itemCount, reason), now: now)?.deallocate()
        }
    }

    /// The account of all items so far.
    var status: SignalStatus {
        var status = SignalStatus()
        status.accepted = accepted
        status.exported = exported
        status.failed = failed
        status.queued = UInt64(pendingItems)
        status.inFlight = UInt64(inFlightItems)
        status.queuedBytes = UInt64(pendingBytes)
        status.peakQueued = UInt64(peak.items)
        status.peakQueuedBytes = UInt64(peak.bytes)
        status.dropped = dropped
        return status
    }

    /// Frees all memory.
    ///
    /// The queue must not be used afterwards.
    func deallocate() {
        current.deallocate()
        for chunk in full { chunk.deallocate() }
        pool.deallocate()
    }
}
