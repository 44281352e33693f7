import Foundation
import Measurement
import TestSupport
import Testing

struct HistogramLogTests {
    static func fixture(_ name: String) throws -> String {
        let path = "\(Bundle.module.resourcePath ?? "")/Fixtures/\(name)"
        return try String(contentsOf: URL(filePath: path), encoding: .utf8)
    }

    /// What `HistogramLogReaderWriterTest.jHiccupV2Log` expects of the whole log and of two parts of it.
    @Test(arguments: [
        (0.0, Double.infinity, 62, 48_761, 1_745_879_039, 1_796_210_687),
        (5, 20, 15, 11_664, 1_536_163_839, 1_544_552_447), (40, 60, 20, 15_830, 1_779_433_471, 1_796_210_687),
    ])
    func readsTheJavaProjectsLog(from: Double, to: Double, lines: Int, count: Int, p999: Int, max: Int) throws {
        let log = HistogramLog(parsing: try Self.fixture("jHiccup-2.0.7S.logV2.hlog"))
        #expect(log.damage.isEmpty)
        #expect(log.startTime == 1_441_812_279.474)
        let entries = log.entries.filter { (from...to).contains($0.startSeconds) }
        #expect(entries.count == lines)
        var sum = HistogramSnapshot()
        for entry in entries { sum.add(entry.histogram) }
        #expect(sum.totalCount == UInt64(count))
        #expect(sum.value(atPercentile: 99.9) == UInt64(p999))
        #expect(sum.max == UInt64(max))
    }

    /// Every line of this log stands in it twice, once with a tag (`HistogramLogReaderWriterTest.taggedV2LogTest`).
    @Test func tagsAreKeptApart() throws {
        let log = HistogramLog(parsing: try Self.fixture("tagged-Log.logV2.hlog"))
        var sums: [String?: HistogramSnapshot] = [:]
        for entry in log.entries { sums[entry.tag, default: HistogramSnapshot()].add(entry.histogram) }
        #expect(Set(sums.keys) == [nil, "A"])
        #expect(sums[nil] == sums["A"])
        #expect(sums.values.reduce(0) { $0 + $1.totalCount } == 32_290)
    }

    @Test func whatIsWrittenIsRead() throws {
        let histogram = HistogramSnapshot(recording: [1_000, 2_345_678])
        let entries = [
            HistogramLogEntry(tag: "main.service", startSeconds: 0.02, lengthSeconds: 1, histogram: histogram),
            HistogramLogEntry(tag: nil, startSeconds: 1.0206, lengthSeconds: 0.9994, histogram: HistogramSnapshot()),
        ]
        let lines = try entries.map { try $0.line() }
        #expect(lines[0].hasPrefix("Tag=main.service,0.020,1.000,2.347,HISTFAAAA"))
        #expect(lines[1].hasPrefix("1.021,0.999,0.000,HISTFAAAA"))
        let head = HistogramLog.preamble(startSeconds: "1441812279.474", startText: "then", comment: "by a test")
        let log = HistogramLog(parsing: head + lines.joined())
        #expect(log.damage.isEmpty)
        #expect(log.baseTime == 1_441_812_279.474)
        #expect(log.entries[0] == entries[0])
        #expect(log.entries[1].histogram.isEmpty)
    }

    @Test func aTornLastLineIsSaidAndTheRestIsRead() throws {
        let whole = try Self.fixture("jHiccup-2.0.7S.logV2.hlog")
        let log = HistogramLog(parsing: String(whole.dropLast(9)))
        #expect(log.entries.count == 61)
        #expect(log.damage == ["line 66 is torn"])
        let damaged = HistogramLog(parsing: "Tag=x,0.000,1.000,0.000,HISTFAAA\nnonsense\n")
        #expect(damaged.entries.isEmpty)
        #expect(damaged.damage.count == 2 && damaged.damage[0].hasPrefix("line 1: "))
    }

    @Test func tagsHaveNoSeparators() {
        #expect(HistogramLogEntry.tagWord("warm-up 1, spät.ter\n") == "warm-up_1__sp_t_ter_")
    }
}
