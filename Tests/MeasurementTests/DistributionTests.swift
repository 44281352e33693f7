import HarnessCore
import Testing

@testable import Measurement

struct DistributionTests {
    /// Skewed nanoseconds around `scale`.
    private static func histogram(seed: UInt64, scale: Double, tail: Double = 1) -> HistogramSnapshot {
        var random = SplitMix64(seed: seed)
        return HistogramSnapshot(
            recording: (0..<2000).map { _ in
                let uniform = Double(random.next() >> 11) * 0x1p-53
                let value = scale * (1 + uniform * uniform)
                return UInt64(uniform > 0.93 ? value * tail : value)
            }
        )
    }

    /// SciPy's `wasserstein_distance` of logarithms, over all 64 labellings.
    @Test func distanceAndLabellingsAgreeWithSciPy() throws {
        let fixture = try StatisticsFixture.read().wasserstein
        let pairs = fixture.pairs.map {
            (baseline: HistogramSnapshot(recording: $0[0]), candidate: HistogramSnapshot(recording: $0[1]))
        }
        let shift = try #require(QuantileShift(pairs: pairs, seed: 1))
        #expect(abs(shift.distance / fixture.distance - 1) < 0.01)
        #expect(shift.pValue == fixture.p)
        #expect(shift.isExact && shift.labellings == 32)
        let middle = try #require(shift.rows.first { $0.quantile == 0.5 })
        let expected = try #require(HodgesLehmann.pseudomedian(of: fixture.medianLogRatios))
        #expect(abs(middle.logRatio - expected) < 0.002)
        // 400 values support no 99th percentile.
        #expect(shift.rows.last?.quantile == 0.95)
    }

    @Test func aShiftOfEverythingIsToldFromOneOfTheTail() throws {
        let pairs = { (scale: Double, tail: Double) in
            (0..<8).map { index in
                (
                    baseline: Self.histogram(seed: UInt64(index), scale: 10_000),
                    candidate: Self.histogram(seed: UInt64(100 + index), scale: 10_000 * scale, tail: tail)
                )
            }
        }
        let everything = try #require(QuantileShift(pairs: pairs(1.1, 1), seed: 1))
        #expect(everything.shape == .everything)
        #expect(everything.pValue == 1.0 / 128)
        #expect(everything.rows.allSatisfy { abs($0.logRatio - 0.0953) < 0.03 })
        #expect(try #require(QuantileShift(pairs: pairs(1, 3), seed: 1)).shape == .tail)
        let nothing = try #require(QuantileShift(pairs: pairs(1, 1), seed: 1))
        #expect(nothing.pValue > 0.05)
    }

    @Test func setsWithoutPairsAreCompared() throws {
        let baseline = (0..<5).map { Self.histogram(seed: UInt64($0), scale: 10_000) }
        let slower = (0..<5).map { Self.histogram(seed: UInt64(50 + $0), scale: 11_000) }
        let shift = try #require(QuantileShift(baseline: baseline, candidate: slower, seed: 1))
        #expect(shift.isExact && shift.labellings == 252)
        #expect(shift.pValue == 2.0 / 252)
        #expect(shift.shape == .everything)
        #expect(QuantileShift(baseline: [], candidate: slower, seed: 1) == nil)
        #expect(QuantileShift(pairs: [(HistogramSnapshot(), baseline[0])], seed: 1) == nil)
    }

    @Test func manyLabellingsAreDrawnFromTheSeed() throws {
        let pairs = (0..<14).map { index in
            (
                baseline: Self.histogram(seed: UInt64(index), scale: 10_000),
                candidate: Self.histogram(seed: UInt64(100 + index), scale: 10_010)
            )
        }
        let first = try #require(QuantileShift(pairs: pairs, seed: 5))
        #expect(!first.isExact && first.labellings == 2000)
        #expect(first == QuantileShift(pairs: pairs, seed: 5))
        #expect(first.pValue != QuantileShift(pairs: pairs, seed: 6)?.pValue)
        let sets = try #require(
            QuantileShift(baseline: pairs.map(\.baseline), candidate: pairs.map(\.candidate), seed: 5)
        )
        #expect(!sets.isExact && sets.labellings == 2000)
    }

    // MARK: - Change points

    /// Distances written out with NumPy.
    @Test func theBestSplitAgreesWithNumPy() throws {
        for row in try StatisticsFixture.read().energy {
            let split = try #require(EnergyChangePoints.bestSplit(row.values[...]))
            #expect(split.offset == row.split)
            #expect(abs(split.energy - row.energy) < 1e-9)
        }
    }

    @Test func aStepAndItsReturnAreFound() throws {
        let values = try StatisticsFixture.read().energy[1].values
        let found = EnergyChangePoints(values, seed: 3)
        #expect(found.changes.count == 2)
        let (first, second) = (try #require(found.changes.first), try #require(found.changes.last))
        // 4 up at 15 and down at 25, in noise of deviation 1.
        #expect((14...16).contains(first.index) && (24...26).contains(second.index))
        #expect((3...5).contains(first.shift) && (-5 ... -3).contains(second.shift))
        #expect(first.pValue == 0.005)
        #expect(found == EnergyChangePoints(values, seed: 3))
    }

    @Test func noiseHasNoChanges() throws {
        #expect(EnergyChangePoints(try StatisticsFixture.read().energy[2].values, seed: 3).changes.isEmpty)
        #expect(EnergyChangePoints([Double](repeating: 4, count: 40), seed: 3).changes.isEmpty)
        #expect(EnergyChangePoints([1, 1, 1, 1, 9, 9, 9, 9, 9], seed: 3).changes.isEmpty)
        #expect(EnergyChangePoints([], seed: 3).changes.isEmpty)
    }
}
