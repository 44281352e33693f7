import FoundationEssentials
import HarnessCore
import LoadEngine
import Measurement
import Platform
import Results
import TestSupport
import Testing

@testable import RunControl

/// A day of a soak through all that keeps something of it, only faster: the clock is the intervals' own.
struct LongRunTests {
    private static let second: UInt64 = 1_000_000_000

    /// The interval that ends at a second of a phase that is flushed each 10 s.
    private static func interval(
        _ end: Int,
        length: Int = 1,
        _ histogram: HistogramSnapshot? = nil
    ) -> RunLogRecord.Interval {
        let isFlushed = end % 10 == 0
        var counts = WorkerMessage.Interval(
            phase: 0,
            elapsedNanoseconds: UInt64(end) * second,
            operations: UInt64(length) * 16_000,
            attempted: UInt64(length) * 20_000,
            accepted: UInt64(length) * 20_000,
            rejected: 0,
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

    private static func reading(_ second: Int) -> RunLogRecord.Memory {
        var checkpoint = CheckpointRecord(
            label: "minute",
            phase: "main",
            elapsedSeconds: Double(second) + 0.123456789,
            bytesInUse: 123_456_789,
            rssBytes: 123_456_789,
            cpuSeconds: 1_234.567891
        )
        (checkpoint.rssAnonymousBytes, checkpoint.rssFileBytes) = (123_456_789, 123_456_789)
        (checkpoint.threads, checkpoint.descriptors, checkpoint.swapBytes) = (99, 99, 0)
        (checkpoint.queuedItems, checkpoint.queuedBytes) = (123_456, 123_456_789)
        return RunLogRecord.Memory(repetition: 0, checkpoint: checkpoint)
    }

    /// What each part of the log may take, by the arithmetic of its comments: 43.1 + 4.4 + 0.7 MB.
    @Test func theLogOfADayFitsInFiftyMegabytes() throws {
        let day = 86_400
        // Latencies so wide that they would take more: two distributions of some 24 kB each 10 seconds.
        var generator = SplitMix64(seed: 3)
        let histograms = (0..<2).map { _ in
            HistogramSnapshot(counts: (0..<8_000).map { _ in generator.next() >> 52 })
        }
        var (latencies, latencyBytes) = (LatencyLog(), 0)
        for end in stride(from: 10, through: day, by: 10) {
            for tag in ["main.service", "main.response"] {
                latencies.add(tag, from: Double(end - 10), to: Double(end), histograms[end / 10 % 2])
            }
            latencyBytes += try latencies.take(at: Double(end), isLast: end == day).utf8.count
        }
        #expect(latencyBytes > 35_000_000 && latencyBytes < 43_200_000, "\(latencyBytes)")
        var thinning = IntervalThinning()
        var (lineBytes, accepted) = (0, UInt64(0))
        for end in 1...day {
            guard let due = thinning.add(Self.interval(end), at: Double(end)) else { continue }
            lineBytes += try RunLogRecord.interval(due).line().count
            accepted += due.counts.accepted
        }
        let rest = thinning.take(at: Double(day))?.counts.accepted ?? 0
        #expect(accepted + rest == UInt64(day) * 20_000)
        #expect(rest <= 48 * 20_000)
        #expect(lineBytes < 4_400_000, "\(lineBytes)")
        let memoryBytes = try 1_440 * RunLogRecord.memory(Self.reading(day)).line().count
        #expect(memoryBytes < 720_000, "\(memoryBytes)")
        #expect(latencyBytes + lineBytes + memoryBytes < 50_000_000)
    }

    @Test func theTimelineOfADayKeepsItsExtremes() throws {
        let plan = try TimelineBuilderTests.plan(
            #"{"name": "main", "shape": "soak", "rate": "16000/s", "duration": "24h"}"#
        )
        var builder = TimelineBuilder(plan: plan, repetitionStart: 0)
        builder.begin(phase: 0, start: 0, cpuNanoseconds: 0)
        for end in 1...86_400 { builder.add(Self.interval(end)) }
        let points = try #require(builder.timeline).points
        #expect((180...360).contains(points.count))
        #expect(points.reduce(0) { $0 + $1.accepted } == 86_400 * 20_000)
        #expect(points.allSatisfy { $0.drainedBytesInUse == 2_000_000 && $0.rssBytes?.max == 40_000_000 })
    }

    @Test func theLogOfAKilledSoakHasItsCourse() throws {
        let folder = try TemporaryDirectory()
        let seconds = 7_200
        let plan = try TimelineBuilderTests.plan(
            #"{"name": "main", "shape": "soak", "rate": "16000/s", "duration": "24h"}"#
        )
        let histogram = HistogramSnapshot(recording: [80, 90, 100, 500])
        let start = MonotonicClock.now()
        let log = try RunLog(stem: folder.path("day"))
        log.begin(RunLogSamples.header(plan))
        log.begin(RunLogSamples.repetition(start: start))
        log.begin(phase: 0, named: "main", repetition: 0, start: start, cpuNanoseconds: 0)
        for end in stride(from: 10, through: seconds, by: 10) {
            log.add(Self.interval(end, length: 10, histogram))
            if end % 1_800 == 0 { log.add(Self.reading(end)) }
        }
        let rebuilt = try RunRecovery.result(from: log.path)
        let repetition = try #require(rebuilt.repetitions.first)
        let points = try #require(repetition.timeline).points
        #expect((180...360).contains(points.count))
        #expect(points.reduce(0) { $0 + $1.accepted } == UInt64(seconds) * 20_000)
        #expect(points.allSatisfy { $0.bytesInUse != nil && $0.drainedBytesInUse == 2_000_000 })
        #expect(points.allSatisfy { $0.service?.p50Nanoseconds == 91 })
        #expect(repetition.checkpoints.map(\.label) == Array(repeating: "minute", count: 4))
        #expect(repetition.checkpoints.last?.descriptors == 99)
        #expect(repetition.phases.first?.durationSeconds == 7_200)
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
        let first = Self.interval(1)
        let written = thinning.add(first, at: 1)
        #expect(written == first)
        // A little after an hour a line stands for three seconds, because two are not quite a 1,800th of it.
        _ = thinning.take(at: 3_600)
        var (second, third) = (Self.interval(3_601), Self.interval(3_602))
        second.counts.bytesInUse = 9_000_000
        third.residentExtent = TimelinePoint.Extent(min: 10, max: 50_000_000, last: 20)
        for interval in [second, third] {
            let held = thinning.add(interval, at: Double(interval.counts.elapsedNanoseconds) / 1e9)
            #expect(held == nil)
        }
        let due = thinning.add(Self.interval(3_603), at: 3_603)
        let merged = try #require(due)
        #expect(merged.counts.attempted == 60_000 && merged.counts.elapsedNanoseconds == 3_603 * Self.second)
        #expect(merged.bytesInUseExtent == TimelinePoint.Extent(min: 3_000_602, max: 9_000_000, last: 3_000_603))
        #expect(merged.residentExtent == TimelinePoint.Extent(min: 10, max: 50_000_000, last: 30_000_000))
        let rest = thinning.take(at: 3_604)
        #expect(rest == nil)
    }
}
