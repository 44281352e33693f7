import HarnessCore
import Measurement
import Testing

@testable import Results

/// How changes between two sides are judged.
struct ChangeJudgementTests {
    @Test(
        "Pairs: slower by a fifth is regressed, faster by a fifth improved, and no change passes",
        arguments: [(1.2, RowVerdict.regressed), (0.8, .improved), (1.0, .pass)]
    )
    func pairs(factor: Double, verdict: RowVerdict) throws {
        let (baseline, candidate) = (
            try Compared.result(Compared.noise()), try Compared.result(Compared.noise(factor, phase: 2))
        )
        let report = try Compared.pairs(baseline, candidate, confirmation: (["call"], baseline, candidate))
        let row = try report.change()
        #expect(row.verdict == verdict, "\(row.reason)")
        let estimate = try #require(row.effect?.estimate)
        #expect((estimate / factor - 1).magnitude < 0.02)
        #expect(report.design == .paired)
        #expect(report.exitStatus == (verdict == .regressed ? .gateFailed : .pass))
        #expect(row.baselineValues?.count == 16)
        #expect(try #require(row.minimalDetectableEffect) < 0.05)
        #expect(row.neededPairs != nil)
    }

    @Test("Regressed is a confirmed finding: pairs that nobody measured afresh are suspect, however bad")
    func unconfirmed() throws {
        let (baseline, twice) = (
            try Compared.result(Compared.noise()), try Compared.result(Compared.noise(2, phase: 2))
        )
        let screen = try Compared.pairs(baseline, twice)
        #expect(try screen.change().verdict == .suspect)
        let reason = "the whole interval is beyond the limit, and no fresh pairs confirm it (bench ab --confirm)"
        #expect(try screen.change().reason.hasSuffix(reason))
        #expect(screen.exitStatus == .noVerdict)
        // Sets cannot be measured again together: there the whole interval decides.
        let sets = try Compared.sets(baseline, twice)
        #expect(try sets.change().verdict == .regressed && sets.exitStatus == .gateFailed)
    }

    @Test(
        "A rate is worse when it is lower",
        arguments: [(0.8, RowVerdict.regressed), (1.25, .improved)]
    )
    func higherIsBetter(factor: Double, verdict: RowVerdict) throws {
        let gate =
            #"{"id": "rate", "profile": "*", "metric": "achieved_per_s", "regression": {"max_relative": "10%"}}"#
        let set = { (factor: Double) in
            try Compared.result(Compared.noise()) { result in
                for index in result.repetitions.indices {
                    result.repetitions[index].phases[0].rates.achievedPerSecond = Compared.noise(factor)[index]
                }
            }
        }
        let row = try Compared.sets(set(1), set(factor), gates: [gate]).change("rate")
        #expect(row.verdict == verdict, "\(row.reason)")
    }

    @Test("Beyond the limit and not wholly: suspect in one measurement, regressed on pairs measured afresh")
    func confirmation() throws {
        let baseline = try Compared.result(Compared.noise())
        let slower = try Compared.result(Compared.noise(1.105, phase: 1))
        let screen = try Compared.pairs(baseline, slower)
        #expect(try screen.change().verdict == .suspect)
        #expect(screen.exitStatus == .noVerdict)

        let confirmed = try Compared.pairs(baseline, slower, confirmation: (["call"], baseline, slower)).change()
        #expect(confirmed.verdict == .regressed, "\(confirmed.reason)")
        #expect(confirmed.effect?.isConfirmation == true)
        #expect(confirmed.screen?.effect.isConfirmation == false)

        let cleared = try Compared.pairs(baseline, slower, confirmation: (["call"], baseline, baseline)).change()
        #expect(cleared.verdict == .pass, "\(cleared.reason)")
        let other = try Compared.pairs(baseline, slower, confirmation: (["another"], baseline, baseline)).change()
        #expect(other.verdict == .suspect)
    }

    @Test("What the noise could hide is inconclusive, with the pairs that would decide it")
    func noise() throws {
        let wild = { (phase: Int) throws -> RunResult in
            let medians = (0..<8).map { index -> Double in
                let step = (index * 3 + phase) % 5 - 2
                return 1_000 + 120 * Double(step)
            }
            return try Compared.result(medians)
        }
        let row = try Compared.pairs(wild(0), wild(1)).change()
        #expect(row.verdict == .inconclusive, "\(row.reason)")
        #expect(try #require(row.minimalDetectableEffect) > 0.1)
        #expect(try #require(row.neededPairs) > 8)
        #expect(row.reason.contains("pairs would decide it"))
    }

    @Test("Runs that differ by more than 30 % among themselves decide only what is wholly beyond the limit")
    func spread() throws {
        let wild = try Compared.result((0..<16).map { $0 % 2 == 0 ? 1_000 : 2_000 })
        let row = try Compared.sets(wild, Compared.result(Compared.noise(1.5))).change()
        #expect(row.verdict == .inconclusive)
        #expect(row.reason.contains("equal runs differ by"))
        let slower = try Compared.sets(wild, Compared.result(Compared.noise(40))).change()
        #expect(slower.verdict == .regressed, "\(slower.reason)")
        let faster = try Compared.sets(wild, Compared.result(Compared.noise(0.1))).change()
        #expect(faster.verdict == .improved, "\(faster.reason)")
    }

    @Test("Sets from machines that differ are suspect at most, and no improvement is claimed")
    func demotion() throws {
        let baseline = try Compared.result(Compared.noise())
        let elsewhere = { (factor: Double) in
            try Compared.result(Compared.noise(factor, phase: 2)) { $0.environment.cpuModel = "Xeon" }
        }
        let report = try Compared.sets(baseline, elsewhere(1.5))
        #expect(try report.change().verdict == .suspect)
        #expect(report.differences.map(\.field) == ["cpu_model"])
        #expect(report.differences.map(\.severity) == [.demoting])
        #expect(report.exitStatus == .noVerdict)
        #expect(try Compared.sets(baseline, elsewhere(0.5)).change().verdict == .pass)
        // The same on one machine is certain.
        let here = try Compared.sets(baseline, Compared.result(Compared.noise(1.5, phase: 2)))
        #expect(try here.change().verdict == .regressed)
    }

    @Test("Other plans, faults or builds forbid comparing: status 4", arguments: ["plan", "faults", "build"])
    func blocking(field: String) throws {
        let candidate = try Compared.result(Compared.noise()) {
            switch field {
            case "plan": $0.plan.hash = "another"
            case "faults": $0.plan.faults = ["close,next=1"]
            default: $0.environment.buildConfiguration = "debug"
            }
        }
        let report = try Compared.sets(Compared.result(Compared.noise()), candidate)
        #expect(try report.change().verdict == .notComparable)
        #expect(report.verdict == .notComparable)
        #expect(report.exitStatus == .notComparable)
    }

    @Test(
        "Sides that cannot be compared are never a pass, though no gate limits a change: status 4",
        arguments: ["plan", "profile"]
    )
    func blockingWithoutGates(field: String) throws {
        let gates = [#"{"profile": "*", "metric": "lost", "budget": "== 0"}"#]
        let baseline = try Compared.result(Compared.noise(), profile: field == "profile" ? "burst" : "sustained")
        let candidate = try Compared.result(Compared.noise()) { if field == "plan" { $0.plan.hash = "another" } }
        let report = try Compared.sets(baseline, candidate, gates: gates)
        #expect(report.verdict == .notComparable)
        #expect(report.exitStatus == .notComparable)
        #expect(report.notes.contains("no profile is on both sides") == (field == "profile"))
        // Nor is a waiver or a lower level a way around it.
        let warned = Compared.call.dropLast() + ", \"level\": \"warn\"}"
        #expect(try Compared.sets(baseline, candidate, gates: [String(warned)]).verdict == .notComparable)
        // A broken budget is more urgent.
        let broken = try Compared.result(Compared.noise(), profile: candidate.profile) {
            $0.plan.hash = "another"
            $0.repetitions[0].phases[0].load.lost = 3
        }
        #expect(try Compared.sets(baseline, broken, gates: gates).verdict == .fail)
    }

    @Test("No common profile is no baseline: status 4")
    func noBaseline() throws {
        let report = try Compared.sets(
            Compared.result(Compared.noise(), profile: "burst"),
            Compared.result(Compared.noise()),
            gates: [Compared.call.replacing("\"*\"", with: "\"sustained\"")]
        )
        #expect(report.exitStatus == .notComparable)
        #expect(try report.change().reason == "there is no baseline of the profile sustained")
    }

    @Test("A faster candidate that loses items is not improved")
    func lossyImprovement() throws {
        let candidate = try Compared.result(Compared.noise(0.5, phase: 1)) { result in
            for index in result.repetitions.indices {
                let load = PhaseLoad.balanced(
                    accepted: 10_000,
                    rejected: 0,
                    delivered: 9_000,
                    duplicated: 0,
                    foreign: 0,
                    droppedByReason: ["queue_full": 1_000],
                    queued: 0
                )
                result.repetitions[index].phases[0].load = load
            }
        }
        let gate =
            #"{"id": "rate", "profile": "*", "metric": "accepted_per_s", "regression": {"max_relative": "5%"}}"#
        let report = try Compared.sets(Compared.result(Compared.noise()), candidate, gates: [Compared.call, gate])
        let row = try report.change()
        #expect(row.verdict == .inconclusive)
        #expect(row.reason.contains("the candidate loses 10 % of its items and the baseline 0 %"), "\(row.reason)")
        // As many were accepted in the same time, and a tenth less arrived.
        #expect(try report.change("rate").verdict == .regressed)
    }

    @Test("Disturbed pairs are dropped as pairs, and more than a quarter makes the row invalid", arguments: [4, 5])
    func disturbedPairs(count: Int) throws {
        let disturbed = try Compared.result(Compared.noise(phase: 2)) { result in
            result.validity = RunValidity(
                isValid: false,
                reasons: ["x"],
                checks: (0..<count).map { index in
                    var check = SampleResult.check(.fail)
                    check.repetition = index
                    return check
                }
            )
        }
        let report = try Compared.pairs(Compared.result(Compared.noise()), disturbed)
        let row = try report.change()
        #expect(row.verdict == (count == 4 ? .pass : .invalid), "\(row.reason)")
        #expect(row.baselineValues?.count == 16 - count)
        #expect(report.verdict == (count == 4 ? .pass : .invalid))
    }

    @Test("Among many gates a single small p is not certain")
    func holm() throws {
        let gates = (0..<20).map { index in
            Compared.call.replacing("\"call\"", with: "\"call\(index)\"")
                .replacing("10%", with: "10.\(100 + index)%")
        }
        let report = try Compared.pairs(
            Compared.result(Compared.noise(count: 8)),
            Compared.result(Compared.noise(1.3, phase: 2, count: 8)),
            gates: gates
        )
        // 2/2^8 · 20 = 0.156.
        #expect(try report.change("call3").verdict == .suspect)
        #expect(try #require(report.change("call3").effect?.adjustedPValue) > 0.15)
        #expect(report.notes.contains { $0.contains("among so many gates that takes 10 pairs") }, "\(report.notes)")
    }

    @Test("A waiver puts a failure aside until its day, and is an error afterwards")
    func waivers() throws {
        let (baseline, slower) = (try Compared.result(Compared.noise()), try Compared.result(Compared.noise(1.5)))
        let waiver = { (day: String) in #"{"gate": "call", "until": "\#(day)", "reason": "issue 12"}"# }
        let report = try Compared.sets(baseline, slower, waivers: [waiver("2026-11-21")])
        #expect(try report.change().verdict == .waived)
        #expect(try report.change().waiver?.reason == "issue 12")
        #expect(report.verdict == .pass)
        #expect(report.verdictLine == "verdict=PASS exit=0 gates=\(report.gates.count) failed=0 waived=1")
        let expired = try Compared.sets(baseline, slower, waivers: [waiver("2026-11-20")])
        #expect(expired.exitStatus == .usage)
        #expect(expired.problems.first?.hasPrefix("t.json: the waiver of call ended on 2026-11-20 (issue 12)") == true)
    }

    @Test("A waiver excuses what fails or is suspect, not what nobody could judge")
    func waivedDoubt() throws {
        let waiver = [#"{"gate": "call", "until": "2026-12-01", "reason": "issue 12"}"#]
        let baseline = try Compared.result(Compared.noise())
        let suspect = try Compared.sets(
            baseline,
            Compared.result(Compared.noise(1.105, phase: 1)),
            waivers: waiver
        )
        #expect(try suspect.change().verdict == .waived)
        #expect(try suspect.change().reason.hasPrefix("suspect, waived until 2026-12-01 (issue 12): "))
        #expect(suspect.verdict == .pass)

        let few = try Compared.sets(
            Compared.result([1_000, 1_010]),
            Compared.result([1_000, 1_020]),
            waivers: waiver
        )
        #expect(try few.change().verdict == .inconclusive && few.change().waiver == nil)
        #expect(try few.change().reason.hasSuffix("excuses a failure, not a row without a verdict"))
        #expect(few.verdict == .inconclusive && few.exitStatus == .noVerdict)
        #expect(!few.notes.contains { $0.contains("is not needed") })
        let other = try Compared.result(Compared.noise()) { $0.plan.hash = "another" }
        #expect(try Compared.sets(baseline, other, waivers: waiver).verdict == .notComparable)
        // What holds needs none.
        let same = try Compared.sets(baseline, baseline, waivers: waiver)
        #expect(same.verdict == .pass && same.notes.contains { $0.contains("the waiver of call is not needed here") })
    }

    @Test("Levels: a warning does not change the status, and what is for information is not judged")
    func levels() throws {
        let (baseline, slower) = (try Compared.result(Compared.noise()), try Compared.result(Compared.noise(1.5)))
        let gate = { (level: String) in Compared.call.dropLast() + ", \"level\": \"\(level)\"}" }
        let warned = try Compared.sets(baseline, slower, gates: [String(gate("warn"))])
        #expect(try warned.change().verdict == .regressed)
        #expect(warned.exitStatus == .pass)
        #expect(warned.verdictLine.contains("warned=1"))
        let shown = try Compared.sets(baseline, slower, gates: [String(gate("info"))])
        #expect(try shown.change().verdict == .info)
    }
}
