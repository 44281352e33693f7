import HarnessCore
import Measurement
import Testing

struct HistogramTests {
    @Test func slotsCoverEveryValueOnceAndInOrder() {
        var next: UInt64 = 0
        for index in 0..<HistogramLayout.slotCount {
            let highest = HistogramLayout.highestValue(at: index)
            let isRight =
                HistogramLayout.lowestValue(at: index) == next && HistogramLayout.index(of: next) == index
                && HistogramLayout.index(of: highest) == index
            // One expectation for each of 33,792 slots would take seconds.
            if !isRight { Issue.record("slot \(index) does not begin at \(next)") }
            next = highest + 1
        }
        #expect(next > HistogramLayout.highestTrackableValue)
    }

    /// The sizes that HdrHistogram's Java and Python implementations use for 1 … 3,600,000,000,000 at 3 digits.
    @Test func layoutIsHdrHistograms() {
        #expect(HistogramLayout.slotCount == 33_792)
        #expect(HistogramLayout.index(of: 2047) == 2047)
        #expect(HistogramLayout.index(of: 2048) == 2048)
        #expect(HistogramLayout.index(of: 2049) == 2048)
        #expect(HistogramLayout.index(of: HistogramLayout.highestTrackableValue) < HistogramLayout.slotCount)
    }

    /// The value at a percentile is the exact order statistic, rounded up to the end of its slot.
    @Test(arguments: [10, 20, 30, 41])
    func percentilesAreThoseOfTheSortedValues(bits: Int) throws {
        var generator = SplitMix64(seed: UInt64(bits))
        let histogram = Histogram()
        var values: [UInt64] = []
        for _ in 0..<9_973 {
            let value = generator.next() >> UInt64(64 - bits) % HistogramLayout.highestTrackableValue
            values.append(value)
            histogram.record(value)
        }
        values.sort()
        let snapshot = histogram.snapshot()
        #expect(snapshot.totalCount == 9_973)
        #expect(snapshot == HistogramSnapshot(recording: values))
        for percentile in [0.01, 1, 10, 25, 50, 75, 90, 95, 99, 99.9, 99.99, 100] {
            let rank = Int((percentile / 100 * Double(values.count)).rounded(.up))
            let exact = values[max(rank, 1) - 1]
            let expected = HistogramLayout.highestValue(at: HistogramLayout.index(of: exact))
            #expect(snapshot.value(atPercentile: percentile) == expected, "percentile \(percentile)")
            #expect(Double(expected - exact) <= Double(exact) / 1024)
        }
        let min = try #require(snapshot.min)
        #expect(min <= values[0] && HistogramLayout.index(of: min) == HistogramLayout.index(of: values[0]))
        #expect(snapshot.max == HistogramLayout.highestValue(at: HistogramLayout.index(of: values[values.count - 1])))
        let mean = values.reduce(0.0) { $0 + Double($1) } / Double(values.count)
        #expect(abs(try #require(snapshot.mean) - mean) <= mean / 1000)
    }

    /// Below 2,048 every value has its own slot, so the closed forms for 1 … n hold exactly.
    @Test func smallValuesAreExact() throws {
        let snapshot = HistogramSnapshot(recording: 1...1000)
        #expect(snapshot.min == 1)
        #expect(snapshot.max == 1000)
        #expect(snapshot.mean == 500.5)
        #expect(abs(try #require(snapshot.standardDeviation) - ((1_000_000 - 1) / 12.0).squareRoot()) < 1e-9)
        for percentile in 1...100 {
            #expect(snapshot.value(atPercentile: Double(percentile)) == UInt64(percentile) * 10)
        }
        #expect(snapshot.value(atPercentile: 99.9) == 999)
        #expect(snapshot.value(atPercentile: 0) == 1)
        #expect(snapshot.value(atPercentile: -5) == 1)
        #expect(snapshot.value(atPercentile: 200) == 1000)
    }

    @Test func anEmptyHistogramHasNoFigures() {
        let snapshot = Histogram().snapshot()
        #expect(snapshot.isEmpty)
        #expect(snapshot == HistogramSnapshot())
        #expect(snapshot.min == nil)
        #expect(snapshot.max == nil)
        #expect(snapshot.mean == nil)
        #expect(snapshot.standardDeviation == nil)
        #expect(snapshot.value(atPercentile: 50) == nil)
        #expect(LatencySummary(snapshot) == nil)
    }

    @Test func valuesAboveOneHourAreClampedAndCounted() {
        let histogram = Histogram()
        histogram.record(HistogramLayout.highestTrackableValue)
        #expect(histogram.saturatedCount == 0)
        histogram.record(HistogramLayout.highestTrackableValue + 1)
        histogram.record(.max, count: 2)
        #expect(histogram.saturatedCount == 3)
        let snapshot = histogram.snapshot()
        #expect(snapshot.totalCount == 4)
        #expect(snapshot.min == HistogramLayout.lowestValue(at: HistogramLayout.index(of: 3_600_000_000_000)))
        #expect(snapshot == HistogramSnapshot(recording: [3_600_000_000_000, .max, .max, .max]))
    }

    @Test func mergedHistogramsAreOneOfAllValues() {
        var generator = SplitMix64(seed: 11)
        let values = (0..<5000).map { _ in generator.next() >> 30 }
        let first = Histogram()
        let second = Histogram()
        for (index, value) in values.enumerated() { (index % 3 == 0 ? first : second).record(value) }
        var merged = first.snapshot()
        merged.add(second)
        #expect(merged == HistogramSnapshot(recording: values))
        var other = second.snapshot()
        other.add(first.snapshot())
        #expect(other == merged)
    }

    @Test func differencesOfSnapshotsAreTheIntervals() {
        let histogram = Histogram()
        for value in [5, 90_000_000, 7] as [UInt64] { histogram.record(value) }
        let earlier = histogram.snapshot()
        #expect(earlier.subtracting(earlier).isEmpty)
        #expect(earlier.subtracting(earlier) == HistogramSnapshot())
        histogram.record(1000, count: 3)
        let interval = histogram.snapshot().subtracting(earlier)
        #expect(interval == HistogramSnapshot(recording: [1000, 1000, 1000]))
    }

    @Test func everyValueIsInExactlyOneInterval() {
        let histograms = [Histogram(), Histogram()]
        var intervals = HistogramIntervals(histograms)
        #expect(intervals.next().isEmpty)
        histograms[0].record(5)
        histograms[1].record(70_000)
        #expect(intervals.next() == HistogramSnapshot(recording: [5, 70_000]))
        #expect(intervals.next() == HistogramSnapshot())
        histograms[1].record(3, count: 2)
        #expect(intervals.next() == HistogramSnapshot(recording: [3, 3]))
        var none = HistogramIntervals([])
        #expect(none.next().isEmpty)
    }
}
