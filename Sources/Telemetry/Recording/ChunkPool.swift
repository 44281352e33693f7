/// Empty chunks that are kept for the batches to come.
///
/// A steady load allocates nothing. What only a stall or an outage of the backend needed is given back: each `period`
/// the pool learns how many chunks were in use at once, and lets go of the others, one with each batch that is settled,
/// so that no batch pays for all of them.
struct ChunkPool {
    /// How long a peak of chunks in use is remembered at least, and nearly twice that at most, in nanoseconds.
    ///
    /// Longer than the intervals at which batches, flushes and metrics usually come together.
    static let period: UInt64 = 30_000_000_000

    private var spares: [Chunk] = []
    private var inUse = 0
    /// Most chunks that were in use at once since the period began.
    private var peakInUse = 0
    private var periodStart: UInt64
    /// Spare chunks that the last period did not need and that are still here.
    private var surplus = 0

    /// Makes an empty pool at a moment of the monotonic clock, in nanoseconds.
    init(now: UInt64) {
        periodStart = now
    }

    /// Hands out an empty chunk: a spare one, or a new one of `capacity` bytes.
    mutating func take(capacity: Int) -> Chunk {
        inUse += 1
        peakInUse = max(peakInUse, inUse)
        return spares.popLast() ?? Chunk(capacity: capacity)
    }

    /// Takes a chunk back at a moment of the monotonic clock, in nanoseconds.
    ///
    /// Returns one that is not needed any more, which the caller deallocates.
    mutating func putBack(_ chunk: Chunk, now: UInt64) -> Chunk? {
        var chunk = chunk
        chunk.clear()
        spares.append(chunk)
        inUse -= 1
        if now - periodStart >= Self.period {
            surplus = inUse + spares.count - peakInUse
            peakInUse = inUse
            periodStart = now
        }
        guard surplus > 0, !spares.isEmpty else { return nil }
        surplus -= 1
        // The oldest: the newest are warm in the caches.
        return spares.removeFirst()
    }

    /// Frees all spare chunks.
    ///
    /// The pool must not be used afterwards.
    func deallocate() {
        for chunk in spares { chunk.deallocate() }
    }
}
