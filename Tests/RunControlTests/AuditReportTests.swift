import LoadEngine
import Results
import Testing

@testable import RunControl

/// Who says what: each relation breaks by itself, and says which side is which.
struct AuditReportTests {
    private static func outcome(
        accepted: [UInt64] = [60, 40],
        attempted: [UInt64]? = nil,
        counters: SystemCounters = SystemCounters(accepted: 100, exported: 100),
        logs: UInt64 = 60,
        spans: UInt64 = 40,
        tenants: [TenantLedger]? = nil
    ) -> RepetitionOutcome {
        let tally = { (kind: Int) in accepted.enumerated().map { $0.offset == kind ? $0.element : 0 } }
        let tallies = { (kind: Int) in tally(kind).map { OperationTally(operations: $0, accepted: $0) } }
        var ledger = LedgerSnapshot(
            version: 1,
            items: logs + spans,
            distinct: logs + spans,
            duplicated: 0,
            foreign: 0,
            requests: 1,
            bodyBytes: 1,
            malformedRequests: 0,
            producers: []
        )
        ledger.signals = LedgerSnapshot.Signals(
            logs: LedgerSnapshot.ItemSignal(distinct: logs, duplicated: 0),
            spans: LedgerSnapshot.ItemSignal(distinct: spans, duplicated: 0)
        )
        ledger.tenants = tenants
        return RepetitionOutcome(
            system: SystemDescription(sdkName: "s", sdkVersion: "1", language: "swift"),
            finished: WorkerMessage.Finished(
                attempted: attempted ?? accepted,
                accepted: accepted,
                rejected: [0, 0],
                kinds: [.event: tallies(0), .span: tallies(1)],
                counters: counters,
                shutdownOutcome: .success
            ),
            ledger: ledger,
            flushFailures: [],
            lateFlushes: [],
            overruns: [],
            isStopped: false,
            repetition: Repetition(index: 0, phases: [])
        )
    }

    private static func broken(_ outcome: RepetitionOutcome) -> [String] {
        AuditReport(outcome).relations.filter { !$0.holds }.map { "\($0.subject): \($0.name)" }
    }

    @Test func aHealthyRunBalances() {
        let audit = AuditReport(Self.outcome())
        #expect(audit.balances)
        let accepted = audit.rows.first { $0.subject == "total" && $0.quantity == "accepted" }
        #expect([accepted?.producers, accepted?.system] == [100, 100])
        #expect(accepted?.ledger == nil)
        #expect(audit.rows.first { $0.subject == "spans" && $0.quantity == "delivered" }?.ledger == 40)
    }

    @Test func eachPartyIsComparedWithTheOthers() {
        #expect(
            Self.broken(Self.outcome(attempted: [60, 41])) == ["total: producers' attempted = accepted + rejected"]
        )
        #expect(
            Self.broken(Self.outcome(counters: SystemCounters(accepted: 99, exported: 99)))
                == ["total: producers' accepted = system's accepted"]
        )
        #expect(
            Self.broken(Self.outcome(counters: SystemCounters(accepted: 100, exported: 99)))
                == ["total: system's accepted = exported + dropped + queued"]
        )
        #expect(
            Self.broken(Self.outcome(logs: 59)) == [
                "total: producers' accepted = ledger's delivered + system's dropped + queued",
                "total: system's exported <= ledger's delivered", "logs: ledger's delivered = producers' accepted",
            ]
        )
    }

    @Test("What one signal lacks another one cannot make up for")
    func signalsAreComparedOneByOne() {
        #expect(
            Self.broken(Self.outcome(logs: 61, spans: 39)) == [
                "logs: ledger's delivered = producers' accepted", "spans: ledger's delivered = producers' accepted",
            ]
        )
        let counters = SystemCounters(accepted: 100, dropped: ["queue_full": 5], exported: 95)
        #expect(Self.broken(Self.outcome(counters: counters, logs: 57, spans: 38)) == [])
        #expect(
            Self.broken(Self.outcome(counters: counters, logs: 54, spans: 41))
                == ["spans: ledger's delivered <= producers' accepted"]
        )
    }

    @Test func tenantsAreComparedOneByOne() {
        let tenants = { (first: UInt64, second: UInt64) in
            [TenantLedger(tenant: 0, distinct: first, wrong: 0), TenantLedger(tenant: 1, distinct: second, wrong: 0)]
        }
        #expect(Self.broken(Self.outcome(tenants: tenants(60, 40))) == [])
        #expect(Self.broken(Self.outcome(tenants: tenants(59, 41))).count == 2)
    }
}
