import HarnessCore
import Testing

@testable import CollectorSink

/// Why items arrive twice: because an answer was lost, or for no good reason.
struct DuplicateCauseTests {
    let ledger = DeliveryLedger()

    private func send(_ sequences: Range<Int64>, answered: Bool?, isAtRisk: Bool = false) throws -> Intake {
        var intake = Intake(ledger: ledger)
        let body = LogsRequest.bytes(run: "r", sequences: sequences)
        try body.withUnsafeBytes { try intake.receive($0, isAtRisk: isAtRisk) }
        if let answered { intake.settle(isAnswered: answered) }
        return intake
    }

    /// Duplicates in all, by retry and by bug.
    private var counts: [UInt64] {
        let report = ledger.report(run: "r")
        return [report.duplicated, report.findings.duplicatedByRetry, report.findings.duplicatedByBug]
    }

    @Test func afterALostAnswerItIsARetry() throws {
        _ = try send(0..<10, answered: false)
        _ = try send(0..<10, answered: true)
        #expect(counts == [10, 10, 0])
        // The second copy was answered: a third one is not called for.
        _ = try send(0..<10, answered: true)
        #expect(counts == [20, 10, 10])
    }

    @Test func afterAnAnswerItIsABug() throws {
        _ = try send(0..<100, answered: true)
        _ = try send(50..<60, answered: true)
        #expect(counts == [10, 0, 10])
    }

    @Test func everyLostAnswerIsWorthARetry() throws {
        for _ in 0..<3 { _ = try send(0..<10, answered: false) }
        _ = try send(0..<10, answered: true)
        #expect(counts == [30, 30, 0])
    }

    @Test("A copy that its sender gave up while it waited may arrive after the one that was answered")
    func aLateCopyIsARetry() throws {
        _ = try send(0..<10, answered: true)
        _ = try send(0..<10, answered: false)
        #expect(counts == [10, 10, 0])
        // The first copy was answered all the same.
        _ = try send(0..<10, answered: true)
        #expect(counts == [20, 10, 10])
    }

    @Test("While an answer is under way that may be lost, a second copy is a retry")
    func anAnswerAtRiskExcuses() throws {
        var slow = try send(0..<10, answered: nil, isAtRisk: true)
        _ = try send(0..<10, answered: true)
        slow.settle(isAnswered: false)
        #expect(counts == [10, 10, 0])
        var sent = try send(20..<30, answered: nil, isAtRisk: true)
        sent.settle(isAnswered: true)
        _ = try send(20..<30, answered: true)
        #expect(counts == [20, 10, 10])
    }

    @Test func twiceInOneRequestIsABug() throws {
        var intake = Intake(ledger: ledger)
        try intake.receive(LogsRequest.bytes(run: "r", ids: [1, 2, 1]))
        intake.settle(isAnswered: true)
        #expect(counts == [1, 0, 1])
    }

    @Test("Random requests against sets of items: what no answered copy has is never a bug")
    func causesAreThoseOfSets() throws {
        var generator = SplitMix64(seed: 7)
        var (arrived, answered) = (Set<Int64>(), Set<Int64>())
        var (bugs, retries) = (UInt64(0), UInt64(0))
        for _ in 0..<2000 {
            // Retries repeat a whole request.
            let start = Int64.random(in: 0..<50, using: &generator) * 100
            let isAnswered = Bool.random(using: &generator)
            let range = start..<start + 70
            let again = UInt64(range.count { arrived.contains($0) })
            if isAnswered, answered.contains(start) { bugs += again } else { retries += again }
            arrived.formUnion(range)
            if isAnswered { answered.formUnion(range) }
            _ = try send(range, answered: isAnswered)
        }
        #expect(counts == [bugs + retries, retries, bugs])
    }
}
