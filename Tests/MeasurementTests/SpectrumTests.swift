import Testing

@testable import Measurement

/// Quantiles by the number of nines.
struct SpectrumTests {
    @Test("Each quantile is what HdrHistogram's percentile is, the last is the maximum", arguments: [1, 5, 24])
    func agreesWithPercentiles(steps: Int) throws {
        let histogram = HistogramSnapshot(recording: (1...10_000).map { UInt64($0 * $0) })
        let spectrum = histogram.spectrum(stepsPerNine: steps)
        // 1 − ½ / 10,000 is 4.3 nines; 0 % and the maximum come on top.
        #expect(spectrum.count == 2 + Int(4.301 * Double(steps)))
        for quantile in spectrum.dropLast().dropFirst() {
            #expect(quantile.nanoseconds == histogram.value(atPercentile: 100 * quantile.share), "\(quantile.share)")
        }
        #expect(spectrum.first?.nanoseconds == histogram.min)
        let last = try #require(spectrum.last)
        #expect(last.nanoseconds == histogram.max && last.share == 9_999.5 / 10_000)
        #expect(
            zip(spectrum, spectrum.dropFirst()).allSatisfy { $0.share < $1.share && $0.nanoseconds <= $1.nanoseconds }
        )
    }

    @Test func fewValues() {
        #expect(HistogramSnapshot().spectrum(stepsPerNine: 10).isEmpty)
        let one = HistogramSnapshot(recording: [7]).spectrum(stepsPerNine: 2)
        #expect(one.first == .init(share: 0, nanoseconds: 7) && one.last == .init(share: 0.5, nanoseconds: 7))
    }
}
