import HarnessCore
import Testing

@testable import Results

struct GateLintTests {
    private func thresholds(_ gates: String) throws -> ThresholdsFile {
        try ThresholdsFile(contents: Array(#"{"version": 1, "gates": [\#(gates)]}"#.utf8), path: "t")
    }

    private func gate(_ metric: String, _ limit: String, profile: String = "sustained") -> String {
        #"{"profile": "\#(profile)", "metric": "\#(metric)", "regression": {\#(limit)}}"#
    }

    /// Equal sides whose pairs differ by factors around one.
    private func noisy(_ factors: [Double]) throws -> ResultDocument {
        var paired = try SampleResult.paired()
        let repetition = paired.baseline.result.repetitions[0]
        paired.baseline.result.repetitions = factors.map { _ in repetition }
        paired.candidate.result.repetitions = factors.map { factor in
            var changed = repetition
            for index in changed.phases.indices {
                changed.phases[index].rates.deliveredPerSecond = changed.phases[index].rates.deliveredPerSecond.map {
                    $0 * factor
                }
            }
            return changed
        }
        paired.pairs = factors.indices.map { PairedResult.Pair(index: $0, first: .baseline) }
        return .paired(paired)
    }

    /// 2 / 2⁸ = 0.0078 is above 0.05 / 7 and below 0.05 / 6.
    @Test func amongTooManyGatesNoneCanFire() throws {
        let metrics = ["p50", "p90", "p95", "p99", "mean"].map { "service_time.\($0)" } + ["cpu_percent"]
        let six = metrics.map { gate($0, #""max_relative": "10%""#) }
        let fine = GateLint(try thresholds(six.joined(separator: ",")), pairs: 8)
        #expect(fine.exitStatus == .pass && fine.family == 6)
        #expect(fine.plans == [GateLint.Plan(profile: "sustained", pairs: 8)])
        let seven = (six + [gate("delivered_per_s", #""max_relative": "10%""#)]).joined(separator: ",")
        let lint = GateLint(try thresholds(seven), pairs: 8)
        #expect(lint.exitStatus == .gateFailed)
        #expect(lint.rows.allSatisfy { $0.findings.map(\.cause) == [.smallestP] })
        #expect(
            lint.rows[0].findings[0].reason
                == "8 pairs reach p 0.0078 at best, and with 7 gates judged together it takes 0.0071: use 9 pairs or fewer gates"
        )
        #expect(lint.plans == [GateLint.Plan(profile: "sustained", pairs: 9)])
        // By itself a profile's gates are a smaller family.
        #expect(GateLint(try thresholds(seven), pairs: 8, profile: "burst").rows.isEmpty)
    }

    @Test("Trap 8: a limit finer than the metric can be read is found")
    func aLimitFinerThanTheMetricIsFound() throws {
        let relative = GateLint(try thresholds(gate("service_time.p50", #""max_relative": "0.05%""#)), pairs: 8)
        #expect(relative.rows[0].findings.map(\.cause) == [.resolution])
        let absolute = GateLint(try thresholds(gate("rss_peak_bytes", #""min_absolute": 100"#)), pairs: 8)
        #expect(absolute.rows[0].findings.map(\.cause) == [.resolution])
        let fine = GateLint(
            try thresholds(gate("service_time.p50", #""max_relative": "0.05%", "min_absolute": "50ns""#)),
            pairs: 8
        )
        #expect(fine.exitStatus == .pass)
    }

    @Test func theNoiseOfEarlierPairsSaysWhatALimitNeeds() throws {
        let file = try thresholds(gate("delivered_per_s", #""max_relative": "5%""#))
        let quiet = try noisy([1, 1.001, 0.999, 1.002, 0.998, 1, 1.001, 0.999])
        #expect(GateLint(file, pairs: 8, baselines: [quiet]).exitStatus == .pass)
        let loud = try noisy([1, 1.1, 0.92, 1.07, 0.9, 1.04, 0.95, 1.05])
        let lint = GateLint(file, pairs: 8, baselines: [quiet, loud])
        let row = lint.rows[0]
        #expect(row.findings.map(\.cause) == [.noise])
        #expect(try #require(row.detectableChange) > 0.05)
        let needed = try #require(row.neededPairs)
        #expect(needed > 8)
        #expect(row.findings[0].reason.contains("use \(needed) pairs, or allow"))
        #expect(lint.plans.map(\.pairs) == [needed])
        // What the plan says is enough is enough.
        #expect(GateLint(file, pairs: needed, baselines: [loud]).exitStatus == .pass)
    }

    @Test func aQuantileWithoutSamplesIsFound() throws {
        let file = try thresholds(#"{"profile": "sustained", "metric": "flush_latency.p99", "budget": "< 1s"}"#)
        let lint = GateLint(file, pairs: 8, baselines: [.run(try SampleResult.sustained())])
        #expect(lint.rows.first?.findings.map(\.cause) == [.samples])
    }

    @Test func budgetsAndCountsNeedNoPairs() throws {
        let lint = GateLint(
            try thresholds(
                gate("lost", #""min_absolute": 0"#)
                    + #", {"profile": "sustained", "metric": "cpu_percent", "budget": "< 20%"}"#
            ),
            pairs: 2
        )
        #expect(lint.exitStatus == .pass && lint.family == 0)
        #expect(lint.notes.contains("no gate limits a change of a timed metric: pairs have nothing to decide"))
    }

    @Test func theTableSaysWhatToDo() throws {
        let loud = try noisy([1, 1.1, 0.92, 1.07, 0.9, 1.04, 0.95, 1.05])
        let file = try thresholds(
            gate("delivered_per_s", #""max_relative": "5%""#) + ","
                + gate("service_time.p50", #""max_relative": "10%""#, profile: "burst")
        )
        try Golden.expect(LintTable(width: 100).render(GateLint(file, pairs: 6, baselines: [loud])), "lint.txt")
    }
}
