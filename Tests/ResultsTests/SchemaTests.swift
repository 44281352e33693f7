import Foundation
import HarnessCore
import TestSupport
import Testing

@testable import Results

/// `results/schema.json` and the Swift types describe the same format.
struct SchemaTests {
    @Test("What the writer writes fits the schema, and the schema knows every member")
    func aResultFits() throws {
        var result = try SampleResult.sustained()
        result.repetitions[0].phases.append(SampleResult.idle)
        let found = try problems(of: result)
        #expect(found == [])
    }

    @Test("A result with everything that can be absent fits as well")
    func aCompleteResultFits() throws {
        var result = try SampleResult.sustained()
        result.environment.memoryLimitBytes = 1 << 30
        result.environment.memoryBytes = 1 << 32
        result.repetitions[0].phases[1].memory?.heldRSSGrowthBytes = -4_096
        result.repetitions[0].phases[1].memory?.heldBytesInUseGrowthBytes = 1_000
        result.repetitions[0].counters?.dropped = ["queue_full": 1]
        result.repetitions[0].counters?.rejected = ["shutdown": 1]
        result.repetitions[0].counters?.requests = 2
        result.repetitions[0].counters?.retries = 1
        result.repetitions[0].counters?.queuedPeak = 2
        result.repetitions[0].counters?.queuedBytesPeak = 200
        result.repetitions[0].phases[1].drainSeconds = 0.5
        result.repetitions[0].phases[1].load.queuedBytes = 5_000
        result.plan.faults = ["close,next=1"]
        var faults = FaultReport()
        var entry = FaultReport.Entry(id: 1, fault: Fault(.close), state: .over, seen: 2, struck: 1)
        entry.phase = "main"
        faults.faults = [entry]
        faults.trouble = "none"
        result.repetitions[0].faults = faults
        result.repetitions[0].checkpoints[0].bytesInUse = 1
        result.repetitions[0].checkpoints[0].cpuSeconds = 1
        result.plan.phases[0].operations = 1
        result.plan.phases[0].flushEvery = 100
        result.plan.phases[0].timedEvery = 64
        result.repetitions[0].phases[1].load.operations = 5_000
        result.repetitions[0].phases[1].load.invalid = 0
        result.repetitions[0].phases[1].load.kinds = [
            "counter": KindLoad(
                operations: 1,
                accepted: 1,
                rejected: 0,
                delivered: 1,
                latency: result.repetitions[0].phases[1].latency
            )
        ]
        result.repetitions[0].phases[1].load.missed = 1
        result.repetitions[0].phases[1].load.inFlightAtDeadline = 1
        result.plan.phases[0].peakRatePerSecond = 1
        result.plan.phases[0].arrivals = "poisson"
        result.plan.phases[0].catchUp = "2x"
        result.plan.phases[0].graceSeconds = 2
        result.plan.phases[0].flushIntervalSeconds = 10
        result.plan.phases[0].thinkSeconds = 0.1
        result.plan.scenarios = [
            ScenarioSummary(name: "s", producers: 1, operation: "event", weight: 1, operations: 1)
        ]
        result.plan.shard = ShardSummary(index: 1, count: 2, producers: [0])
        result.repetitions[0].ledger?.logs = SignalLedger(distinct: 1, duplicated: 0, invalid: 0)
        result.repetitions[0].ledger?.spans = SignalLedger(distinct: 1, duplicated: 0)
        result.repetitions[0].ledger?.metrics = MetricLedger(
            streams: 1,
            points: 2,
            violations: 0,
            counters: 3,
            histograms: 4
        )
        var findings = LedgerFindings()
        (findings.checksummed, findings.corrupted, findings.reordered) = (3, 1, 2)
        (findings.duplicatedByRetry, findings.duplicatedByBug) = (4, 5)
        (findings.wrongTenant, findings.canariesLeaked) = (6, 7)
        result.repetitions[0].ledger?.findings = findings
        result.repetitions[0].ledger?.logs?.findings = findings
        result.repetitions[0].ledger?.examples = [LedgerExample(kind: "corrupted", text: "x")]
        result.repetitions[0].ledger?.tenants = [TenantLedger(tenant: 0, distinct: 1, wrong: 2)]
        var audit = AuditReport()
        audit.add("total", "accepted", producers: 1, system: 2, ledger: 3)
        audit.require("total", "a = b", 1, 2)
        result.repetitions[0].audit = audit
        result.validity = RunValidity(isValid: false, reasons: ["x"], checks: [SampleResult.check(.fail)])
        result.calibration = SampleResult.calibration
        result.repetitions[0].host = SampleResult.noise
        result.repetitions[0].phases[1].host = SampleResult.noise
        result.repetitions.append(result.repetitions[0])
        result.warnings = ["y"]
        result.allowsUnverified = true
        result.repetitions[0].failedFlushes = 1
        result.judge(by: [
            try Gate(
                profile: "*",
                metric: "lost",
                phase: "main",
                budget: "== 0",
                source: .thresholds,
                path: "",
                metricPath: "",
                budgetPath: ""
            )
        ])
        let found = try problems(of: result)
        #expect(found == [])
    }

    @Test("Every enum of the schema lists the cases of its type, no more and no fewer")
    func everyCaseIsAllowed() throws {
        let schema = try schema()
        let row = try #require(schema["$defs"]?["gateRow"]?["properties"])
        let root = try #require(schema["properties"])
        func check<Cases: CaseIterable & RawRepresentable>(_ schema: JSONValue?, _ type: Cases.Type) throws
        where Cases.RawValue == String {
            guard case .array(let allowed) = try #require(schema?["enum"]) else {
                Issue.record("the enum is no list")
                return
            }
            #expect(Set(allowed.compactMap(\.stringValue)) == Set(Cases.allCases.map(\.rawValue)), "\(Cases.self)")
        }
        try check(root["outcome"], RunOutcome.self)
        try check(root["verdict"], RunVerdict.self)
        try check(root["delivery"], DeliveryEvidence.self)
        try check(row["unit"], MetricUnit.self)
        try check(row["verdict"], GateVerdict.self)
        try check(row["level"], GateLevel.self)
        try check(row["source"], GateSource.self)
        let statuses = HarnessCore.ExitStatus.allCases.map { JSONValue.integer(Int64($0.rawValue)) }
        #expect(root["exit_status"]?["enum"] == .array(statuses))
    }

    @Test("The check itself finds what is wrong")
    func theCheckCanFail() throws {
        var document = try document(of: SampleResult.sustained())
        document["verdict"] = .string("perhaps")
        document["runId"] = .string("x")
        document["summary"] = .array([])
        document["plan"] = nil
        document["started_at"] = .integer(3)
        document["schema_version"] = .string("2.0.0")
        let problems = try SchemaCheck(schema()).problems(of: .object(document))
        #expect(
            problems.sorted() == [
                "has no plan", "runId is not in the schema", "schema_version does not fit ^1\\.[0-9]+\\.[0-9]+$",
                "started_at is not of type string", "summary is not of type object",
                "verdict is none of the allowed values",
            ]
        )
    }

    @Test func aPairedResultFitsItsOwn() throws {
        var paired = try SampleResult.paired()
        paired.confirmation = PairedResult.Confirmation(of: ["sustained/lost"], measured: paired)
        let document = try StrictJSON.parse(utf8: Array(ResultFile.encode(paired, "x")))
        let found = SchemaCheck(try schema("paired.schema.json")).problems(of: document)
        #expect(found == [])
        for side in ["baseline", "candidate"] {
            let result = try #require(document[side]?["result"])
            let found = SchemaCheck(try schema()).problems(of: result)
            #expect(found == [], "\(side)")
        }
    }

    private func problems(of result: RunResult) throws -> [String] {
        try SchemaCheck(schema()).problems(of: .object(document(of: result)))
    }

    private func document(of result: RunResult) throws -> JSONObject {
        let value = try StrictJSON.parse(utf8: Array(ResultFile.encode(result, "x")))
        guard case .object(let object) = value else { return [:] }
        return object
    }

    private func schema(_ name: String = "schema.json") throws -> JSONValue {
        let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "results/\(name)")
        return try StrictJSON.parse(String(contentsOf: file, encoding: .utf8))
    }
}
