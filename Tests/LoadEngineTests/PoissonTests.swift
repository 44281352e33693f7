import Foundation
import Testing

@testable import LoadEngine

struct PoissonTests {
    static func plan(_ shape: String, producers: Int = 1, seed: UInt64 = 1) throws -> Plan {
        let text = """
            {"name": "p", "producers": \(producers), "seed": \(seed),
             "phases": [{"name": "main", \(shape), "arrivals": "poisson"}, {"name": "again", \(shape), "arrivals": "poisson"}]}
            """
        return try ProfileDocument(parsing: text, source: "p").profile().makePlan()
    }

    static func starts(_ plan: Plan, phase: Int = 0) -> [UInt64] {
        (0..<plan.producers).flatMap { PlanPropertyTests.starts(plan, $0, phase) }.sorted()
    }

    /// The largest difference of the empirical distribution from a continuous one.
    static func kolmogorovSmirnov(_ values: [Double], _ cumulative: (Double) -> Double) -> Double {
        let count = Double(values.count)
        return values.sorted().enumerated().reduce(0) { largest, value in
            let expected = cumulative(value.element)
            return max(
                largest,
                abs(expected - Double(value.offset) / count),
                abs(Double(value.offset + 1) / count - expected)
            )
        }
    }

    /// The critical value at the level 0.01, which is 1.628 / √n.
    ///
    /// N. Smirnov: "Table for estimating the goodness of fit of empirical distributions", 1948,
    /// https://doi.org/10.1214/aoms/1177730256.
    static func criticalValue(_ count: Int) -> Double { 1.628 / Double(count).squareRoot() }

    @Test("Gaps at a constant rate are exponentially distributed", arguments: [1, 4], [1, 2, 3] as [UInt64])
    func gaps(producers: Int, seed: UInt64) throws {
        let plan = try Self.plan(
            #""shape": "constant", "rate": "1000/s", "duration": "10s""#,
            producers: producers,
            seed: seed
        )
        let starts = Self.starts(plan)
        #expect(starts.count == 10_000)
        let gaps = zip(starts.dropFirst(), starts).map { Double($0 - $1) }
        let distance = Self.kolmogorovSmirnov(gaps) { 1 - exp(-$0 / 1e6) }
        #expect(distance < Self.criticalValue(gaps.count))
    }

    /// On a ramp from 0, the share before t is (t/D)².
    @Test func placesFollowTheRate() throws {
        let plan = try Self.plan(
            #""shape": "ramp", "from": 0, "stages": [{"rate": "2000/s", "duration": "10s"}]"#,
            producers: 3
        )
        let starts = Self.starts(plan).map { Double($0) }
        #expect(starts.count == 10_000)
        #expect(Self.kolmogorovSmirnov(starts) { $0 / 1e10 * $0 / 1e10 } < Self.criticalValue(starts.count))
    }

    @Test func everySeedProducerAndPhaseHasItsOwn() throws {
        let shape = #""shape": "constant", "rate": "100/s", "duration": "1s""#
        let plan = try Self.plan(shape, producers: 2)
        let lists = [
            PlanPropertyTests.starts(plan, 0, 0), PlanPropertyTests.starts(plan, 1, 0),
            PlanPropertyTests.starts(plan, 0, 1),
            PlanPropertyTests.starts(try Self.plan(shape, producers: 2, seed: 2), 0, 0),
        ]
        #expect(Set(lists).count == 4)
        #expect(lists.allSatisfy { $0.count == 50 })
        #expect(PlanPropertyTests.starts(try Self.plan(shape, producers: 2), 0, 0) == lists[0])
    }

    /// Against glibc, whose functions are within one unit in the last place.
    @Test func plainMathematicsAgreesWithTheLibrary() {
        for step in 1...20_000 {
            let x = Double(step) / 20_000
            if abs(PlainMath.log(x) - log(x)) > 1e-15 * max(1, abs(log(x))) { Issue.record("log \(x)") }
            let y = -x * 40
            if abs(PlainMath.exp(y) - exp(y)) > 1e-15 * (1 - y) * exp(y) { Issue.record("exp \(y)") }
        }
        #expect(PlainMath.log(0x1p-54) == log(0x1p-54))
        #expect(PlainMath.exp(0) == 1 && PlainMath.exp(-800) == 0)
    }
}
