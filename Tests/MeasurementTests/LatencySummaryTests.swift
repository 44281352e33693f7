import FoundationEssentials
import Measurement
import Testing

struct LatencySummaryTests {
    @Test(arguments: [
        (50.0, UInt64(2)), (90, 100), (95, 200), (99, 1000), (99.9, 10_000), (99.99, 100_000),
    ])
    func aPercentileNeedsTenValuesBeyondIt(percentile: Double, needed: UInt64) {
        #expect(LatencySummary.supports(percentile: percentile, count: needed))
        #expect(!LatencySummary.supports(percentile: percentile, count: needed - 1))
    }

    @Test func unsupportedPercentilesAreAbsent() throws {
        let one = try #require(LatencySummary(HistogramSnapshot(recording: [7])))
        #expect(one.count == 1 && one.minNanoseconds == 7 && one.maxNanoseconds == 7 && one.p50Nanoseconds == nil)
        let some = try #require(LatencySummary(HistogramSnapshot(recording: 1...200)))
        #expect(some.p50Nanoseconds == 100)
        #expect(some.p90Nanoseconds == 180)
        #expect(some.p95Nanoseconds == 190)
        #expect(some.p99Nanoseconds == nil)
        #expect(some.p999Nanoseconds == nil)
        #expect(some.meanNanoseconds == 100.5)
    }

    @Test func codingKeysCarryTheUnit() throws {
        let summary = try #require(LatencySummary(HistogramSnapshot(recording: (0..<10_000).map { UInt64($0 % 2000) })))
        let data = try JSONEncoder().encode(summary)
        let object = try JSONDecoder().decode([String: Value].self, from: data)
        #expect(
            object.keys.sorted() == [
                "count", "hdr", "max_ns", "mean_ns", "min_ns", "p50_ns", "p90_ns", "p95_ns", "p99_9_ns", "p99_ns",
                "stddev_ns",
            ]
        )
        #expect(try JSONDecoder().decode(LatencySummary.self, from: data) == summary)
    }

    /// Any JSON scalar; only the keys matter here.
    private struct Value: Decodable {
        init(from decoder: any Decoder) throws { _ = try decoder.singleValueContainer() }
    }
}
