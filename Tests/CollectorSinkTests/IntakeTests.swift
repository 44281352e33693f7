import Measurement
import OTLP
import TestSupport
import Testing

@testable import CollectorSink

/// Decoding and ledger together, without the network.
struct IntakeTests {
    let ledger = DeliveryLedger()

    /// An intake whose clock stands still.
    func makeIntake(now: UInt64 = 1_000) -> Intake {
        Intake(ledger: ledger, wallClock: { now })
    }

    // MARK: - Accounts

    @Test func everyItemIsEnteredOnce() throws {
        var intake = makeIntake()
        let bodies = [
            LogsRequest.bytes(run: "r", sequences: 0..<512),
            LogsRequest.bytes(run: "r", producer: 7, sequences: 10..<20),
            LogsRequest.bytes(run: "r", sequences: 512..<600),
        ]
        for body in bodies { try intake.receive(body) }
        let report = ledger.report(run: "r")
        #expect(report.items == 610)
        #expect(report.distinct == 610)
        #expect(report.duplicated == 0)
        #expect(report.foreign == 0)
        #expect(report.requests == 3)
        #expect(report.bodyBytes == UInt64(bodies.map(\.count).reduce(0, +)))
        #expect(report.producers.map(\.producer) == [0, 7])
        #expect(report.producers.map(\.distinct) == [600, 10])
        #expect(report.producers.map(\.highestSequence) == [599, 19])
        #expect(report.producers.map(\.missingBelowHighest) == [0, 10])
        #expect(ledger.report(run: "").items == 0)
    }

    @Test func secondArrivalIsADuplicate() throws {
        var intake = makeIntake()
        try intake.receive(LogsRequest.bytes(run: "r", sequences: 0..<10))
        try intake.receive(LogsRequest.bytes(run: "r", sequences: 5..<15))
        try intake.receive(LogsRequest.bytes(run: "r", ids: [3, 3, 3]))
        let report = ledger.report(run: "r")
        #expect(report.items == 23)
        #expect(report.distinct == 15)
        #expect(report.duplicated == 8)
        #expect(report.producers.map(\.duplicated) == [8])
    }

    @Test func producersInTurnAreToldApart() throws {
        var intake = makeIntake()
        let ids = (0..<300).map { ItemID(producer: $0 % 3, sequence: Int64($0 / 3)).rawValue }
        try intake.receive(LogsRequest.bytes(run: "r", ids: ids))
        let report = ledger.report(run: "r")
        #expect(report.producers.map(\.distinct) == [100, 100, 100])
        #expect(report.producers.map(\.missingBelowHighest) == [0, 0, 0])
    }

    @Test("What follows the last id of a producer is the next producer's first, not its next")
    func consecutiveIDsOfTwoProducers() throws {
        var limits = LedgerLimits()
        limits.maximumSequence = 1 << 40
        let ledger = DeliveryLedger(limits: limits)
        var intake = Intake(ledger: ledger)
        let last = ItemID(producer: 0, sequence: ItemID.sequenceMask).rawValue
        try intake.receive(LogsRequest.bytes(run: "r", ids: [last, last + 1, last + 2]))
        let report = ledger.report(run: "r")
        #expect(report.distinct == 3)
        #expect(report.producers.map(\.producer) == [0, 1])
        #expect(report.producers.map(\.distinct) == [1, 2])
    }

    @Test func runsAreKeptApartWithinARequest() throws {
        var intake = makeIntake()
        let body = LogsRequest.bytes([
            .init(run: "a", ids: [0, 1]), .init(run: "b", ids: [0], resourceLast: true),
            .init(run: "a", ids: [1, nil]),
            .init(run: nil, ids: [0]), .init(run: "b", ids: [1]),
        ])
        try intake.receive(body)
        let (a, b, none) = (ledger.report(run: "a"), ledger.report(run: "b"), ledger.report(run: ""))
        #expect([a.items, a.distinct, a.duplicated, a.foreign] == [4, 2, 1, 1])
        #expect([b.items, b.distinct, b.duplicated, b.foreign] == [2, 2, 0, 0])
        #expect([none.items, none.distinct, none.duplicated, none.foreign] == [1, 0, 0, 1])
        // The request counts once for each of its runs.
        #expect([a.requests, b.requests, none.requests] == [1, 1, 1])
        #expect([a.bodyBytes, b.bodyBytes] == [UInt64(body.count), UInt64(body.count)])
        #expect(ledger.totals().items == 7)
    }

    // MARK: - Foreign items

    @Test func itemsWithoutAnIdentityAreForeign() throws {
        var intake = makeIntake()
        try intake.receive(LogsRequest.bytes(run: "r", ids: [nil, 0, nil, -1, Int64.min, Int64.max]))
        let report = ledger.report(run: "r")
        #expect(report.items == 6)
        #expect(report.distinct == 1)
        #expect(report.foreign == 5)
    }

    @Test func itemsWithoutARunAreForeign() throws {
        var intake = makeIntake()
        try intake.receive(LogsRequest.bytes(run: nil, ids: [0, 1, nil]))
        try intake.receive(LogsRequest.bytes(run: "", ids: [0]))
        let report = ledger.report(run: "")
        #expect(report.items == 4)
        #expect(report.foreign == 4)
        #expect(report.distinct == 0)
        #expect(report.producers.isEmpty)
    }

    @Test func emptyRequestIsCounted() throws {
        var intake = makeIntake()
        try intake.receive([])
        #expect(ledger.report(run: "").requests == 1)
        #expect(ledger.report(run: "").items == 0)
        try intake.receive(LogsRequest.bytes(run: "r", ids: []))
        #expect(ledger.report(run: "r").requests == 1)
    }

    @Test func whatExceedsTheLimitsIsForeign() throws {
        var limits = LedgerLimits()
        limits.maximumProducers = 4
        limits.maximumSequence = 100
        limits.maximumRuns = 2
        limits.maximumRunNameBytes = 5
        let ledger = DeliveryLedger(limits: limits)
        var intake = Intake(ledger: ledger)
        try intake.receive(LogsRequest.bytes(run: "one", sequences: 90..<110))
        try intake.receive(LogsRequest.bytes(run: "one", producer: 3, sequences: 0..<5))
        try intake.receive(LogsRequest.bytes(run: "one", producer: 4, sequences: 0..<7))
        let report = ledger.report(run: "one")
        #expect([report.items, report.distinct, report.foreign] == [32, 15, 17])
        try intake.receive(LogsRequest.bytes(run: "longer", sequences: 0..<3))
        try intake.receive(LogsRequest.bytes(run: "two", sequences: 0..<1))
        try intake.receive(LogsRequest.bytes(run: "three", sequences: 0..<2))
        #expect(ledger.report(run: "two").distinct == 1)
        #expect(ledger.report(run: "three").items == 0)
        #expect(ledger.report(run: "").foreign == 5)
        #expect(!ledger.beginPhase("main", ofRun: "three"))
        #expect(ledger.beginPhase("main", ofRun: "two"))
    }

    @Test func producersBeyondMemoryAreForeign() throws {
        var limits = LedgerLimits()
        limits.maximumBytes = SequenceBitmapTests.directoryBytes + SequenceBitmapTests.blockBytes
        let ledger = DeliveryLedger(limits: limits)
        var intake = Intake(ledger: ledger)
        try intake.receive(LogsRequest.bytes(run: "r", sequences: 0..<10))
        try intake.receive(LogsRequest.bytes(run: "r", producer: 1, sequences: 0..<10))
        let report = ledger.report(run: "r")
        #expect([report.items, report.distinct, report.foreign] == [20, 10, 10])
        #expect(report.producers.map(\.producer) == [0])
    }

    // MARK: - Malformed requests

    @Test("Nothing of a malformed request is entered, however late the fault")
    func malformedRequestLeavesNoTrace() throws {
        var intake = makeIntake()
        let body = LogsRequest.bytes(run: "r", sequences: 0..<100)
        #expect(throws: OTLPDecodingError.self) { try intake.receive(body.dropLast()) }
        // Valid items, then a record that ends inside its time stamp.
        let broken = body + ProtobufBytes { $0.field(1) { $0.field(2) { $0.field(2, bytes: [0x09, 0x00]) } } }.bytes
        #expect(throws: OTLPDecodingError.self) { try intake.receive(broken) }
        #expect(ledger.report(run: "r").items == 0)
        #expect(ledger.report(run: "r").requests == 0)
        try intake.receive(body)
        #expect(ledger.report(run: "r").distinct == 100)
        #expect(ledger.report(run: "r").duplicated == 0)
        #expect(ledger.totals().malformedRequests == 2)
    }

    @Test func malformedRequestIsCountedWhereItsRunCouldBeRead() throws {
        var intake = makeIntake()
        var inRecord = LogsRequest.bytes(run: "r", ids: [1])
        // Deep inside: the last byte of the last varint becomes one with a continuation.
        inRecord[inRecord.count - 1] |= 0x80
        #expect(throws: OTLPDecodingError.self) { try intake.receive(inRecord) }
        #expect(throws: OTLPDecodingError.self) { try intake.receive([0xFF]) }
        #expect(ledger.report(run: "r").malformedRequests == 1)
        #expect(ledger.report(run: "").malformedRequests == 1)
        #expect(ledger.totals().malformedRequests == 2)
    }

    @Test func runNameMustBeText() {
        var intake = makeIntake()
        let body = ProtobufBytes {
            $0.field(1) {
                $0.field(1) {
                    $0.field(1) {
                        $0.field(1, string: "bench.run_id")
                        $0.field(2) { $0.field(1, bytes: [0xFF]) }
                    }
                }
            }
        }
        let error = #expect(throws: OTLPDecodingError.self) { try intake.receive(body.bytes) }
        #expect(error?.kind == .invalidUTF8)
    }

    // MARK: - Freshness

    @Test func freshnessIsTheAgeByTheSinksClock() throws {
        var intake = makeIntake(now: 5_000_000)
        try intake.receive(LogsRequest.bytes(run: "r", sequences: 0..<3, time: 4_000_000))
        try intake.receive(LogsRequest.bytes(run: "r", sequences: 3..<4, time: 5_000_000))
        let freshness = ledger.report(run: "r").phase.freshness
        #expect(freshness.count == 4)
        #expect(freshness.negative == 0)
        #expect(freshness.hdr == HistogramSnapshot(recording: [0, 1_000_000, 1_000_000, 1_000_000]))
    }

    @Test func itemsFromTheFutureAreCountedApart() throws {
        var intake = makeIntake(now: 5_000)
        try intake.receive(LogsRequest.bytes(run: "r", sequences: 0..<3, time: 5_001))
        try intake.receive(LogsRequest.bytes(run: "r", sequences: 3..<5, time: 4_999))
        let freshness = ledger.report(run: "r").phase.freshness
        #expect(freshness.count == 2)
        #expect(freshness.negative == 3)
    }

    @Test func itemsWithoutATimeAreNotMeasured() throws {
        var intake = makeIntake()
        try intake.receive(LogsRequest.bytes(run: "r", sequences: 0..<3))
        let freshness = ledger.report(run: "r").phase.freshness
        #expect(freshness.count == 0)
        #expect(freshness.negative == 0)
        #expect(freshness.hdr.isEmpty)
    }

    // MARK: - Phases

    @Test func phaseCountsFromItsBeginning() throws {
        var intake = makeIntake(now: 2_000)
        let body = LogsRequest.bytes(run: "r", sequences: 0..<10, time: 1_000)
        try intake.receive(body)
        #expect(ledger.report(run: "r").phase.name == "")
        #expect(ledger.report(run: "r").phase.items == 10)
        #expect(ledger.beginPhase("main", ofRun: "r"))
        #expect(ledger.report(run: "r").phase.items == 0)
        #expect(ledger.report(run: "r").phase.freshness.hdr.isEmpty)

        let next = LogsRequest.bytes(run: "r", ids: [8, 9, 10, 11, nil], time: 1_500)
        try intake.receive(next)
        let report = ledger.report(run: "r")
        #expect(report.phase.name == "main")
        #expect([report.phase.items, report.phase.distinct, report.phase.duplicated] == [5, 2, 2])
        #expect(report.phase.foreign == 1)
        #expect(report.phase.requests == 1)
        #expect(report.phase.bodyBytes == UInt64(next.count))
        #expect(report.phase.freshness.count == 4)
        #expect(report.phase.freshness.hdr == HistogramSnapshot(recording: [500, 500, 500, 500]))
        #expect([report.items, report.distinct, report.duplicated] == [15, 12, 2])
    }

    // MARK: - Many at once

    @Test func severalConnectionsShareALedger() async {
        let ledger = ledger
        let connections = 4
        await withTaskGroup(of: Bool.self) { group in
            for connection in 0..<connections {
                group.addTask {
                    var intake = Intake(ledger: ledger)
                    for request in 0..<50 {
                        // Every connection sends items of its own, and every request also ten that all of them send.
                        let start = Int64(request * 20)
                        let own = LogsRequest.bytes(run: "r", producer: connection, sequences: start..<start + 20)
                        let shared = LogsRequest.bytes(run: "r", producer: 9, sequences: start..<start + 10)
                        if (try? intake.receive(own)) == nil || (try? intake.receive(shared)) == nil { return false }
                    }
                    return true
                }
            }
            for await isComplete in group { #expect(isComplete) }
        }
        let report = ledger.report(run: "r")
        #expect(report.items == 4 * 50 * 30)
        #expect(report.distinct == 4 * 1000 + 500)
        #expect(report.duplicated == 3 * 500)
        #expect(report.requests == 4 * 100)
        #expect(report.producers.map(\.distinct) == [1000, 1000, 1000, 1000, 500])
        #expect(report.producers.last?.duplicated == 1500)
    }

    @Test func hugeRequestsAreTaken() throws {
        var intake = makeIntake()
        try intake.receive(LogsRequest.bytes(run: "r", sequences: 0..<70_000))
        try intake.receive(LogsRequest.bytes(run: "r", sequences: 70_000..<70_010))
        #expect(ledger.report(run: "r").distinct == 70_010)
    }
}
