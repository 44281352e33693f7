import FoundationEssentials
import HarnessCore
import Measurement
import Testing

struct TimeSeriesTests {
    @Test func measurementsOfOneWindowAreOnePoint() throws {
        var series = TimeSeries(capacity: 4, windowNanoseconds: 100)
        for (value, time) in [(5.0, 0), (1, 50), (3, 99), (8, 100)] as [(Double, UInt64)] {
            series.append(value, at: time)
        }
        #expect(series.points.count == 2)
        let first = try #require(series.points.first)
        #expect(first.min == 1 && first.max == 5 && first.last == 3 && first.mean == 3 && first.count == 3)
        #expect(series.points[1].startNanoseconds == 100)
        #expect(series.min == 1 && series.max == 8 && series.last == 8 && series.count == 4)
    }

    @Test func aFullSeriesDoublesItsWindows() {
        var series = TimeSeries(capacity: 4, windowNanoseconds: 10)
        for step in 0..<5 { series.append(Double(step), at: UInt64(step) * 10) }
        #expect(series.windowNanoseconds == 20)
        #expect(series.points.map(\.startNanoseconds) == [0, 20, 40])
        #expect(series.points.map(\.mean) == [0.5, 2.5, 4])
    }

    @Test func anyLengthStaysWithinItsBoundsAndKeepsExtremesAndMean() {
        var generator = SplitMix64(seed: 5)
        var series = TimeSeries(capacity: 64, windowNanoseconds: 7)
        var values: [Double] = []
        var time: UInt64 = 0
        var longest = 0
        for _ in 0..<20_000 {
            time += generator.next() % 1000
            let value = Double(generator.next() % 1_000_000)
            values.append(value)
            series.append(value, at: time)
            longest = max(longest, series.points.count)
        }
        #expect(longest == 64)
        #expect(series.points.count > 16)
        #expect(series.min == values.min() && series.max == values.max() && series.last == values.last)
        #expect(series.count == 20_000)
        let mean = series.points.reduce(0) { $0 + $1.mean * Double($1.count) } / 20_000
        #expect(abs(mean - values.reduce(0, +) / 20_000) < 1e-3)
        let starts = series.points.map(\.startNanoseconds)
        #expect(starts.allSatisfy { $0 % series.windowNanoseconds == 0 })
        #expect(zip(starts, starts.dropFirst()).allSatisfy { $0 < $1 })
    }

    @Test func aMeasurementFromThePastJoinsTheLatestWindow() {
        var series = TimeSeries(capacity: 4, windowNanoseconds: 10)
        series.append(1, at: 35)
        series.append(2, at: 5)
        #expect(series.points.count == 1)
        #expect(series.last == 2)
    }

    @Test func aGapDoesNotCostPoints() {
        var series = TimeSeries(capacity: 2, windowNanoseconds: 1)
        series.append(1, at: 0)
        series.append(2, at: 1_000_000_000_000)
        series.append(3, at: 1_000_000_000_001)
        #expect(series.points.count == 2)
        #expect(series.count == 3)
    }

    @Test func comesBackFromJSON() throws {
        var series = TimeSeries(capacity: 4, windowNanoseconds: 10)
        for step in 0..<9 { series.append(Double(step), at: UInt64(step) * 10) }
        let data = try JSONEncoder().encode(series)
        #expect(try JSONDecoder().decode(TimeSeries.self, from: data) == series)
    }
}
