import LoadEngine
import Results
import Testing

@testable import RunControl

/// The balance of phases whose operations are metrics, or several kinds.
struct PhaseAccountTests {
    static func account(
        _ kinds: [Workload.Operation: OperationTally],
        gauges: [UInt64] = [],
        flushed: Bool = true,
        before: PhaseAccount? = nil
    ) -> PhaseAccount {
        let planned = LoadEngine.PlannedPhase(name: "main", schedule: .idle, durationNanoseconds: 1_000_000_000)
        let counters = before?.checkpoint?.counters ?? SystemCounters()
        var account = PhaseAccount(planned: planned, countersBefore: counters, after: before)
        let (accepted, rejected) = kinds.values.reduce((0, 0)) { ($0.0 + $1.accepted, $0.1 + $1.rejected) }
        account.checkpoint = WorkerMessage.Checkpoint(
            phase: 0,
            startNanoseconds: 0,
            plannedEndNanoseconds: 1_000_000_000,
            operationsEndNanoseconds: 1_000_000_000,
            flushedNanoseconds: flushed ? 1_000_000_000 : nil,
            flushOutcome: flushed ? .success : nil,
            attempted: accepted + rejected,
            accepted: accepted,
            rejected: rejected,
            kinds: kinds,
            gauges: gauges,
            counters: SystemCounters()
        )
        return account
    }

    static func proof(counters: UInt64, histograms: UInt64 = 0, requests: UInt64 = 0) -> MeasurementProof {
        var proof = MeasurementProof()
        (proof.counters, proof.histograms, proof.requests) = (counters, histograms, requests)
        return proof
    }

    static func ledger(_ distinct: UInt64) -> LedgerSnapshot.Phase {
        LedgerSnapshot.Phase(
            name: "main",
            distinct: distinct,
            duplicated: 0,
            requests: 2,
            bodyBytes: 100,
            freshness: LedgerSnapshot.Freshness(negative: 0)
        )
    }

    @Test("Items and measurements are one balance")
    func aMix() throws {
        var account = Self.account([
            .event: OperationTally(operations: 60, accepted: 59, rejected: 1),
            .span: OperationTally(operations: 10, accepted: 30),
            .counter: OperationTally(operations: 30, accepted: 30),
        ])
        account.ledger = Self.ledger(89)
        account.proof = Self.proof(counters: 29, requests: 3)
        let result = try #require(account.result(repetitionStart: 0))
        #expect(result.load.operations == 100 && result.load.attempted == 120)
        #expect(result.load.accepted == 119 && result.load.delivered == 118)
        #expect(result.load.lost == 1 && result.load.unaccounted == 1)
        #expect(result.load.kinds?["counter"]?.delivered == 29)
        #expect(result.load.kinds?["event"]?.delivered == nil)
        #expect(result.rates.achievedPerSecond == 100 && result.rates.acceptedPerSecond == 119)
        #expect(result.requests == 5)
    }

    @Test("Without an account of metrics nothing is said of delivery")
    func withoutProof() throws {
        var account = Self.account([.counter: OperationTally(operations: 30, accepted: 30)])
        account.ledger = Self.ledger(0)
        let load = try #require(account.result(repetitionStart: 0)).load
        #expect(load.delivered == nil && load.lost == nil && load.accepted == 30)
        var events = Self.account([.event: OperationTally(operations: 30, accepted: 30)])
        events.ledger = Self.ledger(30)
        #expect(try #require(events.result(repetitionStart: 0)).load.lost == 0)
    }

    /// A fault ends with its phase, and the queue is exported before the sink is told of the next one.
    @Test func whatArrivesBetweenTwoPhasesIsNotLost() throws {
        var down = Self.account([.event: OperationTally(operations: 900, accepted: 20, rejected: 880)], flushed: false)
        down.checkpoint?.counters.queued = 20
        down.ledger = Self.ledger(0)
        down.arrivals = LedgerSnapshot.Arrivals(distinct: 25, duplicated: 1)
        #expect(down.result(repetitionStart: 0)?.load.lost == 0)

        var recovery = Self.account([.event: OperationTally(operations: 100, accepted: 100)], before: down)
        recovery.ledger = Self.ledger(101)
        recovery.arrivals = LedgerSnapshot.Arrivals(distinct: 145, duplicated: 3)
        let phase = try #require(recovery.result(repetitionStart: 0))
        let load = phase.load
        #expect(phase.drainSeconds == 0)
        #expect(load.delivered == 120 && load.duplicated == 2)
        #expect(load.lost == 0 && load.unaccounted == 0)
        #expect(recovery.lateItems == nil)
    }

    @Test("What a phase without a flush leaves behind, the next one brings")
    func openMeasurements() throws {
        var first = Self.account([.counter: OperationTally(operations: 30, accepted: 30)], flushed: false)
        first.ledger = Self.ledger(0)
        first.proof = Self.proof(counters: 10)
        #expect(first.openMeasurements == 20)
        #expect(try #require(first.result(repetitionStart: 0)).load.lost == nil)
        var second = Self.account([.counter: OperationTally(operations: 5, accepted: 5)], before: first)
        second.ledger = Self.ledger(0)
        second.proof = Self.proof(counters: 34)
        let load = try #require(second.result(repetitionStart: 0)).load
        #expect(load.delivered == 24 && load.lost == 1)
        #expect(second.openMeasurements == 0)
    }
}
