import HarnessCore
import LoadEngine
import Measurement
import Results
import Testing

@testable import RunControl

/// What a leak check makes of series of which the truth is known.
struct LeakFindingsTests {
    /// Cycles of 100,003 items: 2,000 B a cycle are allowed.
    private static func settings(_ extra: String = "") throws -> LeakSettings {
        let text = """
            {"name": "p", "leak": {\(extra)}, "phases": [
              {"name": "main", "shape": "max", "count": 100003, "flush_every": 997, "cycles": 16}]}
            """
        return try #require(try ProfileDocument(parsing: text, source: "p").profile().leak)
    }

    /// A trial of 16 cycles with noise of ± `noise` bytes about what `bytes` says of each cycle.
    private static func trial(
        _ name: String,
        noise: Double = 300,
        cycles: Int = 16,
        items: UInt64 = 100_003,
        flushes: UInt64 = 101,
        sessions: UInt64 = 0,
        threads: UInt64 = 0,
        descriptors: (Int) -> UInt64 = { _ in 20 },
        _ bytes: (Double) -> Double
    ) -> LeakTrial {
        var random = SplitMix64(seed: 7)
        let checkpoints = (0..<cycles).map { cycle in
            let unit = Double(random.next() >> 11) / Double(1 << 53)
            var record = CheckpointRecord(label: "phase_end", phase: "main-\(cycle + 1)")
            record.bytesInUse = UInt64(900_000 + bytes(Double(cycle)) + (2 * unit - 1) * noise)
            record.descriptors = descriptors(cycle)
            record.threads = 6
            return record
        }
        return LeakTrial(
            name: name,
            system: name == "control" ? "null" : "telemetry",
            itemsPerCycle: items,
            flushesPerCycle: flushes,
            sessionsPerCycle: sessions,
            threadsPerCycle: threads,
            discarded: 0,
            checkpoints: checkpoints
        )
    }

    private static func findings(_ trials: [LeakTrial], _ settings: LeakSettings? = nil) throws -> LeakFindings {
        let settings = try settings ?? Self.settings()
        var findings = LeakFindings(settings: settings)
        // The control first, as the check does it: the others are judged beyond it.
        for var trial in trials.sorted(by: { $0.name == "control" && $1.name != "control" }) {
            let isCheck = trial.name.hasPrefix("check")
            trial.assess(settings, discard: settings.discard, control: isCheck ? findings.control : nil)
            findings.trials.append(trial)
        }
        return findings
    }

    private static let flat = trial("control") { _ in 0 }
    private static let calm = [
        trial("sessions", items: 10_327, sessions: 32) { _ in 0 },
        trial("threads", items: 10_007, threads: 32) { _ in 0 },
    ]

    @Test func noGrowthIsNoLeak() throws {
        let report = try Self.findings([Self.trial("check") { _ in 0 }, Self.flat] + Self.calm).report()
        #expect(report.verdict == .ok)
        #expect(report.toleranceBytesPerCycle == 2_000.06)
        #expect(report.resource == nil && report.growsPer == nil)
        #expect(report.sentence.contains("do not grow") && report.sentence.contains("nor with sessions or threads"))
        #expect(abs(try #require(report.bytesPerCycle)) < 100)
    }

    /// The first cycles fill caches: what they add is no growth.
    @Test func warmUpDoesNotCount() throws {
        let filling = Self.trial("check") { $0 < 4 ? 20_000 * $0 : 80_000 }
        let findings = try Self.findings([filling, Self.flat] + Self.calm)
        #expect(findings.verdict == .ok)
    }

    @Test func warmUpThatLastsLongerIsWaitedFor() {
        // Growth halves from cycle to cycle: 100 kB, 50 kB, 25 kB …
        let values = (0..<16).map { 1e6 - 200e3 * Double(sign: .plus, exponent: -$0, significand: 1) }
        let series = LeakSeries(values, discard: 4, tolerance: 2_000)
        #expect(series.discarded == 7, "the seventh cycle adds 3.1 kB and the eighth 1.6 kB")
        #expect(LeakSeries(values, discard: 4, tolerance: 10).discarded == LeakSeries.mostDiscarded)
    }

    /// An event of 540 B in each 10,000: 5.4 kB a cycle, twice as much with twice the items.
    @Test func aLeakForItemsIsNamed() throws {
        let report = try Self.findings(
            [
                Self.trial("check") { 5_440 * $0 }, Self.flat,
                Self.trial("double-items", items: 200_006) { 10_880 * $0 },
                Self.trial("double-flushes", flushes: 201) { 5_440 * $0 },
            ] + Self.calm
        ).report()
        #expect(report.verdict == .leak)
        #expect(report.resource == "bytes" && report.growsPer == "item")
        #expect(abs(try #require(report.bytesPerUnit) - 0.0544) < 0.002)
        #expect(abs(try #require(report.bytesPerItem) - 0.0544) < 0.002)
        #expect(report.sentence.contains("for every 1,000 items, it goes with items"), "\(report.sentence)")
    }

    /// 64 bytes, 80 with the allocator's own, at each of 101 flushes.
    @Test func aLeakForFlushesIsNamed() throws {
        let report = try Self.findings(
            [
                Self.trial("check") { 8_080 * $0 }, Self.flat,
                Self.trial("double-items", items: 200_006) { 8_080 * $0 },
                Self.trial("double-flushes", flushes: 201) { 16_080 * $0 },
            ] + Self.calm
        ).report()
        #expect(report.verdict == .leak)
        #expect(report.growsPer == "flush")
        #expect(abs(try #require(report.bytesPerUnit) - 80) < 3)
        #expect(report.sentence.contains(" a flush, it goes with flushes"), "\(report.sentence)")
    }

    @Test(arguments: [("sessions", "session"), ("threads", "thread")])
    func aLeakOfShortLivesIsNamed(name: String, unit: String) throws {
        let isSession = name == "sessions"
        let many = { (name: String, count: UInt64) in
            Self.trial(name, items: 10_007, sessions: isSession ? count : 0, threads: isSession ? 0 : count) {
                80 * Double(count) * $0
            }
        }
        let other = Self.calm.filter { $0.name != name }
        let report = try Self.findings(
            [Self.trial("check") { _ in 0 }, Self.flat, many(name, 32), many("double-\(name)", 64)] + other
        ).report()
        #expect(report.verdict == .leak)
        #expect(report.growsPer == unit)
        #expect(abs(try #require(report.bytesPerUnit) - 80) < 3)
    }

    /// What the items of the trial `sessions` leak is not blamed on sessions.
    @Test func whatItemsExplainIsNotBlamedOnSessions() throws {
        let findings = try Self.findings([
            Self.trial("check") { 54_000 * $0 }, Self.flat,
            Self.trial("sessions", items: 10_327, sessions: 32) { 5_580 * $0 },
            Self.trial("double-items", items: 200_006) { 108_000 * $0 },
            Self.trial("double-flushes", flushes: 201) { 54_000 * $0 },
            Self.trial("double-sessions", items: 10_647, sessions: 64) { 5_750 * $0 },
        ])
        #expect(findings.causes.map(\.unit) == [.item])
    }

    /// `request2size` of glibc's malloc.c: 64 B and the size of a word, rounded up to 16, are 80.
    @Test func theAllocatorsRoundingIsExplained() throws {
        let exact = { (slope: Double, flushes: UInt64) in
            Self.trial(flushes == 101 ? "check" : "double-flushes", noise: 0, flushes: flushes) { slope * $0 }
        }
        let same = Self.trial("double-items", noise: 0, items: 200_006) { 8_080 * $0 }
        let report = try Self.findings(
            [exact(8_080, 101), Self.trial("control", noise: 0) { _ in 0 }, same, exact(16_160, 202)] + Self.calm
        ).report()
        #expect(report.sentence.contains("80 B a flush"), "\(report.sentence)")
        #expect(report.sentence.contains("one of 57 to 72 B was asked for"), "\(report.sentence)")
        #expect(report.trials.allSatisfy { $0.toleranceBytesPerCycle != nil })
    }

    /// One in 25 flushes: 4 or 5 in a cycle of 101.
    @Test func aRareHandleIsCountedRoughly() throws {
        let count = { (flushes: UInt64) in { (cycle: Int) in 20 + UInt64(cycle) * flushes / 25 } }
        let report = try Self.findings(
            [
                Self.trial("check", descriptors: count(101)) { _ in 0 }, Self.flat,
                Self.trial("double-items", items: 200_006, descriptors: count(101)) { _ in 0 },
                Self.trial("double-flushes", flushes: 201, descriptors: count(201)) { _ in 0 },
            ] + Self.calm
        ).report()
        #expect(report.sentence.contains(": about 1 for every 2"), "\(report.sentence)")
    }

    /// Growth of 100 kB a cycle in a heap with room: resident memory does not show it.
    @Test func whatMemoryDidIsSaidOfTheCyclesThatCount() throws {
        var check = Self.trial("check") { 100_000 * $0 }
        for index in check.checkpoints.indices {
            check.checkpoints[index].rssBytes = 30_000_000
            check.checkpoints[index].freeBytes = 9_000_000
            check.checkpoints[index].rssAnonymousBytes = 20_000_000
            check.checkpoints[index].rssFileBytes = 10_000_000
        }
        let memory = try #require(try Self.findings([check, Self.flat]).memory)
        #expect(memory.growth == .hiddenLiveHeap)
        #expect(memory.sentence.contains("from the end of main-5 to the end of main-16"), "\(memory.sentence)")
        #expect(!memory.sentence.contains("leak-check"), "it has been made")
    }

    @Test func growthWithoutACauseIsALeakAllTheSame() throws {
        let report = try Self.findings(
            [
                Self.trial("check") { 9_000 * $0 }, Self.flat,
                Self.trial("double-items", items: 200_006) { 9_000 * $0 },
                Self.trial("double-flushes", flushes: 201) { 9_000 * $0 },
            ] + Self.calm
        ).report()
        #expect(report.verdict == .leak)
        #expect(report.resource == "bytes" && report.growsPer == nil)
        #expect(report.sentence.contains("neither with items nor with flushes"))
    }

    @Test func growthThatFadesIsBounded() throws {
        // Five megabytes fill up, the slower the fuller they are.
        let fading = { (cycle: Double) -> Double in
            let rest = 1 / (1 + cycle / 4)
            return 5e6 * (1 - rest * rest * rest * rest)
        }
        let findings = try Self.findings([Self.trial("check", fading), Self.flat] + Self.calm)
        #expect(findings.verdict == .growingBounded)
        #expect(findings.report().sentence.contains("does not grow for ever"))
    }

    @Test func noiseAboveTheToleranceCannotTell() throws {
        let findings = try Self.findings([Self.trial("check", noise: 60_000) { _ in 0 }, Self.flat] + Self.calm)
        #expect(findings.verdict == .inconclusive)
        #expect(findings.report().sentence.contains("may be more than allowed or less"))
    }

    @Test func growthThatDoesNotComeAgainProvesNothing() throws {
        let findings = try Self.findings(
            [
                Self.trial("check") { 5_440 * $0 }, Self.flat,
                Self.trial("double-items", items: 200_006) { _ in 0 },
                Self.trial("double-flushes", flushes: 201) { _ in 0 },
            ] + Self.calm
        )
        #expect(findings.verdict == .inconclusive)
        #expect(findings.report().sentence.contains("did not come again"))
        #expect(findings.causes.isEmpty)
    }

    @Test func theHarnessOwnGrowthIsTakenOff() throws {
        let findings = try Self.findings(
            [Self.trial("check") { 3_500 * $0 }, Self.trial("control") { 3_400 * $0 }] + Self.calm
        )
        #expect(findings.verdict == .ok)
        let growth = try #require(findings.report().bytesPerCycle)
        #expect(abs(growth - 100) < 50)
    }

    @Test func theLongerSeriesDecides() throws {
        let findings = try Self.findings(
            [
                Self.trial("check", noise: 60_000) { _ in 0 }, Self.flat,
                Self.trial("check-longer", cycles: 32) { _ in 0 },
            ] + Self.calm
        )
        #expect(findings.verdict == .ok)
    }

    @Test func missingFiguresCannotTell() throws {
        var blind = Self.trial("check") { _ in 0 }
        blind.checkpoints[9].bytesInUse = nil
        let findings = try Self.findings([blind, Self.flat] + Self.calm)
        #expect(findings.verdict == .inconclusive)
        #expect(findings.report().sentence.contains("were not measured in every cycle"))
        #expect(try Self.findings([]).verdict == .inconclusive)
    }

    // MARK: - Descriptors and threads

    @Test func forgottenDescriptorsAreALeak() throws {
        let findings = try Self.findings(
            [
                Self.trial("check", descriptors: { 20 + 101 * UInt64($0) }) { _ in 0 }, Self.flat,
                Self.trial("double-items", items: 200_006, descriptors: { 20 + 101 * UInt64($0) }) { _ in 0 },
                Self.trial("double-flushes", flushes: 201, descriptors: { 20 + 201 * UInt64($0) }) { _ in 0 },
            ] + Self.calm
        )
        let report = findings.report()
        #expect(report.verdict == .leak)
        #expect(report.resource == "descriptors" && report.growsPer == "flush" && report.bytesPerUnit == nil)
        #expect(report.handlesPerCycle == 101)
        #expect(report.sentence.hasPrefix("1,111 descriptors more after 12 cycles: 1 a flush"), "\(report.sentence)")
    }

    /// A connection that is just being opened anew is there or not; nothing is left behind.
    @Test func aDescriptorThatComesAndGoesIsNone() throws {
        let findings = try Self.findings(
            [Self.trial("check", descriptors: { $0 == 15 ? 21 : 20 }) { _ in 0 }, Self.flat] + Self.calm
        )
        #expect(findings.verdict == .ok)
        #expect(findings.trial(.check)?.descriptorGrowth == 0)
    }

    // MARK: - Trials

    @Test func everyTrialChangesOneThing() throws {
        let text = """
            {"name": "p", "producers": 2, "leak": {"short_count": 500}, "phases": [
              {"name": "main", "shape": "max", "count": 100003, "flush_every": 997, "cycles": 16}]}
            """
        let profile = try ProfileDocument(parsing: text, source: "p").profile()
        let settings = try #require(profile.leak)
        let assignments = { (kind: LeakTrialKind) in kind.assignments(settings, profile) }
        #expect(assignments(.check) == [])
        #expect(assignments(.control) == ["system.name=null"])
        #expect(assignments(.doubleItems) == ["phases.main.count=200006", "phases.main.flush_every=1994"])
        #expect(assignments(.doubleFlushes) == ["phases.main.flush_every=498"])
        #expect(assignments(.sessions) == ["phases.main.count=500", "phases.main.sessions=32"])
        #expect(assignments(.threads) == ["phases.main.count=500", "phases.main.fresh_threads=true", "producers=32"])
        #expect(LeakTrialKind.check.assignments(settings, profile, isLonger: true) == ["phases.main.cycles=32"])
    }

    /// Zou and Donner's interval of a difference: for symmetric intervals, the root of the sum of squares.
    @Test func intervalsOfDifferencesAddInSquares() {
        let growth = LeakGrowth(slope: 10, low: 7, high: 13).beyond(LeakGrowth(slope: 2, low: -2, high: 6))
        #expect(growth == LeakGrowth(slope: 8, low: 3, high: 13))
    }

    // MARK: - Allocator

    @Test(
        arguments: [
            ([1e6, 1e6, 1e6], [5e6, 1e6, 1e6], AllocatorReport.Owner.yours),
            ([0, 0, 0], [61e6, 1e6, 2e6], .allocator), ([0, 100, -50], [1e6, 1e6, 1e6], .nobody),
            ([1e6, 0, 1e6], [5e6, 0, 0], .unclear), ([0, 0], [61e6, 0], .unclear),
        ]
    )
    func theAllocatorIsBlamedForWhatTheProgramDoesNotHold(
        heap: [Double],
        resident: [Double],
        owner: AllocatorReport.Owner
    ) {
        let settings = zip(heap, resident).enumerated().map { index, growth in
            var setting = AllocatorReport.Setting(name: "\(index)", variables: [])
            setting.bytesInUseGrowth = Int64(growth.0)
            setting.rssGrowth = Int64(growth.1)
            setting.rssPeakBytes = 80_000_000
            return setting
        }
        let report = AllocatorTriangle.report(settings, heapTolerance: 24_000)
        #expect(report.owner == owner)
        #expect(!report.sentence.isEmpty)
    }
}
