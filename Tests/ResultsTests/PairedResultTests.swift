import Foundation
import HarnessCore
import Measurement
import Testing

@testable import Results

/// Two sides measured in turn.
struct PairedResultTests {
    @Test("The change is the median of the pairs' log-ratios")
    func changeOfKnownValues() throws {
        let metric = try #require(MetricCatalogue.metric(named: "service_time.p50"))
        // Ratios 1.1, 1.2 and 2: the median is 1.2, whatever the medians of the sides are.
        let row = try #require(PairedMetric(metric, baseline: [100, 10, 50], candidate: [110, 12, 100]))
        #expect(row.baselineMedian == 50 && row.candidateMedian == 100)
        #expect((try #require(row.changePercent) - 20).magnitude < 1e-9)
        #expect((try #require(row.minChangePercent) - 10).magnitude < 1e-9)
        #expect((try #require(row.maxChangePercent) - 100).magnitude < 1e-9)
        #expect(row.logRatios?.count == 3)
    }

    @Test("A ratio and its inverse cancel")
    func ratiosAreSymmetric() throws {
        let metric = try #require(MetricCatalogue.metric(named: "service_time.p50"))
        let row = try #require(PairedMetric(metric, baseline: [100, 200], candidate: [200, 100]))
        #expect((try #require(row.changePercent)).magnitude < 1e-9)
    }

    @Test func zeroHasNoRatio() throws {
        let metric = try #require(MetricCatalogue.metric(named: "lost"))
        let row = try #require(PairedMetric(metric, baseline: [0, 0], candidate: [0, 5]))
        #expect(row.candidateMedian == 2.5 && row.changePercent == nil && row.logRatios == nil)
        #expect(PairedMetric(metric, baseline: [1], candidate: [1, 2]) == nil)
        #expect(PairedMetric(metric, baseline: [], candidate: []) == nil)
    }

    @Test("Runs of one plan become the repetitions of one result")
    func runsAreJoined() throws {
        var second = try SampleResult.sustained()
        second.repetitions = [SampleResult.repetition(phases: [SampleResult.main(lost: 2)])]
        second.validity = RunValidity(isValid: false, reasons: ["the clock stepped"])
        second.warnings = ["w"]
        second.endedAt = "2026-11-20T23:00:00Z"
        let joined = try RunResult.joined([SampleResult.sustained(), second])
        #expect(joined.repetitions.map(\.index) == [0, 1])
        #expect(joined.validity.reasons == ["repetition 2: the clock stepped"] && !joined.validity.isValid)
        #expect(joined.warnings == ["w"] && joined.endedAt == "2026-11-20T23:00:00Z")
        #expect(joined.summary["lost"] == 2 && joined.verdict == .fail)
        #expect(joined.spread?["lost"]?.max == 2)
    }

    @Test func theFileComesBack() throws {
        let paired = try SampleResult.paired()
        let bytes = Array(try ResultFile.encode(paired, "x"))
        guard case .paired(let read) = try ResultDocument.decode(bytes, path: "x") else {
            Issue.record("it was read as a single run")
            return
        }
        #expect(read == paired)
        let single = Array(try ResultFile.encode(SampleResult.sustained(), "x"))
        guard case .run = try ResultDocument.decode(single, path: "x") else {
            Issue.record("a single run was read as something else")
            return
        }
    }

    @Test func freshPairsAreKeptApart() throws {
        var paired = try SampleResult.paired()
        var fresh = paired
        fresh.plannedPairs = 3
        paired.confirmation = PairedResult.Confirmation(of: ["sustained/lost"], measured: fresh)
        #expect(!paired.isComplete)
        let bytes = Array(try ResultFile.encode(paired, "x"))
        guard case .paired(let read) = try ResultDocument.decode(bytes, path: "x") else {
            Issue.record("no paired result")
            return
        }
        #expect(read == paired)
    }

    @Test(
        arguments: [
            (#"{"paired_version": "2.0.0"}"#, "has the paired version 2.0.0, and this tool reads 1.0.0"),
            (#"{"paired_version": "1.0.0"}"#, "is not a valid paired result: the result has no \"tool\""),
            (#"{"paired_version": 1}"#, "paired_version is not of type"),
            ("{", "is not JSON"),
        ]
    )
    func whatIsNoPairedResultIsRefused(text: String, reason: String) throws {
        let error = try #require(throws: ResultFileError.self) {
            try ResultDocument.decode(Array(text.utf8), path: "x.json")
        }
        #expect(error.description.contains(reason), "\(error)")
    }

    @Test func aReaderOfSingleResultsSaysWhatItIs() throws {
        let bytes = Array(try ResultFile.encode(SampleResult.paired(), "x"))
        let error = try #require(throws: ResultFileError.self) { try ResultReader.decode(bytes, path: "x.json") }
        #expect(error.description == "x.json is a paired result; bench-compare shows it")
    }

    @Test("Another order of magnitude is a factor, and long lists of reasons are cut")
    func theTableStaysReadable() throws {
        var paired = try SampleResult.paired()
        paired.candidate.result.validity = RunValidity(isValid: false, reasons: ["one", "two", "three", "four"])
        let metric = try #require(MetricCatalogue.metric(named: "service_time.p50"))
        paired.metrics = [try #require(PairedMetric(metric, baseline: [10, 10], candidate: [500, 15]))]
        let text = PairedTable(width: 120).render(paired)
        #expect(text.contains("! two\n") && !text.contains("three") && text.contains("and 2 more reasons"), "\(text)")
        #expect(text.contains("+50.0 % … ×50.0"), "\(text)")
    }

    @Test func theTableNamesSidesAndOrder() throws {
        let text = PairedTable(width: 120).render(try SampleResult.paired())
        try Golden.expect(text, "paired.txt")
    }

    @Test("The verdict comes first, and a baseline that cannot be trusted is no pass")
    func headlines() throws {
        var paired = try SampleResult.paired()
        #expect(PairedHeadline(paired).word == "PASS")
        #expect(PairedHeadline(paired).statement.hasPrefix("candidate: "))
        paired.baseline.result.validity.isValid = false
        #expect(PairedHeadline(paired).word == "INVALID")
        paired.plannedPairs = 9
        #expect(PairedHeadline(paired).statement == "2 of 9 pairs were measured")
    }

    @Test func theStatusIsTheCandidates() throws {
        var paired = try SampleResult.paired()
        #expect(paired.exitStatus == .pass)
        paired.baseline.result.validity.isValid = false
        #expect(paired.exitStatus == .noVerdict)
        paired.candidate.result.exitStatus = .gateFailed
        #expect(paired.exitStatus == .gateFailed)
        paired.plannedPairs = 9
        #expect(paired.exitStatus == .interrupted)
    }
}

extension SampleResult {
    /// Two pairs; the candidate takes a quarter longer for a call.
    static func paired() throws -> PairedResult {
        func side(_ factor: Double, _ path: String, _ settings: [String]) throws -> PairedResult.Measured {
            var runs: [RunResult] = []
            for number in 1...2 {
                var phase = main()
                let p50 = phase.latency.serviceTime?.p50Nanoseconds ?? 0
                phase.latency.serviceTime?.p50Nanoseconds = UInt64(Double(p50) * factor * Double(number))
                var run = try sustained()
                run.repetitions = [repetition(phases: [phase])]
                runs.append(run)
            }
            return PairedResult.Measured(
                worker: WorkerIdentity(
                    path: path,
                    sizeBytes: 1000,
                    sha256: String(repeating: "ab", count: 32),
                    sdkVersion: "0.1.0"
                ),
                settings: settings,
                result: try .joined(runs)
            )
        }
        return PairedResult(
            tool: ToolIdentity(name: "bench", version: "0.1.0"),
            plannedPairs: 2,
            command: ["bench", "ab"],
            pairs: [.init(index: 0, first: .baseline), .init(index: 1, first: .candidate)],
            baseline: try side(1, "/old/bench-worker", []),
            candidate: try side(1.25, "/new/bench-worker", ["system.batch_size=100"])
        )
    }
}
