import Platform
import Testing

@testable import Trials

/// Flush and shutdown tell the truth, whatever happens at the same time.
///
/// Times are not judged here, where tests run side by side: `bench sweep` does.
struct SweepTests {
    @Test(
        "400 seeded interleavings of track, flush, shutdown and faults: no crash, no hang, no false success",
        .timeLimit(.minutes(2))
    )
    func interleavings() async {
        // In a process of its own, so that a crash fails this test alone.
        await #expect(processExitsWith: .success) {
            let problems = Guarded<[String]>([])
            // Cases mostly wait: several at a time.
            let lanes = try (0..<4).map { lane in
                try PlatformThread.start(name: "lane-\(lane)") {
                    for number in stride(from: lane, to: 400, by: 4) {
                        do {
                            let outcome = try SweepCase(SweepPlan(seed: 1, number: number)).carryOut()
                            let found = outcome.falseSuccesses + outcome.problems
                            problems.withLock { all in all += found.map { "case \(number) of seed 1: \($0)" } }
                        } catch {
                            problems.withLock { $0.append("case \(number) of seed 1 did not begin: \(error)") }
                        }
                    }
                }
            }
            for lane in lanes { lane.join() }
            #expect(problems.withLock { $0 } == [])
        }
    }

    @Test func aCaseFollowsFromItsSeedAndNumber() {
        #expect(SweepPlan(seed: 7, number: 3) == SweepPlan(seed: 7, number: 3))
        #expect(SweepPlan(seed: 7, number: 3) != SweepPlan(seed: 7, number: 4))
        #expect(SweepPlan(seed: 7, number: 3) != SweepPlan(seed: 8, number: 3))
    }
}
