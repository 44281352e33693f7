import HarnessCore
import Testing

@testable import Results

struct RunSummaryRendererTests {
    @Test func aRunThatPasses() throws {
        let result = try SampleResult.sustained()
        #expect(result.verdict == .pass)
        let text = RunSummaryRenderer(width: 100).render(result, file: "results/runs/sustained-20261120T224855Z.json")
        try Golden.expect(text, "summary-pass.txt")
    }

    @Test("When all is well two lines say so; a broken limit stands under the verdict, in words")
    func validity() throws {
        var result = try SampleResult.sustained()
        result.validity.checks = [SampleResult.check(.pass)]
        result.calibration = SampleResult.calibration
        var text = RunSummaryRenderer(width: 120).render(result)
        #expect(text.contains("\nVALIDITY    1 limit holds   other processes 3.20 %\n"))
        #expect(
            text.contains(
                "\nCALIBRATION null operation 62 ns   sink echo 38.0 µs   sink 4,100,000/s   memory 12.0 GB/s   "
                    + "spin gap p99 2.10 µs\n            max 310 µs\n"
            ),
            "\(text)"
        )
        let check = SampleResult.check(.fail)
        result.validity = RunValidity(isValid: false, reasons: [check.sentence], checks: [check])
        result.judge(by: try Gate.gates(ofProfile: "sustained", thresholds: SampleResult.thresholds))
        #expect(result.verdict == .invalid)
        text = RunSummaryRenderer(width: 120).render(result)
        #expect(text.hasPrefix("INVALID  sustained: the figures cannot be trusted"))
        #expect(
            text.contains("\n  ! phase main: other processes on this host took 93.0 % of its processors (limit 25 %)")
        )
        #expect(text.contains("\nVALIDITY    1 of 1 limits broken   other processes 93 %\n"))
    }

    @Test func aLeakComesFirst() throws {
        var result = try SampleResult.sustained()
        result.leak = SampleResult.leak
        result.allocator = SampleResult.allocator
        (result.verdict, result.exitStatus) = (.fail, .gateFailed)
        let text = RunSummaryRenderer(width: 110).render(result)
        #expect(text.hasPrefix("FAIL  sustained: leak, "), "\(text)")
        #expect(text.contains("\nLEAK        leak\n  bytes in use grow by 8.08 kB a cycle"))
        #expect(text.contains("8.08 kB  8.04 kB to 8.12 kB"), "\(text)")
        #expect(text.contains("\n    heaptrack -o leak-check bench-worker --run leak-check.input\n"))
        #expect(text.contains("\nALLOCATOR   the allocator's\n"))
        result.leakChecks = [LeakCheckRow(SampleResult.leak, system: "telemetry", elapsedSeconds: 20.5)]
        #expect(RunSummaryRenderer(width: 110).render(result).contains("20.5 s"))
    }

    /// What decides the verdict is seen on a narrow terminal, too.
    @Test func aLeakOfDescriptorsShowsThem() throws {
        var result = try SampleResult.sustained()
        var leak = SampleResult.leak
        (leak.resource, leak.bytesPerUnit, leak.handlesPerCycle) = ("descriptors", nil, 101)
        result.leak = leak
        let lines = RunSummaryRenderer(width: 60).render(result).split(separator: "\n")
        let titles = try #require(lines.first { $0.hasPrefix("  series") })
        #expect(titles.contains("descriptors") && !titles.contains("an item") && titles.count <= 60, "\(titles)")
        #expect(lines.contains { $0.hasPrefix("  check") && $0.contains("+3") })
        let figures = KeyFigures(result).figures
        #expect(
            figures[0]
                == .init(name: "Descriptors more a cycle", value: "101", more: "goes with each flush · none is allowed")
        )
        #expect(!figures.contains { $0.name.hasPrefix("Growth of a cycle") })
        let bytes = RunSummaryRenderer(width: 70).render(try Self.leaking(SampleResult.leak)).split(separator: "\n")
        #expect(try #require(bytes.first { $0.hasPrefix("  series") }).contains("99 %"))
    }

    private static func leaking(_ leak: LeakReport) throws -> RunResult {
        var result = try SampleResult.sustained()
        result.leak = leak
        return result
    }

    @Test func aRunThatFails() throws {
        var result = try SampleResult.sustained()
        result.repetitions = [SampleResult.repetition(phases: [SampleResult.warmUp, SampleResult.main(lost: 1_500)])]
        result.warnings = [
            "the host was busy: load average 1.80 on 2 cores when the run began; times may be longer than on a quiet machine"
        ]
        var thresholds = SampleResult.thresholds
        thresholds.append((metric: "flush_latency.p95", expression: "<= 250ms"))
        result.judge(by: try Gate.gates(ofProfile: "sustained", thresholds: thresholds))
        #expect(result.verdict == .fail)
        try Golden.expect(RunSummaryRenderer(width: 100).render(result), "summary-fail.txt")
    }

    @Test func severalRepetitionsAndPhasesOnANarrowTerminal() throws {
        var result = try SampleResult.sustained()
        let phases = [SampleResult.warmUp, SampleResult.main(), SampleResult.idle]
        result.repetitions = [0, 1].map { SampleResult.repetition(index: $0, phases: phases) }
        result.judge(
            by: try Gate.gates(
                ofProfile: "sustained",
                thresholds: SampleResult.thresholds + [("idle_cpu_percent", "< 5%")]
            )
        )
        let text = RunSummaryRenderer(width: 80).render(result, file: "x.json")
        try Golden.expect(text, "summary-narrow.txt")
        for line in text.split(separator: "\n") {
            #expect(line.count <= 80, "\(line)")
        }
    }

    @Test("Without a ledger nothing about delivery is shown, and the verdict says so")
    func unverifiedDelivery() throws {
        var result = try SampleResult.sustained()
        result.delivery = .unverified
        result.warnings = ["delivery unverified: the receiver offers no ledger (/bench/ledger answered 404)"]
        for repetition in result.repetitions.indices {
            for phase in result.repetitions[repetition].phases.indices {
                let load = result.repetitions[repetition].phases[phase].load
                result.repetitions[repetition].phases[phase].load = PhaseLoad(
                    attempted: load.attempted,
                    accepted: load.accepted,
                    rejected: load.rejected
                )
                result.repetitions[repetition].phases[phase].rates.deliveredPerSecond = nil
                result.repetitions[repetition].phases[phase].latency.freshness = nil
            }
        }
        result.judge(by: try Gate.gates(ofProfile: "sustained", thresholds: SampleResult.thresholds))
        try Golden.expect(RunSummaryRenderer(width: 100).render(result), "summary-unverified.txt")
    }

    @Test func anInvalidRun() throws {
        var result = try SampleResult.sustained()
        result.validity = RunValidity(
            isValid: false,
            reasons: ["the generator could not keep its plan: lag p99 was 38.0 ms, at most 1.00 ms is allowed"]
        )
        result.judge(by: try Gate.gates(ofProfile: "sustained", thresholds: SampleResult.thresholds))
        #expect(result.verdict == .invalid)
        #expect(result.exitStatus == .noVerdict)
        try Golden.expect(RunSummaryRenderer(width: 100).render(result), "summary-invalid.txt")
    }

    @Test func aRunThatWasInterruptedBeforeAnythingWasMeasured() throws {
        var result = try SampleResult.sustained()
        result.outcome = .interrupted
        result.isPartial = true
        result.repetitions = []
        result.judge(by: try Gate.gates(ofProfile: "sustained", thresholds: SampleResult.thresholds))
        #expect(result.verdict == .interrupted)
        #expect(result.exitStatus == .interrupted)
        try Golden.expect(RunSummaryRenderer(width: 100).render(result), "summary-interrupted.txt")
    }

    @Test("Colour changes nothing but the colour")
    func colour() throws {
        let result = try SampleResult.sustained()
        let plain = RunSummaryRenderer(width: 100).render(result)
        let coloured = RunSummaryRenderer(width: 100, showsColour: true).render(result)
        #expect(coloured != plain)
        let stripped = coloured.split(separator: "\u{1B}[", omittingEmptySubsequences: false).enumerated()
            .map { $0 == 0 ? String($1) : String($1.drop { $0 != "m" }.dropFirst()) }.joined()
        #expect(stripped == plain)
    }
}
