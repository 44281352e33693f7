import FoundationEssentials
import Platform
import TestSupport
import Testing

/// `bench-compare` on results that `bench` wrote.
struct CompareTests {
    @Test func aGoodResultPassesAndAnEditedOneFails() throws {
        let folder = try TemporaryDirectory()
        let run = try ToolRun.run("bench", ["--profile", "smoke", "--out", folder.path, "--quiet"])
        #expect(run.exit == .status(0), "\(run.output)\(run.errors)")
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        let name = try #require(names.first { $0.hasSuffix(".json") })
        let path = folder.path + "/" + name

        let thresholds = folder.path + "/thresholds.json"
        try write(
            """
            {"version": 1, "gates": [{"profile": "smoke", "metric": "lost", "budget": "== 0"},
                                     {"profile": "smoke", "metric": "delivered_per_s", "budget": ">= 1/s"}]}
            """,
            to: thresholds
        )
        let good = try ToolRun.run("bench-compare", [path, "--thresholds", thresholds])
        #expect(good.exit == .status(0), "\(good.output)\(good.errors)")
        #expect(good.output.hasSuffix("failed=0"))

        let text = try String(contentsOf: URL(filePath: path), encoding: .utf8)
        try write(text.replacing("\"lost\" : 0", with: "\"lost\" : 3"), to: path)
        let bad = try ToolRun.run("bench-compare", [path, "--thresholds", thresholds])
        #expect(bad.exit == .status(1))
        let row = bad.output.split(separator: "\n").first { $0.contains("lost") && $0.contains("== 0") }
        #expect(row?.contains("3") == true, "\(bad.output)")
        #expect(bad.output.contains("exit=1"))

        try write(text.replacing("\"lost\"", with: "\"lots\""), to: path)
        let missing = try ToolRun.run("bench-compare", [path, "--thresholds", thresholds])
        #expect(missing.exit == .status(2))
        #expect((missing.output + missing.errors).contains("lost"))
    }

    private func write(_ text: String, to path: String) throws {
        try Data(text.utf8).write(to: URL(filePath: path))
    }
}
