import Results
import Testing

@testable import RunControl

/// The verdict over pairs of runs.
struct PairedCheckTests {
    /// Results in the order of the runs, with the candidate slower by so many percent in each pair.
    private static func results(_ percents: [Double]) -> [RunResult] {
        let order = PairedCheck.profiles(baseline: "a", candidate: "b")
        return order.enumerated().map { index, side in
            var result = SelfTestTests.result(broken: [:])
            // The machine drifts; only what happens within a pair counts.
            let plain = 1000 * (1 + Double(index / 2))
            result.summary["service_time.p50"] = side == "a" ? plain : plain * (1 + percents[index / 2] / 100)
            return result
        }
    }

    @Test func thePairsAreInTurn() {
        let order = PairedCheck.profiles(baseline: "a", candidate: "b")
        #expect(order.joined() == "abbaabbaabbaabba" || order.joined() == "baabbaabbaabbaab")
    }

    @Test func aSlowdownIsFound() {
        let check = PairedCheck(metric: "service_time.p50", expectation: .slower(30...90))
        #expect(check.finding(Self.results([40, 45, 50, 50, 50, 55, 60, 300])).isAsExpected)
        let little = check.finding(Self.results(Array(repeating: 2, count: 8)))
        #expect(!little.isAsExpected && little.doubt == nil)
        let much = check.finding(Self.results(Array(repeating: 200, count: 8)))
        #expect(!much.isAsExpected && much.doubt == nil)
        let noise = check.finding(Self.results([-40, -30, 50, 50, 60, 60, 70, 80]))
        #expect(!noise.isAsExpected && noise.doubt != nil)
    }

    @Test func equalsAreEqual() {
        let check = PairedCheck(metric: "service_time.p50", expectation: .same)
        #expect(check.finding(Self.results([-50, -9, -2, 0, 1, 4, 8, 70])).isAsExpected)
        let slower = check.finding(Self.results(Array(repeating: 50, count: 8)))
        #expect(!slower.isAsExpected && slower.doubt == nil)
        let noise = check.finding(Self.results([-60, -50, 0, 0, 0, 0, 50, 60]))
        #expect(!noise.isAsExpected && noise.doubt != nil)
    }

    @Test func missingRunsAreNoVerdict() {
        let check = PairedCheck(metric: "service_time.p50", expectation: .same)
        #expect(!check.finding(Array(Self.results(Array(repeating: 0, count: 8)).dropLast())).isAsExpected)
    }
}
