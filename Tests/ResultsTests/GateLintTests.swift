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
        .paired(try SampleResult.paired(delivering: factors))
    }

    /// 2 / 2⁸ = 0.0078 is above 0.05 / 7 and below 0.05 / 6.
    @Test func amongTooManyGatesNoneCanFire() throws {
        let metrics = ["p50", "p90", "p95", "p99", "mean"].map { "service_time.\($0)" } + ["cpu_percent"]
        let six = metrics.map { gate($0, #""max_relative": "10%""#) }
        let fine = GateLint(try thresholds(six.joined(separator: ",")), pairs: 8)
        #expect(fine.exitStatus == .pass && fine.families.map(\.gates) == [6])
        #expect(fine.plans == [GateLint.Plan(profile: "sustained", pairs: 8)])
        let seven = (six + [gate("delivered_per_s", #""max_relative": "10%""#)]).joined(separator: ",")
        let lint = GateLint(try thresholds(seven), pairs: 8)
        #expect(lint.exitStatus == .gateFailed)
        #expect(lint.rows.allSatisfy { $0.findings.map(\.cause) == [.smallestP] })
        #expect(
            lint.rows[0].findings[0].reason
                == "8 pairs reach p 0.0078 at best, and with 7 gates of sustained judged together it takes 0.0071: use 9 pairs or fewer gates"
        )
        #expect(lint.plans == [GateLint.Plan(profile: "sustained", pairs: 9)])
        #expect(GateLint(try thresholds(seven), pairs: 8, profile: "burst").rows.isEmpty)
    }

    @Test("The gates of a profile are one family, and a pattern belongs to that of each profile that it selects")
    func familiesAreThoseOfProfiles() throws {
        let limit = #""max_relative": "10%""#
        let gates = ["sustained", "sustained", "burst", "*"].enumerated().map { index, profile in
            gate("service_time.\(["p50", "p90", "p95", "p99"][index])", limit, profile: profile)
        }
        let lint = GateLint(try thresholds(gates.joined(separator: ",")), pairs: 6)
        #expect(lint.families.map(\.profile) == ["sustained", "burst", "*"])
        #expect(lint.families.map(\.gates) == [3, 2, 1])
        // 2 / 2⁶ = 0.031 is above 0.05 / 2: only a gate without others could fire.
        #expect(lint.rows.map { $0.findings.count } == [1, 1, 1, 1] && lint.plans.map(\.pairs) == [7, 7, 7])
        let burst = GateLint(try thresholds(gates.joined(separator: ",")), pairs: 7, profile: "burst")
        #expect(burst.rows.map(\.gate) == ["burst/service_time.p95", "*/service_time.p99"])
        #expect(burst.exitStatus == .pass && burst.families.map(\.strictestLevel) == [0.025])
        // A name that the file has only a pattern for.
        #expect(GateLint(try thresholds(gates[3]), pairs: 6, profile: "flush").families.map(\.profile) == ["flush"])
    }

    @Test("The comparison judges the families that the lint counts")
    func theJudgeAgrees() throws {
        let metrics = ["service_time.p50", "service_time.p90", "service_time.mean"]
        let gates = ["sustained", "burst"].flatMap { profile in
            metrics.dropLast(profile == "burst" ? 1 : 0).map { metric in
                gate(metric, #""max_relative": "10%""#, profile: profile)
            }
        }
        var request = try Compared.request(gates)
        for profile in ["sustained", "burst"] {
            let sides = try [1, 1.5].map { try Compared.result(Compared.noise($0, count: 8), profile: profile) }
            request.pairs.append(("\(profile).json", Compared.paired(sides[0], sides[1])))
        }
        let report = try ComparisonReport(judging: request)
        for family in GateLint(try #require(request.thresholds).file, pairs: 8).families {
            let rows = report.rows.filter { $0.profile == family.profile && $0.kind == .regression }
            #expect(rows.count == family.gates)
            // Every p is that of eight pairs which all point one way, or 1: the smallest is multiplied by all.
            let pValues = rows.compactMap { $0.effect?.adjustedPValue }
            let smallest = try #require(pValues.min())
            #expect((smallest - 2 / 256 * Double(family.gates)).magnitude < 1e-12, "\(family)")
        }
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
        #expect(lint.exitStatus == .pass && lint.families.isEmpty && lint.gates == 2)
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
