import FoundationEssentials
import HarnessCore
import Platform
import Results
import TestSupport
import Testing

/// `bench plan` foretells what `bench run` does.
struct PlanTests {
    static let names = [
        "burst", "calls", "flush", "generation", "large-payload", "metrics", "mixed", "multi-producer", "null",
        "otel-spec",
        "otel-spec-simple", "otel-spec-throughput", "poisson", "queued", "ramp", "scenarios", "smoke", "spans", "spike",
        "steady", "step", "sustained",
    ]

    @Test("A run does what its plan says, phase by phase", arguments: names)
    func totals(name: String) throws {
        let folder = try TemporaryDirectory()
        let options = try Self.shortened(name, folder)
        let short = try Self.plan(options)
        let results = folder.path + "/results"
        let run = try ToolRun.run("bench", ["run"] + options + ["--quiet", "--out", results])
        let file = try #require(
            try FileManager.default.contentsOfDirectory(atPath: results).first { $0.hasSuffix(".json") },
            "\(run.errors)"
        )
        let result = try ResultReader.read(results + "/" + file)
        #expect(result.plan.hash == short.hash)
        for phase in try #require(result.repetitions.first).phases {
            let planned = try #require(short.phases.first { $0["name"]?.stringValue == phase.name })
            guard let operations = planned["operations"] else { continue }
            let done = (phase.load.operations ?? phase.load.attempted) + (phase.load.missed ?? 0)
            #expect(operations == .integer(Int64(done)), "\(phase.name)")
        }
        // Of logs and spans the system counts every item, the warm-up's included; a mix has as many as chance wants.
        let isCounted = result.system.isEnabled && result.plan.operation != "counter"
        if isCounted, case .integer(let items)? = short.document.value(at: "totals.items") {
            #expect(result.repetitions.first?.counters?.accepted == UInt64(items))
        }
    }

    @Test func aPlanIsDrawn() throws {
        let result = try ToolRun.run(
            "bench",
            ["plan", "--profile", "steady"],
            environment: ["LC_ALL": "C.UTF-8", "COLUMNS": "80"]
        )
        #expect(result.exit == .status(0))
        let lines = result.output.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.allSatisfy { $0.count <= 80 })
        #expect(lines.contains("offered rate over time, linear scale"))
        #expect(lines.contains { $0.hasPrefix("10,000/s │█") && $0.hasSuffix("█") })
        #expect(result.output.contains("operations: 60,000, of them 50,000 reported"))

        let ascii = try ToolRun.run("bench", ["plan", "--profile", "steady"])
        #expect(ascii.output.utf8.allSatisfy { $0 < 0x80 })
    }

    @Test func aSearchShowsItsFirstTry() throws {
        let plan = try Self.plan(["--profile", "smoke", "--search", "--set", "phases.main.to=2000/s"])
        #expect(plan.document.value(at: "search.to_per_s") == .integer(2000))
        #expect(plan.document.value(at: "search.phase")?.stringValue == "main")
        #expect(plan.document.value(at: "search.from_per_s") == .integer(1000))
        #expect(plan.phases.first?["rate_per_s"]?.doubleValue == 1000)
        let range = try ToolRun.run("bench", ["plan", "--profile", "smoke", "--producers", "1..3"])
        #expect(range.exit == .status(2) && range.errors.contains("name one of the range"))
    }

    @Test func partsOfAPlanAreTheWhole() throws {
        let options = ["--profile", "mixed", "--producers", "5"]
        let whole = try Self.plan(options)
        let parts = try (1...3).map { try Self.plan(options + ["--shard", "\($0)/3"]) }
        func operations(_ plan: Plan) -> Int64? {
            if case .integer(let count)? = plan.document.value(at: "totals.operations") { count } else { nil }
        }
        #expect(parts.compactMap(operations).reduce(0, +) == operations(whole))
        #expect(parts.allSatisfy { $0.hash == whole.hash })
        #expect(parts.map { $0.document.value(at: "shard.index") } == [.integer(1), .integer(2), .integer(3)])
    }

    @Test(arguments: [
        ("3/2", "1/2 to 2/2"), ("0/2", "1/2 to 2/2"), ("1/9", "at least one producer"), ("x", "\"1/2\""),
        ("1/2/3", "\"1/2\""),
    ])
    func partsThatAreNone(shard: String, reason: String) throws {
        let result = try ToolRun.run("bench", ["plan", "--profile", "mixed", "--shard", shard])
        #expect(result.exit == .status(2))
        #expect(result.errors.contains(reason) && result.output.isEmpty, "\(result.errors)")
    }

    // MARK: - Reading

    /// Options that name a profile of which nothing takes longer than a moment.
    private static func shortened(_ name: String, _ folder: TemporaryDirectory) throws -> [String] {
        guard name != "ramp", name != "spike" else {
            // Their times hang together: all become a twentieth.
            let text = try String(
                contentsOf: URL(filePath: "\(Repository.root)/profiles/\(name).json"),
                encoding: .utf8
            )
            let path = "\(folder.path)/\(name).json"
            let short = text.replacing(#/"(\d+)(m?)s"/#) { match in
                "\"\((Int(match.1) ?? 0) * (match.2.isEmpty ? 1_000_000 : 1_000) / 20)us\""
            }
            try Data(short.utf8).write(to: URL(filePath: path))
            return ["--profile", path]
        }
        var options = ["--profile", name]
        for phase in try plan(options).phases where (phase["duration_s"]?.doubleValue ?? 0) > 0.3 {
            options += ["--set", "phases.\(phase["name"]?.stringValue ?? "").duration=200ms"]
        }
        return options
    }

    private struct Plan {
        let document: JSONValue
        let hash: String
        let phases: [JSONValue]
    }

    private static func plan(_ options: [String]) throws -> Plan {
        let result = try ToolRun.run("bench", ["plan", "--json"] + options)
        #expect(result.exit == .status(0), "\(result.errors)")
        let document = try StrictJSON.parse(result.output)
        guard case .array(let phases)? = document["phases"] else { throw Missing() }
        return Plan(document: document, hash: try #require(document["plan_hash"]?.stringValue), phases: phases)
    }

    private struct Missing: Error {}
}
