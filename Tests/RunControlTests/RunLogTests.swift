import FoundationEssentials
import HarnessCore
import LoadEngine
import Measurement
import Platform
import Results
import TestSupport
import Testing

@testable import RunControl

/// The log of a run: what it costs, and what can be read back.
struct RunLogTests {
    /// Some minutes of wide latencies, through the writer as it is, only faster: the clock is the intervals' own.
    ///
    /// The budget is 2 MB and 4.4 kB a second, so that an hour has 17.8 MB; the other file adds 1.1 MB.
    @Test func wideLatenciesStayWithinTheBudget() throws {
        let seconds = 400
        var generator = SplitMix64(seed: 3)
        // About 10,000 different slots each.
        let histograms = (0..<4).map { _ in
            HistogramSnapshot(recording: (0..<20_000).map { _ in (generator.next() >> 40) >> (generator.next() % 14) })
        }
        var log = LatencyLog()
        var (bytes, lines, first) = (0, 0, 0)
        var written = HistogramSnapshot()
        for second in 0..<seconds {
            for tag in ["main.service", "main.response"] {
                log.add(tag, from: Double(second), to: Double(second + 1), histograms[second % 4])
            }
            let text = try log.take(at: Double(second + 1), isLast: second == seconds - 1)
            bytes += text.utf8.count
            if second == 0 { first = text.utf8.count }
            for entry in HistogramLog(parsing: text).entries where entry.tag == "main.service" {
                lines += 1
                written.add(entry.histogram)
            }
        }
        #expect(first * seconds > 4_500_000, "without a budget it would be more")
        #expect(bytes < 2_000_000 + 4_400 * seconds + 20_000, "\(bytes)")
        #expect(lines > 200 && lines < seconds)
        // Merged, and nothing lost.
        #expect(written.totalCount == UInt64(seconds) * 20_000)
    }

    @Test func anIntervalIsAShortLine() throws {
        var counts = WorkerMessage.Interval(
            phase: 30,
            elapsedNanoseconds: 3_600_000_000_000,
            operations: 123_456_789,
            attempted: 123_456_789_012,
            accepted: 123_456_789_000,
            rejected: 12
        )
        (counts.bytesInUse, counts.drainedBytesInUse) = (123_456_789, 123_456_789)
        (counts.queuedItems, counts.queuedBytes) = (123_456, 123_456_789)
        let interval = RunLogRecord.interval(
            RunLogRecord.Interval(
                repetition: 999,
                counts: counts,
                delivered: 123_456_789_000,
                residentBytes: 123_456_789,
                residentExtent: TimelinePoint.Extent(min: 123_456_789, max: 123_456_789, last: 123_456_789),
                cpuNanoseconds: 3_600_000_000_000
            )
        )
        // 3,600 of them are 1.8 MB.
        #expect(try interval.line().count < 500)
    }

    @Test func intervalsAreHeldBackAndNeverLost() throws {
        var generator = SplitMix64(seed: 5)
        // Some 60 kB each, so that the burst is over after a few dozen.
        let wide = HistogramSnapshot(counts: (0..<HistogramLayout.slotCount).map { _ in generator.next() >> 52 })
        var log = LatencyLog()
        var entries: [HistogramLogEntry] = []
        for second in 0..<50 {
            log.add("main.service", from: Double(second), to: Double(second + 1), wide)
            entries += HistogramLog(parsing: try log.take(at: Double(second + 1), isLast: second == 49)).entries
        }
        #expect(entries.prefix(20).allSatisfy { $0.lengthSeconds == 1 })
        #expect(entries.contains { $0.lengthSeconds > 5 })
        #expect(entries.reduce(0) { $0 + $1.histogram.totalCount } == 50 * wide.totalCount)
        for (one, next) in zip(entries, entries.dropFirst()) {
            #expect(one.startSeconds + one.lengthSeconds == next.startSeconds)
        }
        #expect(try log.take(at: 101, isLast: true).isEmpty)
    }

    @Test func twoLogsNeverShareAFile() throws {
        let folder = try TemporaryDirectory()
        let log = try RunLog(stem: folder.path("a"), wallNanoseconds: 1_441_812_279_474_000_000)
        #expect(throws: SystemError.self) { try RunLog(stem: folder.path("a")) }
        #expect(log.trouble == nil)
        let text = String(decoding: try folder.read("a.hlog"), as: UTF8.self)
        #expect(text.contains("#[StartTime: 1441812279.474 (seconds since epoch), 2015-09-09T15:24:39Z]\n"))
        #expect(HistogramLog(parsing: text).baseTime == 1_441_812_279.474)
    }

    @Test("What is no log is refused", arguments: ["", "{}", "{\"type\":\"note\",\"text\":\"x\"}\n", "[1]\n"])
    func otherFiles(text: String) throws {
        let folder = try TemporaryDirectory()
        let path = try folder.write(text.utf8, to: "x.jsonl")
        let error = #expect(throws: RunError.self) { try RunRecovery.result(from: path) }
        #expect(error?.exitStatus == .usage && error?.message.contains("is not the log of a run") == true)
    }
}
