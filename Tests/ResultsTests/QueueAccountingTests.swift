import Measurement
import Testing

@testable import Results

/// What a waiting item costs, on made-up phases.
struct QueueAccountingTests {
    /// A phase that held `items` back, in a process that has 5 MB without them.
    private func phase(_ items: UInt64, held: UInt64? = nil, heap: UInt64, reported: UInt64? = nil) -> PhaseResult {
        var phase = SampleResult.phase("\(items)", shape: "max", items: items, seconds: 1)
        phase.memory?.bytesInUseStart = 5_000_000
        phase.memory?.rssStartBytes = 20_000_000
        phase.memory?.heldItems = held ?? items
        phase.memory?.heldBytesInUse = 5_000_000 + heap
        phase.memory?.heldRSSBytes = 20_000_000 + 2 * heap
        phase.memory?.heldQueuedBytes = reported
        return phase
    }

    @Test("The line through the depths: 120 bytes an item over 40 kB for the queue as such")
    func aLine() throws {
        let depths: [UInt64] = [1_000, 2_000, 4_000, 6_000, 8_000, 10_000, 12_000, 14_000]
        let phases = depths.map { phase($0, heap: 40_000 + 120 * $0, reported: 100 * $0) }
        let queue = try #require(QueueAccounting(phases))
        #expect(queue.heapBytesPerItem == 120 && queue.baseBytes == 40_000)
        #expect(queue.heapBytesPerItemLow == 120 && queue.heapBytesPerItemHigh == 120)
        #expect(queue.residentBytesPerItem == 240 && queue.reportedBytesPerItem == 100)
        #expect(queue.depths.map(\.items) == depths && queue.depths[1].heapBytes == 280_000)
    }

    @Test("Buffers that are kept for later count once: a phase that is not deeper than all before it says nothing")
    func deeperOnly() throws {
        let phases = [
            phase(1_000, heap: 100_000), phase(2_000, heap: 200_000), phase(1_500, heap: 200_000),
            phase(2_000, heap: 200_000), phase(4_000, heap: 400_000),
        ]
        let queue = try #require(QueueAccounting(phases))
        #expect(queue.depths.map(\.items) == [1_000, 2_000, 4_000] && queue.heapBytesPerItem == 100)
        #expect(queue.reportedBytesPerItem == nil, "the system does not say")
    }

    @Test("Phases of which something was exported, or that held nothing, are no depths")
    func heldBackOnly() {
        let some = [phase(1_000, heap: 1), phase(2_000, held: 1_999, heap: 2), phase(3_000, heap: 3)]
        #expect(QueueAccounting(some) == nil)
        #expect(QueueAccounting([SampleResult.main(), SampleResult.idle]) == nil)
    }

    @Test("Metrics, summary and schema have it; without it the metrics say why")
    func inAResult() throws {
        var result = try SampleResult.sustained()
        let metric = try #require(MetricCatalogue.metric(named: "heap_bytes_per_queued_item"))
        #expect(
            result.reading(of: metric) == .absent("fewer than 3 phases of growing depth held all their items")
        )
        result.repetitions[0].queue = QueueAccounting(
            [1_000, 2_000, 4_000].map { phase($0, heap: 120 * $0, reported: 100 * $0) }
        )
        result.judge(by: [])
        #expect(result.summary["heap_bytes_per_queued_item"] == 120)
        #expect(result.summary["reported_bytes_per_queued_item"] == 100)
        let text = RunSummaryRenderer(width: 120).render(result)
        #expect(
            text.contains(
                "\nQUEUED      heap for each item 120 B   resident 240 B   by the SDK's account 100 B   empty 0 B\n"
            ),
            "\(text)"
        )
    }

    @Test("Over several phases the growth of the deepest is divided by its own items")
    func heldPerItem() throws {
        var result = try SampleResult.sustained()
        result.repetitions[0].phases = ([1_000, 4_000] as [UInt64]).map { items in
            var phase = phase(items, heap: 120 * items)
            phase.memory?.heldBytesInUseGrowthBytes = 120 * Int64(items)
            phase.memory?.heldRSSGrowthBytes = 140 * Int64(items)
            return phase
        }
        result.judge(by: [])
        #expect(result.summary["held_bytes_in_use_per_item"] == 120)
        #expect(result.summary["held_rss_bytes_per_item"] == 140)
    }

    @Test("A bound that one repetition breaks is broken, however many keep it")
    func peaks() throws {
        var result = try SampleResult.sustained()
        result.repetitions = ([10, 30, 20] as [UInt64]).enumerated().map { index, peak in
            var repetition = SampleResult.repetition(index: index)
            repetition.counters?.queuedPeak = peak
            repetition.counters?.queuedBytesPeak = peak * 100
            return repetition
        }
        result.judge(by: [])
        #expect(result.summary["peak_queued_items"] == 30 && result.summary["peak_queued_bytes"] == 3_000)
        #expect(result.spread?["peak_queued_items"]?.median == 20)
    }
}
