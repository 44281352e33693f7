import Testing

@testable import Measurement

struct TheilSenTests {
    @Test func linesAgreeWithSciPy() throws {
        for row in try StatisticsFixture.read().theilSen {
            let points = zip(row.x, row.y).map { (x: $0, y: $1) }
            let line = try #require(TheilSen(points, confidence: row.confidence))
            #expect(abs(line.slope - row.slope) < 1e-12, "\(row.y)")
            #expect(abs(line.intercept - row.intercept) < 1e-9, "\(row.y)")
            #expect((line.interval == nil) == (row.interval == nil), "\(row.y)")
            if let interval = line.interval, let expected = row.interval {
                #expect(abs(interval.lower - expected[0]) < 1e-9 && abs(interval.upper - expected[1]) < 1e-9)
            }
        }
    }

    @Test func kendallsTauAgreesWithSciPy() throws {
        for row in try StatisticsFixture.read().theilSen {
            let tau = KendallTau.b(zip(row.x, row.y).map { (x: $0, y: $1) })
            #expect((tau == nil) == (row.tau == nil), "\(row.y)")
            if let tau, let expected = row.tau { #expect(abs(tau - expected) < 1e-12, "\(row.y)") }
        }
    }

    @Test func valuesWithoutTimesStandAtWholeNumbers() throws {
        let line = try #require(TheilSen([5, 7, 9, 11, 13, 15, 17]))
        #expect(line.slope == 2 && line.intercept == 5)
        #expect(line.interval == ConfidenceInterval(lower: 2, upper: 2, confidence: 0.99))
    }

    @Test func oneStepAtTheEndIsNoSlope() throws {
        let line = try #require(TheilSen(Array(repeating: 4_096, count: 11) + [1e6]))
        #expect(line.slope == 0)
        #expect(line.interval == ConfidenceInterval(lower: 0, upper: 0, confidence: 0.99))
    }

    @Test func aSinglePointHasNoLine() {
        #expect(TheilSen([1]) == nil)
        #expect(TheilSen([(x: 1, y: 1), (x: 1, y: 2)]) == nil)
        #expect(KendallTau.b([(x: 1, y: 1)]) == nil)
    }
}
