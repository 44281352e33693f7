import HarnessCore
import Testing

@testable import Results

/// `bench ab --confirm`: a screen chooses, fresh pairs decide.
struct PairScreenTests {
    private func report(_ paired: PairedResult) throws -> ComparisonReport {
        let gates =
            #"{"version": 1, "gates": [{"profile": "sustained", "metric": "delivered_per_s", "#
            + #""regression": {"max_relative": "5%"}}]}"#
        var request = ComparisonRequest(today: "2026-11-21")
        request.pairs = [("pairs.json", paired)]
        request.thresholds = (
            ThresholdsIdentity(path: "t", sha256: ""), try ThresholdsFile(contents: Array(gates.utf8), path: "t")
        )
        return try ComparisonReport(judging: request)
    }

    private let slow = [0.9, 0.89, 0.91, 0.902, 0.899, 0.905, 0.888, 0.9]
    private let noise = [1, 1.003, 0.998, 1.002, 0.997, 1.001, 0.999, 1.004]
    private let gate = "sustained/delivered_per_s"

    private func row(_ report: ComparisonReport) throws -> ComparisonRow {
        try #require(report.rows.first { $0.kind == .regression })
    }

    @Test func aChangeWithinTheLimitIsSettled() throws {
        let report = try report(try SampleResult.paired(delivering: noise))
        #expect(try row(report).verdict == .pass)
        #expect(PairScreen.openGates(of: report).isEmpty)
    }

    @Test("Whoever asks for fresh pairs hears why there are none")
    func freshPairsThatWereNotMeasured() throws {
        var paired = try SampleResult.paired(delivering: noise)
        var report = try report(paired)
        #expect(PairedHeadline.omission(paired, report)?.contains("left nothing open") == true)
        for index in report.rows.indices { report.rows[index].verdict = .invalid }
        #expect(PairedHeadline.omission(paired, report)?.contains("invalid for \(gate)") == true)
        #expect(PairedHeadline(paired, judgedAs: report).statement.contains("8 pairs"))
        paired.plannedPairs = 9
        #expect(PairedHeadline.omission(paired, report) == nil)
    }

    @Test func whatLooksWorseIsMeasuredAgain() throws {
        #expect(PairScreen.openGates(of: try report(try SampleResult.paired(delivering: slow))) == [gate])
        #expect(
            PairScreen.openGates(
                of: try report(try SampleResult.paired(delivering: [0.9, 1.1, 0.95, 1.05, 0.93, 1.2, 1, 0.9]))
            ) == [gate]
        )
    }

    @Test func freshPairsAloneDecide() throws {
        // A false alarm of the screen.
        var measured = try SampleResult.paired(delivering: slow)
        measured.confirmation = PairedResult.Confirmation(
            of: [gate],
            measured: try SampleResult.paired(delivering: noise)
        )
        var row = try row(try report(measured))
        #expect(row.verdict == .pass && row.effect?.isConfirmation == true)
        #expect(row.screen?.effect.count == 8)
        // And a right one.
        measured.confirmation = PairedResult.Confirmation(
            of: [gate],
            measured: try SampleResult.paired(delivering: slow)
        )
        row = try self.row(try report(measured))
        #expect(row.verdict == .regressed)
        #expect(row.reason.contains("confirmed on pairs measured afresh"))
    }

    @Test func whatTheScreenSettledStaysSettled() throws {
        var measured = try SampleResult.paired(delivering: noise)
        measured.confirmation = PairedResult.Confirmation(
            of: ["another"],
            measured: try SampleResult.paired(delivering: slow)
        )
        let row = try row(try report(measured))
        #expect(row.verdict == .pass && row.effect?.isConfirmation == false)
    }
}
