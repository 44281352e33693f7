import HarnessCore
import Measurement
import Testing

struct PowerTests {
    @Test func quantilesAgreeWithSciPy() throws {
        let fixture = try StatisticsFixture.read()
        for row in fixture.normalQuantiles {
            #expect(abs(NormalDistribution.quantile(row[0]) - row[1]) < 1e-7 * max(1, abs(row[1])))
        }
        for row in fixture.studentQuantiles {
            let found = NormalDistribution.studentQuantile(row[0], degrees: row[1])
            #expect(abs(found / row[2] - 1) < 0.01, "t(\(row[0]), \(row[1]))")
        }
    }

    @Test func ratesHaveClopperAndPearsonsIntervals() throws {
        for row in try StatisticsFixture.read().clopperPearson {
            let interval = BinomialInterval.clopperPearson(
                successes: row.successes,
                trials: row.trials,
                confidence: row.confidence
            )
            #expect(abs(interval.lower - row.interval[0]) < 1e-9)
            #expect(abs(interval.upper - row.interval[1]) < 1e-9)
        }
    }

    /// The first is that of https://en.wikipedia.org/wiki/Holm–Bonferroni_method, the second what R's
    /// `p.adjust(c(0.01, 0.02, 0.03, 0.04, 0.05), "holm")` prints.
    @Test(
        arguments: [
            ([0.01, 0.04, 0.03, 0.005], [0.03, 0.06, 0.06, 0.02]),
            ([0.01, 0.02, 0.03, 0.04, 0.05], [0.05, 0.08, 0.09, 0.09, 0.09]),
            ([0.9, 0.8], [1.0, 1.0]), ([0.04], [0.04]), ([], []),
        ] as [([Double], [Double])]
    )
    func holmsCorrection(pValues: [Double], expected: [Double]) {
        let adjusted = Holm.adjusted(pValues)
        #expect(adjusted.count == expected.count)
        for (found, wanted) in zip(adjusted, expected) { #expect(abs(found - wanted) < 1e-12) }
    }

    /// With many values it is the textbook's (1.96 + 0.84) standard errors.
    @Test func theDetectableEffectIsTheTextbooks() throws {
        let interval = ConfidenceInterval(lower: 0.03, upper: 0.07, confidence: 0.95)
        let error = Power.standardError(of: interval, degrees: 1_000_000)
        #expect(abs(error - 0.02 / 1.959964) < 1e-6)
        let effect = try #require(Power.detectableEffect(standardError: error, degrees: 1_000_000, smallestP: 0))
        #expect(abs(effect / error - 2.801585) < 1e-4)
        #expect(
            abs(
                Power.power(toDetect: effect, standardError: error, degrees: 1_000_000, smallestP: 0) - 0.8
            ) < 1e-4
        )
    }

    @Test func aTestThatCannotReachTheLevelDetectsNothing() {
        let smallest = SignedRank.smallestP(count: 5)
        #expect(Power.detectableEffect(standardError: 0.01, degrees: 4, smallestP: smallest) == nil)
        #expect(Power.power(toDetect: 9, standardError: 0.01, degrees: 4, smallestP: smallest) == 0)
    }

    @Test func aLimitAboveTheNoiseHasHalfThePowerAtItself() {
        let power = Power.power(toDetect: 0.05, beyond: 0.05, standardError: 0.01, degrees: 19, smallestP: 0)
        #expect(abs(power - 0.5) < 1e-12)
    }

    /// ceil(8 · (0.06 / 0.05)²) = 12, and never fewer than can reach the level.
    @Test func pairsNeededFollowTheSquareOfTheWidth() {
        #expect(Power.pairsNeeded(toDecide: 0.10, pairs: 8, halfWidth: 0.06) == 12)
        #expect(Power.pairsNeeded(toDecide: 0.10, pairs: 8, halfWidth: 0.001) == 6)
        #expect(Power.pairsNeeded(toDecide: 0.10, pairs: 8, halfWidth: 0.001, level: 0.05 / 7) == 9)
        let count = Power.pairsNeeded(toDecide: 0.10, spread: 0.07)
        #expect(Power.halfWidth(spread: 0.07, pairs: count, level: 0.05) <= 0.05)
        #expect(Power.halfWidth(spread: 0.07, pairs: count - 1, level: 0.05) > 0.05)
    }

    /// The formulas against 2,000 simulated comparisons of 12 pairs: an effect that is to be found in 80 % of them is.
    @Test func thePredictedPowerIsTheSimulatedOne() throws {
        var random = SplitMix64(seed: 7)
        func normal() -> Double {
            // Sum of twelve uniform values, less its mean: near enough to normal within two deviations.
            (0..<12).reduce(-6.0) { sum, _ in sum + Double(random.next() >> 11) * 0x1p-53 }
        }
        let error = Power.standardError(spread: 0.1, pairs: 12)
        let effect = try #require(
            Power.detectableEffect(standardError: error, degrees: 11, smallestP: SignedRank.smallestP(count: 12))
        )
        let found = (0..<2000).count { _ in SignedRank((0..<12).map { _ in effect + 0.1 * normal() }).pValue <= 0.05 }
        #expect((0.75...0.85).contains(Double(found) / 2000))
    }
}
