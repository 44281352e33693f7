import Foundation
import Platform
import TestSupport
import Testing

/// `bench report --html`.
struct PageTests {
    private static let steady = "results/baseline/steady.json"
    private static let null = "results/baseline/steady-null.json"

    @Test("One result, two and several", arguments: [[steady], [null, steady], [steady, null, steady]])
    func results(files: [String]) throws {
        let folder = try TemporaryDirectory()
        let run = try ToolRun.run("bench", ["report"] + files + ["--html", folder.path("report.html")])
        #expect(run.exit == .status(0) && run.output.isEmpty, "\(run.errors)")
        let page = String(decoding: try folder.read("report.html"), as: UTF8.self)
        #expect(page.hasPrefix("<!DOCTYPE html>") && page.hasSuffix("</html>\n"))
        #expect(page.contains("<title>steady: PASS</title>") && page.contains("role=\"img\""))
        #expect(page.utf8.count < 600_000)
    }

    @Test("A run that died has a page, too, however little it has left")
    func logs() throws {
        let folder = try TemporaryDirectory()
        let run = try ToolRun.run(
            "bench",
            ["--profile", "smoke", "--duration", "1100ms", "--quiet", "--out", folder.path]
        )
        #expect(run.exit == .status(0), "\(run.output)\(run.errors)")
        let name = try #require(
            FileManager.default.contentsOfDirectory(atPath: folder.path).first { $0.hasSuffix(".jsonl") }
        )
        let whole = Data(try folder.read(name))
        let header = try #require(whole.firstIndex(of: 0x0A))
        for (length, word) in [(whole.count, "PASS"), (whole.count * 2 / 3, "ERROR"), (header + 5, "ERROR")] {
            try whole.prefix(length).write(to: URL(filePath: folder.path("log.jsonl")))
            let report = try ToolRun.run(
                "bench",
                ["report", folder.path("log.jsonl"), "--html", folder.path("report.html")]
            )
            #expect(report.exit == .status(0), "\(report.errors)")
            let page = String(decoding: try folder.read("report.html"), as: UTF8.self)
            #expect(page.contains("<title>smoke: \(word)</title>"), "\(length) bytes")
        }
    }

    @Test func aPlaceThatTakesNoFile() throws {
        let run = try ToolRun.run("bench", ["report", Self.steady, "--html", "/nowhere/report.html"])
        #expect(run.exit == .status(5) && run.output.isEmpty, "\(run.output)")
        let reason = "/nowhere/report.html cannot be written: there is no folder /nowhere"
        #expect(run.errors.contains(reason), "\(run.errors)")
    }
}
