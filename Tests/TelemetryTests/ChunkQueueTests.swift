import Testing

@testable import Telemetry

struct ChunkQueueTests {
    @Test func batchesAreSealedWhenFull() {
        var queue = ChunkQueue(limits: .init(batchSize: 3, items: 100, bytes: 10_000), now: 0)
        defer { queue.deallocate() }
        #expect(!fill(&queue, size: 10))
        #expect(!fill(&queue, size: 10))
        #expect(fill(&queue, size: 10))
        #expect(queue.hasFullChunk)
        #expect(queue.takePartial() == nil)
        let chunk = queue.takeFull()
        #expect(chunk?.itemCount == 3)
        #expect(chunk?.byteCount == 30)
        chunk?.deallocate()
    }

    @Test func itemsAreBounded() {
        var queue = ChunkQueue(limits: .init(batchSize: 2, items: 4, bytes: 10_000), now: 0)
        defer { queue.deallocate() }
        for _ in 0..<4 { _ = fill(&queue, size: 1) }
        #expect(queue.admission(size: 1) == .queueFull)
        let chunk = queue.takeFull()
        // What is in flight still counts.
        #expect(queue.admission(size: 1) == .queueFull)
        #expect(queue.complete(chunk!, losses: ExportLosses(), now: 0) == nil)
        #expect(queue.admission(size: 1) == .admitted)
    }

    @Test func bytesAreBounded() {
        var queue = ChunkQueue(limits: .init(batchSize: 100, items: 1000, bytes: 100), now: 0)
        defer { queue.deallocate() }
        _ = fill(&queue, size: 60)
        #expect(queue.admission(size: 41) == .queueFull)
        #expect(queue.admission(size: 40) == .admitted)
        #expect(queue.admission(size: 101) == .itemTooLarge)
    }

    @Test func aBatchIsCutAtItsLimitInBytes() {
        var limits = ChunkQueue.Limits(batchSize: 100, items: 1000, bytes: 10_000)
        limits.batchBytes = 100
        limits.initialBatchBytes = 16
        var queue = ChunkQueue(limits: limits, now: 0)
        defer { queue.deallocate() }
        for _ in 0..<3 { _ = fill(&queue, size: 40) }
        #expect(queue.hasFullChunk)
        let first = queue.takeFull()
        #expect(first?.itemCount == 2)
        #expect(queue.admission(size: 101) == .itemTooLarge)
        let second = queue.takePartial()
        #expect(second?.itemCount == 1)
        first?.deallocate()
        second?.deallocate()
    }

    @Test func contentSurvivesGrowth() {
        var limits = ChunkQueue.Limits(batchSize: 1000, items: 1000, bytes: 100_000)
        limits.initialBatchBytes = 16
        var queue = ChunkQueue(limits: limits, now: 0)
        defer { queue.deallocate() }
        for value in 0..<200 {
            let start = queue.reserve(size: 7)
            start.initializeMemory(as: UInt8.self, repeating: UInt8(value), count: 7)
        }
        let chunk = queue.takePartial()
        #expect(chunk.map { Array($0.bytes) } == (0..<200).flatMap { [UInt8](repeating: UInt8($0), count: 7) })
        chunk?.deallocate()
    }

    @Test func theAccountBalancesThroughEveryOutcome() {
        var queue = ChunkQueue(limits: .init(batchSize: 5, items: 20, bytes: 10_000), now: 0)
        defer { queue.deallocate() }
        for _ in 0..<18 { _ = fill(&queue, size: 3) }
        queue.refuse(.queueFull)
        #expect(queue.complete(queue.takeFull()!, losses: ExportLosses(), now: 0) == nil)
        #expect(queue.complete(queue.takeFull()!, losses: ExportLosses(2, .itemsRejected), now: 0) == nil)
        queue.abandon(.shutdownTimedOut, now: 0)
        let status = queue.status
        #expect(status.accepted == 18)
        #expect(status.exported == 8)
        #expect(status.failed == 10)
        #expect(status.queued == 0)
        #expect(status.queuedBytes == 0)
        #expect(status.peakQueued == 18)
        #expect(status.peakQueuedBytes == 18 * 3)
        #expect(status.dropped == [.queueFull: 1, .itemsRejected: 2, .shutdownTimedOut: 8])
    }

    @Test func thePeakIsThatOfAllTimes() {
        var queue = ChunkQueue(limits: .init(batchSize: 2, items: 20, bytes: 10_000), now: 0)
        defer { queue.deallocate() }
        for _ in 0..<3 { _ = fill(&queue, size: 5) }
        #expect(queue.status.peakQueued == 3)
        #expect(queue.complete(queue.takeFull()!, losses: ExportLosses(), now: 0) == nil)
        _ = fill(&queue, size: 7)
        #expect(queue.status.peakQueued == 3 && queue.status.peakQueuedBytes == 15)
        for _ in 0..<2 { _ = fill(&queue, size: 7) }
        #expect(queue.status.peakQueued == 4 && queue.status.peakQueuedBytes == 26)
    }

    @Test func chunksAreReused() {
        var queue = ChunkQueue(limits: .init(batchSize: 1, items: 10, bytes: 10_000), now: 0)
        defer { queue.deallocate() }
        var addresses: Set<UnsafeMutableRawPointer> = []
        for _ in 0..<100 {
            _ = fill(&queue, size: 8)
            let chunk = queue.takeFull()!
            addresses.insert(chunk.base)
            #expect(queue.complete(chunk, losses: ExportLosses(), now: 0) == nil)
        }
        #expect(addresses.count == 2)
    }

    /// Puts in an item of that size; returns whether its batch became complete.
    private func fill(_ queue: inout ChunkQueue, size: Int) -> Bool {
        #expect(queue.admission(size: size) == .admitted)
        queue.reserve(size: size).initializeMemory(as: UInt8.self, repeating: 0xAB, count: size)
        return queue.sealIfComplete()
    }
}
