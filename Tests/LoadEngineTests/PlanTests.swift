import FoundationEssentials
import Platform
import Testing

@testable import LoadEngine

struct PlanTests {
    static func plan(_ phases: String, producers: Int = 1) throws -> Plan {
        let text = #"{"name": "p", "producers": \#(producers), "phases": [\#(phases)]}"#
        return try ProfileDocument(parsing: text, source: "p").profile().makePlan()
    }

    /// Operations in closed form: ⌈rate · duration⌉ for a rate, size · ⌈duration / every⌉ for bursts.
    @Test(arguments: [
        (#""shape": "constant", "rate": "1000/s", "duration": "10s""#, UInt64(10_000), UInt64(10_000_000_000)),
        (#""shape": "constant", "rate": "1000/3s", "duration": "10s""#, 3334, 10_000_000_000),
        (#""shape": "constant", "rate": "0.5/s", "duration": "1s""#, 1, 1_000_000_000),
        (#""shape": "constant", "rate": "600/m", "count": 25"#, 25, 2_500_000_000),
        (#""shape": "constant", "rate": "3/s", "count": 10"#, 10, 3_333_333_333),
        (#""shape": "burst", "size": 100, "every": "100ms", "duration": "10s""#, 10_000, 10_000_000_000),
        (#""shape": "burst", "size": 7, "every": "300ms", "duration": "1s""#, 28, 1_000_000_000),
        (#""shape": "burst", "size": 100, "every": "10ms", "count": 250"#, 250, 30_000_000),
        (#""shape": "burst", "size": 1000"#, 1000, 0),
        (#""shape": "burst", "size": "1k", "count": 1000"#, 1000, 0),
        (#""shape": "max", "count": "10k""#, 10_000, 0),
        (#""shape": "idle", "duration": "2s""#, 0, 2_000_000_000),
    ])
    func totalsAreClosedForms(phase: String, operations: UInt64, duration: UInt64) throws {
        let plan = try Self.plan(#"{"name": "main", \#(phase)}"#)
        #expect(plan.totalOperations == operations)
        #expect(plan.durationNanoseconds == duration)
    }

    @Test func aClosedPhaseWithADurationHasNoTotal() throws {
        let plan = try Self.plan(#"{"name": "main", "shape": "max", "duration": "10s", "timed_every": 16}"#)
        #expect(plan.totalOperations == nil)
        #expect(plan.phases[0].schedule == .closed(operations: nil, durationNanoseconds: 10_000_000_000))
        #expect(plan.phases[0].timedEvery == 16)
        #expect(plan.phases[0].offeredPerSecond == nil)
    }

    /// Quanta begin above 20,000 operations a second and producer, not in total.
    @Test(arguments: [
        ("20k/s", 1, UInt64(0)), ("20001/s", 1, 1_000_000), ("200k/s", 10, 0), ("1M/s", 10, 1_000_000),
    ])
    func fastProducersHaveQuanta(rate: String, producers: Int, quantum: UInt64) throws {
        let plan = try Self.plan(
            #"{"name": "main", "shape": "constant", "rate": "\#(rate)", "duration": "1s"}"#,
            producers: producers
        )
        guard case .constant(_, _, _, let planned) = plan.phases[0].schedule else {
            Issue.record("not constant")
            return
        }
        #expect(planned == quantum)
    }

    @Test func offeredRates() throws {
        let constant = try Self.plan(#"{"name": "main", "shape": "constant", "rate": "1500/s", "duration": "1s"}"#)
        #expect(constant.phases[0].offeredPerSecond == 1500)
        let burst = try Self.plan(#"{"name": "m", "shape": "burst", "size": 100, "every": "100ms", "duration": "10s"}"#)
        #expect(burst.phases[0].offeredPerSecond == 1000)
        let single = try Self.plan(#"{"name": "main", "shape": "burst", "size": 100}"#)
        #expect(single.phases[0].offeredPerSecond == nil)
    }

    @Test func whatIsTooMuchIsRefused() throws {
        let message = #expect(throws: ProfileError.self) {
            try Self.plan(#"{"name": "main", "shape": "constant", "rate": "1G/s", "duration": "1h"}"#)
        }
        #expect(message?.message.contains("2^40") == true || message?.message.contains("is not a rate") == true)
        let long = #expect(throws: ProfileError.self) {
            try Self.plan(#"{"name": "main", "shape": "constant", "rate": "1/h", "count": "10k"}"#)
        }
        #expect(
            long?.description
                == "profile p: phase \"main\" would take longer than a year; lower its count or raise its rate"
        )
        let many = #expect(throws: ProfileError.self) {
            try Self.plan(#"{"name": "main", "shape": "max", "count": 2199023255552}"#)
        }
        #expect(
            many?.message == "phase \"main\" brings the run to more than 2^40 operations per producer; shorten it "
                + "or use more producers"
        )
    }

    // MARK: - Hash and coding

    static let everyShape = """
        {"name": "warm-up", "shape": "constant", "rate": "1000/3s", "duration": "2s", "report": false},
        {"name": "main", "shape": "burst", "size": 100, "every": "100ms", "duration": "10s", "flush_every": 50},
        {"name": "top", "shape": "max", "count": 1000, "timed_every": 4, "flush": false},
        {"name": "rest", "shape": "idle", "duration": "1s"}
        """

    @Test func plansComeBackFromJSON() throws {
        let plan = try Self.plan(Self.everyShape, producers: 3)
        let data = try JSONEncoder().encode(plan)
        #expect(try JSONDecoder().decode(Plan.self, from: data) == plan)
    }

    /// The hash is the start of the SHA-256 of this text; `printf '%s' … | sha256sum` says the same.
    @Test func theHashIsOfTheCanonicalJSON() throws {
        let plan = try Self.plan(#"{"name": "main", "shape": "constant", "rate": "10/s", "duration": "1s"}"#)
        let canonical = """
            {"phases":[{"duration_ns":1000000000,"flush":true,"name":"main","report":true,"schedule":\
            {"events":1,"operations":10,"per_ns":100000000,"quantum_ns":0,"shape":"constant"},"timed_every":1}],\
            "producers":1,"profile":"p","seed":1,"version":1,\
            "workload":{"attributes":1,"operation":"event","value_length":20}}
            """
        #expect(String(decoding: plan.canonicalJSON, as: UTF8.self) == canonical)
        #expect(plan.hash == String(SHA256.hexadecimalDigest(of: Array(canonical.utf8)).prefix(16)))
        #expect(plan.hash == "8e14289996a8e9ed")
    }

    @Test func everyPartChangesTheHash() throws {
        let base = try Self.plan(Self.everyShape)
        var hashes: Set<String> = [base.hash]
        #expect(try Self.plan(Self.everyShape).hash == base.hash)
        hashes.insert(try Self.plan(Self.everyShape, producers: 2).hash)
        for (old, new) in [
            ("1000/3s", "1001/3s"), ("\"size\": 100", "\"size\": 101"), ("warm-up", "warm"), ("1000,", "1001,"),
            ("\"flush\": false", "\"flush\": true"), ("\"report\": false", "\"report\": true"), ("100ms", "101ms"),
            ("\"flush_every\": 50", "\"flush_every\": 51"), ("\"timed_every\": 4", "\"timed_every\": 5"),
        ] {
            #expect(Self.everyShape.contains(old))
            hashes.insert(try Self.plan(Self.everyShape.replacing(old, with: new)).hash)
        }
        #expect(hashes.count == 11)
        #expect(hashes.allSatisfy { $0.utf8.count == 16 })
    }

    @Test(arguments: [
        ("\"producers\":3", "\"producers\":4", "has the hash"),
        ("\"version\":1", "\"version\":2", "plan version 2 is not supported"),
        ("\"producers\":3", "\"producers\":0", "1 to 256 producers"),
        ("\"shape\":\"idle\"", "\"shape\":\"rump\"", "unknown shape \"rump\""),
        ("\"events\":1", "\"events\":0", "must be positive"),
    ])
    func aDamagedPlanIsRefused(old: String, new: String, reason: String) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let text = String(decoding: try encoder.encode(try Self.plan(Self.everyShape, producers: 3)), as: UTF8.self)
        #expect(text.contains(old))
        let error = #expect(throws: WorkerProtocolError.self) {
            try WorkerProtocol.message(Plan.self, from: Array(text.replacing(old, with: new).utf8))
        }
        #expect(error?.reason.contains(reason) == true)
    }
}
