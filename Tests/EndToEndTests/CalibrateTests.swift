import FoundationEssentials
import HarnessCore
import Platform
import TestSupport
import Testing

/// `bench-compare calibrate` with real processes.
struct CalibrateTests {
    @Test("A comparison is made, judged, kept and counted; one is too few for a verdict")
    func oneComparison() throws {
        let folder = try TemporaryDirectory()
        let file = folder.path("calibration.json")
        let run = try ToolRun.run(
            "bench-compare",
            [
                "calibrate", "--comparisons", "1", "--slowdowns", "0", "--pairs", "6", "--confirm-pairs", "6",
                "--profile", "smoke", "--duration", "100ms", "--seed", "3", "--output", file,
            ]
        )
        #expect(run.exit == .status(3), "\(run.output)\(run.errors)")
        #expect(run.errors.contains("comparison 1 of 1: the same build"))
        let line = try #require(run.output.split(separator: "\n").last)
        #expect(line.hasPrefix("calibrate=INCONCLUSIVE exit=3 comparisons="), "\(run.output)")

        let calibration = try StrictJSON.parse(String(contentsOf: URL(filePath: file), encoding: .utf8))
        let schema = URL(filePath: Repository.root).appending(path: "results/calibration.schema.json")
        let problems = SchemaCheck(try StrictJSON.parse(String(contentsOf: schema, encoding: .utf8)))
            .problems(of: calibration)
        #expect(problems == [])
        #expect(calibration["plan"]?["seed"] == .integer(3) && calibration["environment"] != nil)
        guard case .array(let comparisons) = calibration["comparisons"] else {
            Issue.record("no comparisons")
            return
        }
        #expect(comparisons.count == 1)
        guard case .array(let gates) = comparisons[0]["gates"] else {
            Issue.record("no gates")
            return
        }
        // Pairs that something disturbed are left out, and at most a quarter of them.
        for gate in gates {
            guard case .array(let screen) = gate["screen"] else { continue }
            #expect(screen.count <= 6)
        }
        // The worst first, whichever that was.
        let metrics = gates.compactMap { $0["metric"]?.stringValue }
        #expect(metrics.sorted() == ["achieved_per_s", "cpu_s_per_million_items"])
    }

    @Test("A bench that cannot measure is an error with its own words")
    func aFailingBench() throws {
        let folder = try TemporaryDirectory()
        let run = try ToolRun.run(
            "bench-compare",
            ["calibrate", "--comparisons", "1", "--profile", "nowhere", "--output", folder.path("c.json")]
        )
        #expect(run.exit == .status(5) && run.errors.contains("nowhere"), "\(run.errors)")
        #expect(run.output.hasSuffix("calibrate=ERROR exit=5"))
    }
}
