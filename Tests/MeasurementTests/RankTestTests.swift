import Testing

@testable import Measurement

struct RankTestTests {
    // MARK: - Signed rank

    @Test func signedRankAgreesWithSciPy() throws {
        for row in try StatisticsFixture.read().signedRank {
            let test = SignedRank(row.values)
            #expect(test.statistic == row.statistic, "\(row.values)")
            #expect(abs(test.pValue - row.p) < 1e-9, "\(row.values)")
            #expect(test.isExact == (test.count <= 50))
        }
    }

    /// The depression scale data of Hollander and Wolfe, 1973, pages 29 f., in the examples of R's `wilcox.test`.
    ///
    /// It prints V = 40 and p = 0.01953 for the alternative "greater".
    @Test func signedRankOfTheDepressionScale() {
        let first = [1.83, 0.50, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.30]
        let second = [0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29]
        let test = SignedRank(zip(first, second).map { $0 - $1 })
        #expect(test.statistic == 40)
        #expect(abs(test.pValue / 2 - 0.01953) < 0.000005)
    }

    @Test func theIntervalIsWhatTheTestDoesNotReject() throws {
        for row in try StatisticsFixture.read().signedRankIntervals {
            let interval = SignedRank.interval(of: row.values, confidence: row.confidence)
            guard let expected = row.interval else {
                #expect(interval == nil)
                #expect(row.values.count < SignedRank.smallestCount(reaching: 1 - row.confidence))
                continue
            }
            let found = try #require(interval)
            #expect(abs(found.lower - expected[0]) < 1e-12 && abs(found.upper - expected[1]) < 1e-12)
            #expect(found.confidence >= row.confidence && found.confidence < 1)
            let estimate = try #require(HodgesLehmann.pseudomedian(of: row.values))
            #expect(found.lower <= estimate && estimate <= found.upper)
        }
    }

    /// The confidences of R's `psignrank`: 1 − 2 P(T ≤ 3) = 0.9609 with 8 values, 1 − 2 / 2⁶ = 0.96875 with 6.
    @Test(arguments: [(6, 0.96875), (8, 0.9609375), (10, 0.951171875)])
    func theIntervalStatesTheConfidenceItAchieves(count: Int, confidence: Double) throws {
        let interval = try #require(SignedRank.interval(of: (0..<count).map { Double($0 * $0) }))
        #expect(abs(interval.confidence - confidence) < 1e-12)
    }

    @Test func theLargeSampleIntervalContinuesTheExactOne() throws {
        let values = (0..<51).map { Double(($0 * 37) % 51) - 20 }
        let large = try #require(SignedRank.interval(of: values))
        let exact = try #require(SignedRank.interval(of: Array(values.prefix(50))))
        #expect(abs(large.lower - exact.lower) < 2 && abs(large.upper - exact.upper) < 2)
        #expect(large.lower < large.upper)
    }

    /// Five pairs can never reach 0.05.
    @Test func theSmallestPossiblePIsThatOfOneSign() {
        #expect(SignedRank.smallestP(count: 5) == 0.0625)
        #expect(SignedRank([1, 2, 3, 4, 5]).pValue == 0.0625)
        #expect(SignedRank.smallestP(count: 8) == 0.0078125)
        #expect(SignedRank.smallestCount(reaching: 0.05) == 6)
        #expect(SignedRank.smallestCount(reaching: 1 - 0.95) == 6)
        #expect(SignedRank.smallestCount(reaching: 0.05 / 6) == 8)
        #expect(SignedRank.smallestCount(reaching: 0.05 / 7) == 9)
    }

    @Test func zerosAloneProveNothing() {
        #expect(SignedRank([0, 0, 0]).pValue == 1)
        #expect(SignedRank([]).pValue == 1)
        #expect(SignedRank.interval(of: []) == nil)
    }

    // MARK: - Mann–Whitney

    @Test func mannWhitneyAgreesWithSciPy() throws {
        for row in try StatisticsFixture.read().mannWhitney {
            let test = MannWhitney(baseline: row.baseline, candidate: row.candidate)
            #expect(test.statistic == row.statistic, "\(row.baseline) \(row.candidate)")
            #expect(abs(test.pValue - row.p) < 1e-9, "\(row.baseline) \(row.candidate)")
        }
    }

    /// The permeability constants of Hollander and Wolfe, 1973, pages 69 f., in the examples of R's `wilcox.test`.
    ///
    /// It prints W = 35 and p = 0.1272 for the alternative "greater".
    @Test func mannWhitneyOfThePermeabilityConstants() {
        let term = [0.80, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46]
        let weeks = [1.15, 0.88, 0.90, 0.74, 1.21]
        let test = MannWhitney(baseline: weeks, candidate: term)
        #expect(test.statistic == 35)
        #expect(abs(test.pValue / 2 - 0.1272) < 0.00005)
    }

    /// R's data set `airquality`: ozone in May and August, for which `wilcox.test` prints W = 127.5, p = 0.0001208.
    @Test func mannWhitneyOfTheAirQuality() {
        let may: [Double] = [
            41, 36, 12, 18, 28, 23, 19, 8, 7, 16, 11, 14, 18, 14, 34, 6, 30, 11, 1, 11, 4, 32, 23, 45, 115, 37,
        ]
        let august: [Double] = [
            39, 9, 16, 78, 35, 66, 122, 89, 110, 44, 28, 65, 22, 59, 23, 31, 44, 21, 9, 45, 168, 73, 76, 118, 84, 85,
        ]
        let test = MannWhitney(baseline: august, candidate: may)
        #expect(test.statistic == 127.5)
        #expect(!test.isExact)
        #expect(abs(test.pValue - 0.0001208) < 0.00000005)
    }

    @Test func theShiftsIntervalIsWhatTheTestDoesNotReject() throws {
        for row in try StatisticsFixture.read().mannWhitneyIntervals {
            let interval = MannWhitney.interval(
                baseline: row.baseline,
                candidate: row.candidate,
                confidence: row.confidence
            )
            guard let expected = row.interval else {
                #expect(interval == nil)
                continue
            }
            let found = try #require(interval)
            #expect(abs(found.lower - expected[0]) < 1e-9 && abs(found.upper - expected[1]) < 1e-9)
            #expect(found.confidence >= row.confidence && found.confidence < 1)
        }
    }

    @Test func theShiftsIntervalOfManyValuesIsNarrower() throws {
        let baseline = (0..<30).map { Double(($0 * 7) % 30) }
        let candidate = baseline.map { $0 + 5 }
        let few = try #require(
            MannWhitney.interval(baseline: Array(baseline.prefix(20)), candidate: Array(candidate.prefix(20)))
        )
        let many = try #require(MannWhitney.interval(baseline: baseline, candidate: candidate))
        #expect(many.halfWidth < few.halfWidth)
        #expect(many.lower <= 5 && many.upper >= 5)
    }

    /// C(8, 4) = 70, and so on: 0.029, 0.0079, 0.0022.
    @Test func theSmallestPossiblePIsThatOfSeparateSamples() {
        #expect(MannWhitney.smallestP(4, 4) == 2.0 / 70)
        #expect(MannWhitney.smallestP(5, 5) == 2.0 / 252)
        #expect(MannWhitney.smallestP(0, 5) == 1)
        #expect(MannWhitney.smallestCount(reaching: 0.05) == 4)
        #expect(MannWhitney.smallestCount(reaching: 0.05 / 7) == 6)
    }

    // MARK: - Estimates

    @Test func estimatesAreMediansOfAveragesAndDifferences() {
        // Averages of 1, 2, 6: 1, 1.5, 2, 3.5, 4, 6.
        #expect(HodgesLehmann.pseudomedian(of: [6, 1, 2]) == 2.75)
        #expect(HodgesLehmann.pseudomedian(of: []) == nil)
        // Differences: 3, 4, 5, 6.
        #expect(HodgesLehmann.shift(baseline: [1, 2], candidate: [7, 6]) == 5)
        #expect(HodgesLehmann.shift(baseline: [1], candidate: []) == nil)
    }

    @Test func ratiosNeedValuesAboveZero() throws {
        #expect(try LogRatio.pairs(baseline: [1, 2], candidate: [2, 4]).allSatisfy { abs($0 - 0.693147) < 1e-6 })
        #expect(throws: StatisticsError.notPositive(value: 0, position: 2)) {
            try LogRatio.pairs(baseline: [1, 0], candidate: [1, 1])
        }
        #expect(throws: StatisticsError.notPositive(value: -1, position: 1)) { try LogRatio.logarithms(of: [-1]) }
        #expect(throws: StatisticsError.notFinite(value: .infinity, position: 1)) {
            try LogRatio.logarithms(of: [.infinity])
        }
        #expect(throws: StatisticsError.unequalCounts(baseline: 1, candidate: 2)) {
            try LogRatio.pairs(baseline: [1], candidate: [1, 1])
        }
        #expect(throws: StatisticsError.empty) { try LogRatio.pairs(baseline: [], candidate: []) }
        #expect(
            StatisticsError.notPositive(value: 0, position: 2).description
                == "value 2 is 0.0, and a ratio needs values above zero; "
                + "compare by the absolute limit, or leave its pair out and say so"
        )
    }
}
