import Measurement
import Testing

@testable import Results

struct MetricSpreadTests {
    @Test func figuresOfAKnownSample() throws {
        // The classic example of the median absolute deviation: https://en.wikipedia.org/wiki/Median_absolute_deviation
        let spread = try #require(MetricSpread([1, 1, 2, 2, 4, 6, 9]))
        #expect(spread.repetitions == 7 && spread.median == 2 && spread.min == 1 && spread.max == 9)
        #expect(spread.medianAbsoluteDeviation == 1)
        #expect(MetricSpread([1, 4])?.median == 2.5)
    }

    @Test func aSingleValueDoesNotSpread() {
        #expect(MetricSpread([]) == nil && MetricSpread([1]) == nil)
    }

    @Test func aSingleRepetitionHasNoSpread() throws {
        #expect(try SampleResult.sustained().spread == nil)
    }

    @Test("What is judged is the median of timed metrics and the worst of counted ones; the spread has all")
    func repetitionsAreJudgedByTheirSummary() throws {
        var result = try SampleResult.sustained()
        result.repetitions = [UInt64(0), 3, 0].enumerated().map { index, lost in
            var phase = SampleResult.main(lost: lost)
            phase.rates.deliveredPerSecond = [900, 1000, 950][index]
            return SampleResult.repetition(index: index, phases: [phase])
        }
        let gates = [("lost", "== 0"), ("delivered_per_s", ">= 940")]
        result.judge(by: try Gate.gates(ofProfile: "sustained", thresholds: gates))
        #expect(result.summary["lost"] == 3 && result.summary["delivered_per_s"] == 950)
        #expect(result.thresholds.map(\.verdict) == [.fail, .pass])
        #expect(result.spread?["lost"] == MetricSpread([0, 3, 0]))
        #expect(result.spread?["delivered_per_s"]?.min == 900)
    }

    @Test func aMetricThatOneRepetitionLacksHasNoSpread() throws {
        var result = try SampleResult.sustained()
        var phase = SampleResult.main()
        phase.cpu = nil
        result.repetitions.append(SampleResult.repetition(index: 1, phases: [phase]))
        result.judge(by: [])
        #expect(result.summary["cpu_percent"] == nil && result.spread?["cpu_percent"] == nil)
        #expect(result.spread?["attempted"] != nil)
    }

    @Test("The table of latencies shows medians of percentiles")
    func theTableShowsMedians() throws {
        var result = try SampleResult.sustained()
        result.repetitions = [1_000, 9_000, 2_000].enumerated().map { index, p50 in
            var phase = SampleResult.main()
            phase.latency.serviceTime?.p50Nanoseconds = UInt64(p50)
            return SampleResult.repetition(index: index, phases: [phase])
        }
        result.judge(by: [])
        let text = RunSummaryRenderer(width: 120).render(result)
        let line = text.split(separator: "\n").first { $0.hasPrefix("  service time") }
        #expect(line?.contains("2.00 µs") == true, "\(text)")
        let spread = text.split(separator: "\n").first { $0.hasPrefix("  service_time.p50") }
        #expect(spread?.contains("2.00 µs  (1.00 µs–9.00 µs)") == true, "\(text)")
    }
}
