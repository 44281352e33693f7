import FoundationEssentials
import Platform
import Results
import RunControl
import TestSupport
import Testing

/// The harness judges itself, with real processes.
struct SelfTestTests {
    @Test("A stall is in the response times as the closed form says, and not in the service times")
    func coordinatedOmission() throws {
        let folder = try TemporaryDirectory()
        // No sink could be too slow and no SDK: what is tested is the generator. Its stall is long beside any noise.
        let run = try ToolRun.run(
            "bench",
            [
                "--profile", "smoke", "--out", folder.path, "--quiet", "--rate", "1000/s", "--duration", "4s",
                "--set", "system.name=faulty:stall=500ms,at=1s,base=null", "--set", "thresholds.delivered_per_s=>= 0",
            ]
        )
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".json") }
        let result = try ResultReader.read(folder.path + "/" + #require(names.first, "\(run.errors)"))
        let check = StallCheck(stallSeconds: 0.5, offsetSeconds: 1, tolerance: .loose)
        let operations = try #require(check.operations(result))
        #expect(operations.planned == 4000 && operations.measured == 4000)
        let figures = try #require(check.figures(result))
        #expect(figures.count == 6)
        for figure in figures { #expect(figure.holds, "\(figure.text)") }
        // Without the correction nothing would be seen of it: p90 is predicted at 100 ms and p99 at 460 ms.
        #expect(try #require(figures.first { $0.name == "response p99" }).predicted > 0.4)
        #expect(try #require(figures.first { $0.name == "service p99" }).observed < 0.1)
    }

    @Test("A lost item, a doubled one and a lie turn the verdict red, and a healthy run stays green")
    func defectsAreNoticed() throws {
        let checks = ["healthy", "drop", "duplicate", "nothing", "swap_counters", "lying_flush", "truncate"]
        let run = try ToolRun.run("bench", ["selftest", "--quiet"] + checks.flatMap { ["--only", $0] })
        let lines = run.output.split(separator: "\n").map(String.init)
        for check in checks {
            let line = lines.first { $0.hasPrefix("  \(check) ") }
            #expect(line?.contains("passed") == true, "\(run.output)\(run.errors)")
        }
        #expect(lines.last?.hasPrefix("selftest=PASS exit=0 checks=8 failed=0") == true, "\(run.output)")
        #expect(run.exit == .status(0))
    }

    @Test func theReportIsJSON() throws {
        let folder = try TemporaryDirectory()
        let path = folder.path + "/selftest.json"
        let run = try ToolRun.run("bench", ["selftest", "--quiet", "--json", "--out", path, "--only", "duplicate"])
        let written = try JSONDecoder().decode(SelfTestReport.self, from: Data(contentsOf: URL(filePath: path)))
        let report = try JSONDecoder().decode(SelfTestReport.self, from: Data(run.output.utf8))
        #expect(written == report)
        #expect(report.rows.map(\.check) == ["duplicate"] && report.rows[0].verdict == .passed)
        #expect(report.rows[0].system == "faulty:duplicate=1/1000")
        #expect(report.rows[0].reasons == ["duplicated is 5, the limit is == 0"])
        #expect(report.origin?.command.prefix(2) == ["bench", "selftest"])
    }

    @Test func aReportThatCannotBeWrittenEndsItAtOnce() throws {
        let run = try ToolRun.run("bench", ["selftest", "--quiet", "--out", "/nowhere/x.json", "--only", "healthy"])
        #expect(run.exit == .status(2) && run.output.isEmpty, "\(run.output)")
        #expect(run.errors.contains("/nowhere/x.json cannot be written"), "\(run.errors)")
    }

    @Test("A setting has its effect, and a system that ignores it is found out")
    func knobs() throws {
        let checks = ["knob-batch_size", "ignore-batch_size", "knob-queue_limit", "ignore-queue_limit"]
        let run = try ToolRun.run("bench", ["selftest", "--quiet"] + checks.flatMap { ["--only", $0] })
        #expect(run.output.contains("selftest=PASS exit=0 checks=4 failed=0"), "\(run.output)")
        #expect(run.output.contains("faulty:ignore=queue_limit: accepted 2,000 → 2,000"), "\(run.output)")
    }

    @Test("A worker that cannot be used fails every check, and the table says why")
    func aWorkerWithoutDefects() throws {
        let run = try ToolRun.run("bench", ["selftest", "--quiet", "--only", "drop", "--worker", "/bin/false"])
        #expect(run.exit == .status(1))
        #expect(run.output.contains("no result:") && run.output.contains("FAILED"), "\(run.output)")
    }

    @Test func anInterruptEndsItWithItsStatus() throws {
        let run = try ToolRun("bench", ["selftest", "--quiet", "--only", "healthy", "--only", "drop"])
        // The titles come before the first check, whose run listens for the signal from its beginning.
        let title = try run.awaitOutputLine(withPrefix: "  CHECK")
        #expect(title != nil)
        run.signal(Signals.interrupt)
        let end = try run.finish()
        // A signal before the first run listens ends the program itself.
        #expect(end.exit == .status(130) || end.exit == .signal(Signals.interrupt), "\(end.output)\(end.errors)")
    }

    @Test func mistakesAreUsageErrors() throws {
        let unknown = try ToolRun.run("bench", ["selftest", "--only", "stal"])
        #expect(unknown.exit == .status(2) && unknown.errors.contains("did you mean 'stall'?"))
        let defect = try ToolRun.run("bench", ["-p", "smoke", "-q", "--set", "system.name=faulty:drpo=1/2"])
        #expect(defect.exit == .status(2) && defect.errors.contains("did you mean \"drop\"?"), "\(defect.errors)")
        let variant = try ToolRun.run("bench", ["-p", "smoke", "-q", "--set", "system.name=null:x"])
        #expect(variant.exit == .status(2) && variant.errors.contains("has no variants"))
    }

    @Test func aWorkerListsItsDefects() throws {
        let help = try ToolRun.run("bench-worker", ["--help"])
        #expect(help.exit == .status(0))
        for word in ["telemetry", "null", "stall=D,at=D,every=D", "ignore=SETTING", "base=telemetry|null"] {
            #expect(help.output.contains(word), "\(help.output)")
        }
        let mistake = try ToolRun.run("bench-worker", ["--port", "3"])
        #expect(mistake.exit == .status(2) && mistake.errors.contains("unexpected argument '--port'"))
    }
}
