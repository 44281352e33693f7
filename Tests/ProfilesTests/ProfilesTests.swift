import Foundation
import HarnessCore
import LoadEngine
import Results
import Testing

/// The profiles that ship with the harness, read with the parsers that the tools use.
struct ProfilesTests {
    static let names = [
        "accounting", "blackout", "burst", "calls", "capacity", "flush", "generation", "large-payload", "leak-check",
        "metrics", "mixed", "multi-producer", "null",
        "otel-spec", "otel-spec-simple", "otel-spec-throughput", "outage", "poisson", "privacy", "queued", "ramp",
        "scenarios",
        "search",
        "smoke", "soak", "spans", "spike", "steady", "step", "sustained", "tenants",
    ]

    /// Those that the gate does not run: they take long, or measure the harness.
    static let ungated = [
        "accounting", "blackout", "capacity", "leak-check", "null", "otel-spec", "otel-spec-simple",
        "otel-spec-throughput",
        "outage", "poisson", "privacy",
        "ramp",
        "scenarios",
        "search", "soak", "spike", "steady", "step", "tenants",
    ]

    @Test("profiles/ holds these profiles and the thresholds of the gate, nothing else")
    func theFolder() throws {
        let files = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path())
        #expect(files.sorted() == (Self.names + ["thresholds"]).map { "\($0).json" }.sorted())
    }

    @Test(arguments: names)
    func everyProfileIsValid(name: String) throws {
        let profile = try Self.profile(name)
        #expect(profile.name == name)
        #expect(!profile.description.isEmpty)
        #expect(profile.system == (name == "null" ? "null" : "telemetry"))
        let gates = try Self.gates(of: profile)
        #expect(!gates.isEmpty)
    }

    @Test("Nothing may be lost, duplicated or unaccounted for wherever something is delivered", arguments: names)
    func delivery(name: String) throws {
        guard !["generation", "null"].contains(name) else { return }
        let thresholds = try Self.profile(name).thresholds
        for metric in ["lost", "duplicated", "unaccounted"] {
            #expect(thresholds.contains(Profile.Threshold(metric: metric, expression: "== 0")), "\(metric)")
        }
    }

    @Test(
        "The floors that no release may miss",
        arguments: [
            ("generation", "achieved_per_s", ">=", 5_000), ("burst", "completion_s", "<", 2),
            ("sustained", "delivered_per_s", ">=", 900), ("multi-producer", "completion_s", "<", 5),
            ("queued", "held_rss_growth_bytes", "<", 20_000_000), ("flush", "flush_latency.max", "<", 1e9),
            ("sustained", "idle_cpu_percent", "<", 5),
        ]
    )
    func floors(name: String, metric: String, comparison: String, value: Double) throws {
        let gates = try Self.gates(of: Self.profile(name))
        let limit = try #require(gates.first { $0.metric.name == metric }?.limit)
        #expect(limit.comparison.rawValue == comparison)
        #expect(limit.value == value)
    }

    @Test("The loads are those that the profiles are named for")
    func loads() throws {
        #expect(
            try Self.main("smoke").shape == .constant(events: 1, perNanoseconds: 2_000_000, .duration(2_000_000_000))
        )
        #expect(try Self.main("burst").shape == .burst(size: 1_000, everyNanoseconds: 0, .count(1_000)))
        #expect(
            try Self.main("sustained").shape
                == .burst(size: 100, everyNanoseconds: 100_000_000, .duration(10_000_000_000))
        )
        #expect(try Self.main("multi-producer").shape == .burst(size: 1_000, everyNanoseconds: 0, .count(1_000)))
        #expect(try Self.profile("multi-producer").producers == 10)
        #expect(try Self.main("generation").shape == .max(.count(1_000_000)))
        #expect(try Self.profile("generation").options["enabled"] == .bool(false))
        #expect(try Self.main("capacity").shape == .max(.duration(10_000_000_000)))
        #expect(try Self.profile("capacity").options["overflow"] == .string("wait"))
        let flush = try Self.main("flush")
        #expect(flush.shape == .max(.count(25_000)))
        #expect(flush.flushEvery == 100)
        #expect(try Self.main("queued").shape == .max(.count(10_000)))
        #expect(try Self.profile("queued").options["export"] == .string("manual"))
        for (name, batch) in [("burst", 100), ("sustained", 500), ("multi-producer", 100), ("queued", 10_000)] {
            #expect(try Self.profile(name).options["batch_size"] == .integer(Int64(batch)), "\(name)")
        }
    }

    /// Areas by hand: 50,000 + 40,000 + 30,000 of the ramp; 2 s of 5, 10, 15, 20 and 25 thousand; 9.5 s of 1,000 and half
    /// a second of 50,000; in the end 5 s of 5,000, and ten bursts.
    @Test(
        "Loads that change have the totals that their areas say, and last no longer than 15 seconds",
        arguments: [
            ("ramp", UInt64(120_000)), ("step", 150_000), ("spike", 34_500), ("poisson", 50_000), ("scenarios", 27_000),
        ]
    )
    func areas(name: String, operations: UInt64) throws {
        let plan = try Self.profile(name).makePlan()
        #expect(plan.phases.last?.operations == operations)
        #expect(plan.durationNanoseconds <= 15_000_000_000)
    }

    @Test("A soak issues 20,000 items a second, and judges its course limit by limit")
    func soak() throws {
        let profile = try Self.profile("soak")
        let plan = try profile.makePlan()
        let main = try #require(plan.phases.last)
        #expect(main.shape == "soak" && main.durationNanoseconds == 1_800_000_000_000)
        #expect(main.flushIntervalNanoseconds == 10_000_000_000)
        let components = plan.workload.components
        let weight = components.reduce(0) { $0 + $1.weight }
        let items = components.reduce(0) { $0 + $1.weight * $1.workload.itemsPerOperation }
        #expect(try #require(main.offeredPerSecond) * Double(items) / Double(weight) == 20_000)
        #expect(Set(plan.workload.signals) == [.logs, .spans, .metrics])
        let levels = profile.thresholds.reduce(into: [:]) { $0[$1.metric] = $1.level ?? "error" }
        for metric in ["heap_growth_low_per_h", "rss_peak_bytes", "throughput_kept_percent", "lag.p99"] {
            #expect(levels[metric] == "error", "\(metric)")
        }
        #expect(levels["rss_plateau_growth_percent"] == "warn")
    }

    @Test("Nine in ten operations that the scenarios share are events, beside bursts of spans")
    func scenarios() throws {
        let plan = try Self.profile("scenarios").makePlan()
        #expect(plan.scenarios.map(\.name) == ["events", "logs", "jobs"])
        #expect((0..<3).map { plan.operations(ofScenario: $0, inPhase: 1) } == [22_500, 2_500, 2_000])
        #expect(plan.workload.signals == [.logs, .spans])
    }

    @Test("The profiles drive the signals that they are named for")
    func signals() throws {
        let workloads = try ["metrics", "mixed", "spans", "large-payload"].map { try Self.profile($0).workload }
        #expect(workloads.map(\.signals) == [[.metrics], [.logs, .spans, .metrics], [.spans], [.logs]])
        #expect(workloads[2].single?.depth == 3)
        #expect(workloads[3].single?.attributes == 1000)
        let options = try Self.profile("large-payload").options
        #expect(options["compression"] == .string("gzip") && options["attribute_limit"] == .integer(1000))
        let kinds = Set(workloads[1].components.map(\.workload.operation))
        #expect(kinds == Set(Workload.Operation.allCases))
    }

    /// Source: https://github.com/open-telemetry/opentelemetry-specification/blob/main/specification/performance-benchmark.md.
    @Test(
        "The benchmark of OpenTelemetry's specification: 10 attributes of 20 + 20 characters, at least 15 seconds",
        arguments: ["otel-spec", "otel-spec-simple", "otel-spec-throughput"]
    )
    func specification(name: String) throws {
        let profile = try Self.profile(name)
        let workload = try #require(profile.workload.single)
        #expect(workload.operation == .span && workload.attributes == 11 && workload.depth == 1)
        #expect(workload.valueLength == Workload.ValueLength(20))
        #expect(workload.spanEvents == (name == "otel-spec-throughput" ? 0 : 1))
        for option in ["project", "project_version"] {
            guard case .string(let text)? = profile.options[option] else {
                Issue.record("\(option) is not a text")
                continue
            }
            #expect(text.count == 10)
        }
        let seconds: UInt64 = 15_000_000_000
        #expect(profile.options["batch_size"] == .integer(name == "otel-spec-simple" ? 1 : 512))
        let main = try Self.main(name)
        if name == "otel-spec-throughput" {
            #expect(main.shape == .max(.duration(seconds)))
        } else {
            #expect(main.shape == .burst(size: 10, everyNanoseconds: 1_000_000, .duration(seconds)))
        }
    }

    @Test("The committed results are of plans that their profiles still make")
    func baselinesArePlans() throws {
        let folder = Self.folder.deletingLastPathComponent().appending(path: "results/baseline")
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path())
        #expect(!files.isEmpty)
        for file in files where file != "baseline.json" {
            let result = try ResultReader.read(folder.appending(path: file).path())
            let profile = try Self.profile(result.profile)
            #expect(try profile.makePlan().hash == result.plan.hash, "\(file)")
        }
    }

    // MARK: - The gate

    @Test("Every gate selects a phase of a profile that exists, and each gate profile has gates")
    func gatesSelectSomething() throws {
        let file = try ThresholdsFile(path: Self.folder.appending(path: "thresholds.json").path())
        for gate in file.gates {
            #expect(Self.names.contains(gate.profile), "\(gate.path) names the profile \(gate.profile)")
            let phases = try Self.profile(gate.profile).phases
            if let phase = gate.phase { #expect(phases.contains { $0.name == phase && $0.report }, "\(gate.path)") }
            #expect(gate.level == .error)
        }
        #expect(Set(file.gates.map(\.profile)) == Set(Self.names).subtracting(Self.ungated))
    }

    @Test("No limit of the gate is looser than the floor of its profile")
    func gatesAreNoLooserThanFloors() throws {
        let file = try ThresholdsFile(path: Self.folder.appending(path: "thresholds.json").path())
        var compared = 0
        for gate in file.gates {
            guard let limit = gate.limit else { continue }
            for floor in try Self.gates(of: Self.profile(gate.profile)) where floor.metric.name == gate.metric.name {
                // A value that only just keeps the gate's limit keeps the floor.
                let least = try #require(floor.limit)
                let strictness = least.margin(of: limit.value)
                #expect(strictness >= 0, "\(gate.path) \(limit.expression) against \(least.expression)")
                compared += 1
            }
        }
        #expect(compared > 20)
    }

    @Test("Every gate can be decided by as many pairs as bench ab runs, and by those that confirm")
    func gatesAreDecidable() throws {
        let file = try ThresholdsFile(path: Self.folder.appending(path: "thresholds.json").path())
        for pairs in [8, 14] {
            let lint = GateLint(file, pairs: pairs)
            #expect(lint.exitStatus == .pass && lint.families.count > 3, "\(LintTable().render(lint))")
        }
    }

    // MARK: - Reading

    private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "profiles")

    private static func profile(_ name: String) throws -> Profile {
        let file = folder.appending(path: "\(name).json")
        let text = try String(contentsOf: file, encoding: .utf8)
        return try ProfileDocument(parsing: text, source: file.path()).profile()
    }

    private static func main(_ name: String) throws -> Profile.Phase {
        try #require(profile(name).phases.first { $0.name == "main" })
    }

    private static func gates(of profile: Profile) throws -> [Gate] {
        try Gate.gates(
            ofProfile: profile.name,
            thresholds: profile.thresholds.map { ($0.metric, $0.expression) }
        )
    }
}
