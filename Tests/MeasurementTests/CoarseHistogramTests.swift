import HarnessCore
import Measurement
import Testing

/// Distributions in few bytes, against the full ones that they are made from.
struct CoarseHistogramTests {
    /// 32 slots an octave make the bound 1/32.
    @Test(arguments: [1, 50, 90, 99, 99.9, 100.0])
    func percentilesAreThoseOfTheFullHistogram(percentile: Double) throws {
        var generator = SplitMix64(seed: 7)
        let full = HistogramSnapshot(
            recording: (0..<20_000).map { _ in (generator.next() >> 24) >> (generator.next() % 36) }
        )
        let exact = Double(try #require(full.value(atPercentile: percentile)))
        let coarse = Double(try #require(CoarseHistogram(full).value(atPercentile: percentile)))
        #expect(coarse >= exact && coarse <= exact * (1 + 1.0 / 32) + 1, "\(coarse) for \(exact)")
    }

    @Test func smallValuesAreExact() {
        for value in UInt64(0)...63 {
            #expect(CoarseHistogram(HistogramSnapshot(recording: [value])).value(atPercentile: 50) == value)
        }
        // Slots of 2 from 64 on, of 4 from 128 on, of 16,384 from 524,288 on, by hand.
        for (value, greatest) in [(64, 65), (65, 65), (127, 127), (128, 131), (1_000_000, 1_015_807)]
            as [(UInt64, UInt64)]
        {
            #expect(CoarseHistogram(HistogramSnapshot(recording: [value])).value(atPercentile: 50) == greatest)
        }
    }

    @Test func theSumIsThatOfTheFullHistograms() {
        var generator = SplitMix64(seed: 11)
        let parts = (0..<5).map { _ in
            HistogramSnapshot(recording: (0..<500).map { _ in (generator.next() >> 30) >> (generator.next() % 30) })
        }
        var (coarse, full) = (CoarseHistogram(), HistogramSnapshot())
        for part in parts {
            coarse.add(CoarseHistogram(part))
            full.add(part)
        }
        #expect(coarse == CoarseHistogram(full))
        #expect(coarse.totalCount == 2_500)
    }

    @Test func nothingHasNoPercentiles() {
        #expect(CoarseHistogram().value(atPercentile: 50) == nil)
        #expect(CoarseHistogram(HistogramSnapshot()).isEmpty)
        let highest = CoarseHistogram(HistogramSnapshot(recording: [.max]))
        #expect((highest.value(atPercentile: 50) ?? 0) >= 3_600_000_000_000)
    }
}
