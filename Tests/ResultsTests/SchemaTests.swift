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
        result.repetitions[0].checkpoints[0] = SampleResult.checkpoint(phase: "main", seconds: 12)
        let usage = MappingUsage(name: "[heap]", count: 1, rssBytes: 2, anonymousBytes: 2)
        result.repetitions[0].mappings = MappingTrace(
            firstPhase: "warm-up",
            first: [usage],
            lastPhase: "main",
            last: [usage]
        )
        result.repetitions[0].checkpoints.append(SampleResult.checkpoint(phase: "main", seconds: 13))
        result.repetitions[0].queue = QueueAccounting(
            (1...9 as ClosedRange<UInt64>).map { depth in
                var phase = SampleResult.phase("depth", shape: "max", items: 100 * depth, seconds: 1)
                phase.memory?.heldItems = 100 * depth
                phase.memory?.heldBytesInUse = 1_000_000 + 10_000 * depth
                phase.memory?.heldRSSBytes = 12_300_000 + 10_000 * depth
                phase.memory?.heldQueuedBytes = 9_000 * depth
                if depth == 1 { result.repetitions[0].phases.append(phase) }
                return phase
            }
        )
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
        var point = TimelinePoint(startSeconds: 0, lengthSeconds: 1, phase: "main")
        let percentiles = TimelinePoint.Percentiles(p50Nanoseconds: 1, p99Nanoseconds: 2)
        let extent = TimelinePoint.Extent(min: 1, max: 3, last: 2)
        (point.plannedOperations, point.delivered, point.cpuSeconds) = (1, 2, 0.5)
        (point.response, point.service, point.lag, point.flush) = (percentiles, percentiles, percentiles, percentiles)
        (point.queuedItems, point.queuedBytes, point.drainedBytesInUse) = (1, 2, 3)
        (point.rssBytes, point.bytesInUse) = (extent, extent)
        result.repetitions[0].timeline = Timeline(points: [point])
        result.repetitions.append(result.repetitions[0])
        result.warnings = ["y"]
        result.allowsUnverified = true
        result.leak = SampleResult.leak
        result.leakChecks = [LeakCheckRow(SampleResult.leak, system: "telemetry", elapsedSeconds: 20)]
        result.allocator = SampleResult.allocator
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
        try check(schema["$defs"]?["memoryClassification"]?["properties"]?["class"], MemoryClassification.Growth.self)
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

    @Test func aLineOfAHistoryFitsItsOwn() throws {
        var result = try SampleResult.sustained()
        (result.environment.gitCommit, result.environment.gitDirty) = ("0123abc", true)
        let schema = try schema("history.schema.json")
        for entry in [HistoryEntry(result), HistoryEntry(try Compared.result([1_000]))] {
            let found = SchemaCheck(schema).problems(of: try StrictJSON.parse(utf8: HistoryFile.line(entry)))
            #expect(found == [])
        }
    }

    @Test func aReportOfTheLintFitsItsOwn() throws {
        let gates = [
            Compared.gate("call", "service_time.p50", #""max_relative": "0.01%""#),
            Compared.gate("rate", "delivered_per_s", #""max_relative": "5%""#),
            Compared.gate("lost", "lost", #""min_absolute": 0"#),
            #"{"profile": "sustained", "metric": "flush_latency.p99", "budget": "< 1s"}"#,
        ]
        let file = try #require(try Compared.request(gates).thresholds?.file)
        let baseline = ResultDocument.paired(
            Compared.paired(try Compared.result(Compared.noise()), try Compared.result(Compared.noise(phase: 1)))
        )
        let schema = try schema("lint.schema.json")
        for lint in [GateLint(file, pairs: 5, baselines: [baseline]), GateLint(file, pairs: 8)] {
            let found = SchemaCheck(schema).problems(of: try StrictJSON.parse(try ResultFile.text(of: lint)))
            #expect(found == [])
        }
        let causes = schema["$defs"]?["finding"]?["properties"]?["cause"]?["enum"]
        #expect(causes == .array(GateLint.Cause.allCases.map { .string($0.rawValue) }))
    }

    @Test func aCalibrationFitsItsOwn() throws {
        let plan = GateCalibration.Plan(
            profile: "capacity",
            pairs: 8,
            freshPairs: 8,
            metrics: ["service_time.p50"],
            limit: 0.05,
            seed: 1
        )
        var calibration = GateCalibration(plan: plan, startedAt: "2026-11-21T00:00:00Z")
        let schema = try schema("calibration.schema.json")
        let problems = { (calibration: GateCalibration) in
            SchemaCheck(schema).problems(of: try StrictJSON.parse(utf8: Array(ResultFile.encode(calibration, "x"))))
        }
        #expect(try problems(calibration) == [])
        calibration.environment = try SampleResult.sustained().environment
        let ratios = [-0.02, -0.01, 0, 0.01, 0.02, 0.005, -0.005, 0]
        for (slowdown, fresh) in [(nil, nil), (nil, ratios), (20.0, ratios.map { $0 + 0.18 })] as [(Double?, [Double]?)]
        {
            calibration.add(
                GateCalibration.Comparison(
                    slowdownPercent: slowdown,
                    seconds: 1,
                    verdict: .pass,
                    gates: [
                        GateCalibration.GateOutcome(
                            metric: "service_time.p50",
                            verdict: slowdown == nil ? .pass : .regressed,
                            screen: slowdown == nil ? ratios : ratios.map { $0 + 0.18 },
                            fresh: fresh
                        )
                    ]
                ),
                endedAt: "2026-11-21T00:01:00Z"
            )
        }
        #expect(calibration.detections.count == 1 && calibration.falseAlarms != nil)
        #expect(try problems(calibration) == [])
        let gate = schema["$defs"]?["gate"]?["properties"]?["verdict"]?["enum"]
        #expect(gate == .array(RowVerdict.allCases.map { .string($0.rawValue) }))
        let suite = schema["$defs"]?["comparison"]?["properties"]?["verdict"]?["enum"]
        #expect(suite == .array(SuiteVerdict.allCases.map { .string($0.rawValue) }))
        // One machine, one description.
        #expect(schema["$defs"]?["runEnvironment"] == (try self.schema())["$defs"]?["runEnvironment"])
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
