import FoundationEssentials
import HarnessCore
import LoadEngine
import Measurement
import Platform
import Results
import TestSupport
import Testing

@testable import RunControl

/// A day of a soak through the log and the timeline as they are, only faster: the clock is the intervals' own.
///
/// After the first half hour, in which each second has a line, the intervals are of ten seconds.
struct LongRunTests {
    private static let second: UInt64 = 1_000_000_000

    /// The interval of a mixed load that ends at a second: the distributions of three kinds and of all together.
    private static func interval(_ end: Int, length: Int = 1, _ histogram: HistogramSnapshot) -> RunLogRecord.Interval {
        let latencies = OperationLatencies(response: histogram, service: histogram, lag: histogram)
        let isFlushed = end % 10 == 0
        var counts = WorkerMessage.Interval(
            phase: 0,
            elapsedNanoseconds: UInt64(end) * second,
            operations: UInt64(length) * 16_000,
            attempted: UInt64(length) * 20_000,
            accepted: UInt64(length) * 20_000,
            rejected: 0,
            kinds: Dictionary(uniqueKeysWithValues: [.event, .log, .span].map { ($0, latencies) }),
            response: histogram,
            service: histogram,
            lag: histogram,
            flushLatency: isFlushed ? histogram : nil
        )
        counts.bytesInUse = 3_000_000 + UInt64(end % 1_000)
        counts.drainedBytesInUse = isFlushed ? 2_000_000 : nil
        (counts.queuedItems, counts.queuedBytes) = (12_345, 2_345_678)
        return RunLogRecord.Interval(
            repetition: 0,
            counts: counts,
            residentBytes: 30_000_000,
            residentExtent: TimelinePoint.Extent(min: 20_000_000, max: 40_000_000, last: 30_000_000),
            cpuNanoseconds: UInt64(end) * 100_000_000
        )
    }

    @Test func aDayFitsInFiftyMegabytesAndKeepsItsCourse() throws {
        let folder = try TemporaryDirectory()
        let seconds = 86_400
        let plan = try TimelineBuilderTests.plan(
            #"{"name": "main", "shape": "soak", "rate": "16000/s", "duration": "24h"}"#
        )
        var generator = SplitMix64(seed: 3)
        let histograms = (0..<4).map { _ in
            HistogramSnapshot(recording: (0..<200).map { _ in (generator.next() >> 52) >> (generator.next() % 12) })
        }
        let start = MonotonicClock.now()
        let log = try RunLog(stem: folder.path("day"))
        var builder = TimelineBuilder(plan: plan, repetitionStart: start)
        log.begin(RunLogSamples.header(plan))
        log.begin(RunLogSamples.repetition(start: start))
        log.begin(phase: 0, named: "main", repetition: 0, start: start, cpuNanoseconds: 0)
        builder.begin(phase: 0, start: start, cpuNanoseconds: 0)
        var minutes = MinuteReadings()
        var end = 0
        while end < seconds {
            let length = end < 1_800 ? 1 : 10
            end += length
            let interval = Self.interval(end, length: length, histograms[end % 4])
            log.add(interval)
            builder.add(interval)
            guard end % 60 == 0 else { continue }
            var checkpoint = CheckpointRecord(
                label: "minute",
                phase: "main",
                elapsedSeconds: Double(end),
                bytesInUse: 3_000_000,
                rssBytes: 30_000_000,
                cpuSeconds: 1_234.567891
            )
            (checkpoint.rssAnonymousBytes, checkpoint.rssFileBytes) = (20_000_000, 10_000_000)
            (checkpoint.threads, checkpoint.descriptors, checkpoint.swapBytes) = (9, 12, 0)
            minutes.add(checkpoint)
            log.add(RunLogRecord.Memory(repetition: 0, checkpoint: checkpoint))
        }
        let files = ["day.jsonl", "day.hlog"]
        let sizes = try files.map { try folder.read($0).count }
        #expect(sizes.reduce(0, +) < 50_000_000, "\(sizes)")
        let points = try #require(builder.timeline).points
        #expect((180...360).contains(points.count))
        #expect(points.reduce(0) { $0 + $1.accepted } == UInt64(seconds) * 20_000)
        #expect(points.allSatisfy { $0.drainedBytesInUse == 2_000_000 && $0.rssBytes?.max == 40_000_000 })
        #expect((30...60).contains(minutes.checkpoints.count))
        // What is left when bench is killed then: all but the line under way.
        let rebuilt = try RunRecovery.result(from: log.path)
        let repetition = try #require(rebuilt.repetitions.first)
        let recovered = try #require(repetition.timeline).points
        #expect(recovered.reduce(0) { $0 + $1.accepted } > UInt64(seconds - 60) * 20_000)
        #expect(recovered.count > 170 && recovered.allSatisfy { $0.bytesInUse?.max ?? 0 >= 3_000_000 })
        #expect(recovered.filter { $0.service != nil }.count > recovered.count * 8 / 10)
        #expect(repetition.checkpoints == minutes.checkpoints)
    }

    @Test func readingsOfMemoryAreThinnedOutEvenly() {
        var minutes = MinuteReadings()
        for minute in 0..<1_440 {
            minutes.add(CheckpointRecord(label: "minute", elapsedSeconds: Double(minute) * 60))
        }
        let times = minutes.checkpoints.compactMap(\.elapsedSeconds)
        #expect(times.first == 0 && times.count <= 60)
        #expect(Set(zip(times.dropFirst(), times).map { $0 - $1 }).count == 1)
    }

    @Test func intervalsOfALongRunAreMerged() throws {
        var thinning = IntervalThinning()
        let first = Self.interval(1, HistogramSnapshot())
        let written = thinning.add(first, at: 1)
        #expect(written == first)
        // After an hour a line stands for two seconds.
        var (second, third) = (Self.interval(3_601, HistogramSnapshot()), Self.interval(3_602, HistogramSnapshot()))
        _ = thinning.take(at: 3_600)
        second.counts.bytesInUse = 9_000_000
        third.residentExtent = TimelinePoint.Extent(min: 10, max: 50_000_000, last: 20)
        let held = thinning.add(second, at: 3_601)
        #expect(held == nil)
        let due = thinning.add(third, at: 3_602)
        let merged = try #require(due)
        #expect(merged.counts.attempted == 40_000 && merged.counts.elapsedNanoseconds == 3_602 * Self.second)
        #expect(merged.bytesInUseExtent == TimelinePoint.Extent(min: 3_000_602, max: 9_000_000, last: 3_000_602))
        #expect(merged.residentExtent == TimelinePoint.Extent(min: 10, max: 50_000_000, last: 20))
        let rest = thinning.take(at: 3_603)
        #expect(rest == nil)
    }
}
