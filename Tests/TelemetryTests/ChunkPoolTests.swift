import Testing

@testable import Telemetry

struct ChunkPoolTests {
    private static let period = ChunkPool.period

    @Test func aSteadyLoadAllocatesNothing() {
        var pool = ChunkPool(now: 0)
        defer { pool.deallocate() }
        var addresses: Set<UnsafeMutableRawPointer> = []
        for round in 0..<100 as Range<UInt64> {
            let chunks = (0..<3).map { _ in pool.take(capacity: 64) }
            addresses.formUnion(chunks.map(\.base))
            for chunk in chunks { #expect(pool.putBack(chunk, now: round * Self.period / 4) == nil) }
        }
        #expect(addresses.count == 3)
    }

    @Test func whatOnlyAPeakNeededIsGivenBackOneByOne() {
        var pool = ChunkPool(now: 0)
        defer { pool.deallocate() }
        let peak = (0..<10).map { _ in pool.take(capacity: 64) }
        for chunk in peak { #expect(pool.putBack(chunk, now: 1) == nil) }
        // The period of the peak ends: all of it may be needed again.
        #expect(Self.use(&pool, count: 2, now: Self.period).isEmpty)
        // The next one needed two chunks.
        var freed = Self.use(&pool, count: 2, now: 2 * Self.period)
        #expect(freed.count == 2)
        for _ in 0..<10 { freed += Self.use(&pool, count: 2, now: 2 * Self.period + 1) }
        #expect(Set(freed).count == 8)
    }

    @Test func aChunkInUseIsNoSurplus() {
        var pool = ChunkPool(now: 0)
        defer { pool.deallocate() }
        let held = pool.take(capacity: 64)
        #expect(Self.use(&pool, count: 1, now: Self.period).isEmpty)
        #expect(Self.use(&pool, count: 1, now: 2 * Self.period).isEmpty)
        #expect(pool.putBack(held, now: 2 * Self.period) == nil)
    }

    /// Takes so many chunks at once and puts them back; returns what the pool let go of, freed.
    private static func use(_ pool: inout ChunkPool, count: Int, now: UInt64) -> [UnsafeMutableRawPointer] {
        let chunks = (0..<count).map { _ in pool.take(capacity: 64) }
        return chunks.compactMap { chunk in
            pool.putBack(chunk, now: now).map { surplus in
                surplus.deallocate()
                return surplus.base
            }
        }
    }
}
