import Platform
import Results
import TestSupport
import Testing

/// `bench --search` and `bench --producers 1..N` with real workers.
struct SearchTests {
    @Test func aSearchFindsTheCeilingOfASystemThatHoldsEverything() throws {
        let folder = try TemporaryDirectory()
        let settings = [
            "system.name=null", "phases.warm-up.duration=100ms", "phases.main.from=1000/s", "phases.main.to=4000/s",
            "phases.main.probe=200ms", "phases.main.duration=300ms", "phases.main.memory_growth=100MB",
        ]
        let run = try ToolRun.run(
            "bench",
            ["--profile", "search", "--out", folder.path, "--quiet"] + settings.flatMap { ["--set", $0] }
        )
        #expect(run.exit == .status(0) || run.exit == .status(3), "\(run.output)\(run.errors)")
        let result = try onlyResult(in: folder)
        let search = try #require(result.search)
        #expect(search.tries.first?.ratePerSecond == 1_000)
        #expect(search.tries.allSatisfy { $0.metrics["achieved_per_s"] != nil })
        // A busy machine may spoil a try; then the result says so, and no capacity is claimed.
        if search.tries.allSatisfy({ $0.holds }) {
            #expect(search.tries.map(\.ratePerSecond) == [1_000, 2_000, 4_000, 4_000])
            #expect(search.capacityPerSecond == 4_000)
            #expect(search.boundedBy == .ceiling)
            #expect(run.output.contains("CAPACITY    4,000/s confirmed"))
        }
    }

    @Test func aSweepFitsTheScaling() throws {
        let folder = try TemporaryDirectory()
        let run = try ToolRun.run(
            "bench",
            ["--profile", "null", "--producers", "1..3", "--duration", "200ms", "--out", folder.path, "--quiet"]
        )
        #expect(run.exit == .status(0) || run.exit == .status(3), "\(run.output)\(run.errors)")
        let result = try onlyResult(in: folder)
        let scaling = try #require(result.scaling)
        #expect(scaling.points.map(\.producers) == [1, 2, 3])
        #expect(scaling.metric == "achieved_per_s")
        let best = scaling.points.max { $0.throughputPerSecond < $1.throughputPerSecond }
        #expect(result.plan.producers == best?.producers)
        #expect(scaling.law != nil)
        #expect(run.output.contains("SCALING"))
    }

    @Test(arguments: [
        (["--producers", "3..1"], "1..8"), (["--search", "--producers", "1..2"], "combined"),
        (["--profile", "search", "--set", "phases.main.objective={}"], "objective"),
    ])
    func mistakesAreNamed(arguments: [String], hint: String) throws {
        let run = try ToolRun.run("bench", arguments)
        #expect(run.exit == .status(2))
        #expect(run.errors.contains(hint), "\(run.errors)")
    }
}
