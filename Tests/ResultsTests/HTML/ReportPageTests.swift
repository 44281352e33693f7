import HarnessCore
import Testing

@testable import Results

/// Reports as pages.
struct ReportPageTests {
    private static func page(_ results: RunResult...) throws -> String {
        let files = results.enumerated().map { (path: "results/runs/\($0.offset).json", result: $0.element) }
        return ReportPage(try RunReport(files, today: "2026-11-21")).document
    }

    @Test("Every page is whole and needs nothing else")
    func whole() throws {
        let sustained = try SampleResult.sustained()
        var later = sustained
        later.startedAt = "2026-11-20T23:48:55Z"
        var crashed = sustained
        (crashed.outcome, crashed.verdict, crashed.isPartial) = (.failed, .error, true)
        crashed.repetitions[0].phases.removeLast()
        crashed.repetitions[0].ledger = nil
        var empty = sustained
        (empty.repetitions, empty.thresholds, empty.summary, empty.configuration) = ([], [], [:], [])
        for results in [
            [sustained], [crashed], [empty], [try Self.leaking()], [sustained, later], [sustained, later, crashed],
            [crashed, empty],
        ] {
            let files = results.map { (path: "a&b.json", result: $0) }
            let page = ReportPage(try RunReport(files, today: "2026-11-21")).document
            #expect(PageCheck.problems(of: page).isEmpty)
            #expect(page.utf8.count < 600_000)
        }
    }

    @Test(
        "The check itself finds what is wrong",
        arguments: [
            ("</main>", "</main><script>1</script>"), ("href=\"#plots\"", "href=\"#plot\""),
            ("href=\"#plots\"", "href=\"https://example.com\""), ("id=\"plots\"", "id=\"thresholds\""), ("</h1>", ""),
            ("<body>", "<body onload=\"x\">"), ("color-scheme:light dark", "background:url(x)"),
        ]
    )
    func theCheckCanFail(_ old: String, _ new: String) throws {
        let page = try Self.page(try SampleResult.sustained())
        #expect(page.contains(old))
        #expect(!PageCheck.problems(of: page.replacing(old, with: new, maxReplacements: 1)).isEmpty)
    }

    @Test func theVerdictComesFirst() throws {
        let page = try Self.page(try SampleResult.sustained())
        let order = [
            "PASS", "sustained", "thresholds hold", "Delivered", "id=\"thresholds\"", "id=\"plots\"",
            "id=\"latency\"",
            "id=\"ledger\"", "id=\"environment\"", "id=\"configuration\"", "id=\"reproduce\"",
        ]
        let body = try #require(page.firstRange(of: "<body>")).upperBound
        let places = order.map { page[body...].firstRange(of: $0)?.lowerBound }
        #expect(!places.contains(nil) && places.compactMap(\.self) == places.compactMap(\.self).sorted())
        #expect(try PageCheck.texts("title", in: page).first == "sustained: PASS")
    }

    @Test("What others have written is text, wherever it stands")
    func hostileTexts() throws {
        let hostile = "</style><script>alert(1)</script>&\"'"
        var result = try SampleResult.sustained(profile: hostile)
        result.description = hostile
        result.warnings = [hostile]
        result.command = ["bench", hostile]
        result.configuration = [ConfigurationEntry(key: hostile, value: .string(hostile), origin: hostile)]
        result.environment.cpuModel = hostile
        result.repetitions[0].phases[1].name = hostile
        for page in [try Self.page(result), try Self.page(result, result), try Self.page(result, result, result)] {
            #expect(PageCheck.problems(of: page).isEmpty)
        }
    }

    @Test func limitsOfZeroShareARow() throws {
        let thresholds = SampleResult.thresholds + [("foreign", "== 0")]
        let page = try Self.page(try SampleResult.sustained(thresholds: thresholds))
        let rows = try PageCheck.texts("th", in: page)
        #expect(rows.contains("4 counts are zero, as they must be: lost, duplicated, unaccounted, foreign"))
        #expect(rows.contains("delivered_per_s"))
        var broken = try SampleResult.sustained(thresholds: thresholds)
        broken.repetitions = [SampleResult.repetition(phases: [SampleResult.warmUp, SampleResult.main(lost: 3)])]
        broken.judge(by: try Gate.gates(ofProfile: broken.profile, thresholds: thresholds))
        #expect(broken.verdict == .fail)
        let failed = try Self.page(broken)
        // Other tables have lost items, too.
        #expect(try PageCheck.texts("th", in: failed).count { $0 == "lost" } == rows.count { $0 == "lost" } + 1)
        #expect(failed.contains("class=\"verdict bad\""))
    }

    @Test func aLeakIsShownWithItsCommands() throws {
        let page = try Self.page(try Self.leaking())
        #expect(try PageCheck.texts("pre", in: page).contains("heaptrack bench-worker <replay"))
        #expect(page.contains("id=\"plot-leak\"") && page.contains("0.51 B"))
        // The leak's own plots are not among the others.
        let leak = try #require(page.firstRange(of: "id=\"plot-leak\"")).lowerBound
        #expect(leak < (try #require(page.firstRange(of: "<section id=\"plots\"")).lowerBound))
    }

    private static func leaking() throws -> RunResult {
        var result = try SampleResult.sustained(profile: "leak-check")
        var trial = LeakTrial(
            name: "check",
            system: "faulty:leak=512B/event",
            itemsPerCycle: 100_003,
            flushesPerCycle: 101,
            discarded: 4,
            checkpoints: (0..<16).map { CheckpointRecord(label: "cycle", bytesInUse: 900_000 + UInt64($0) * 51_200) }
        )
        (trial.slopeBytesPerCycle, trial.slopeLow, trial.slopeHigh) = (51_200, 51_000, 51_400)
        trial.intercept = 900_000 + 4 * 51_200
        var leak = LeakReport(
            verdict: .leak,
            sentence: "bytes in use grow by 0.51 B an item",
            toleranceBytesPerCycle: 2_000,
            trials: [trial],
            commands: ["heaptrack bench-worker <replay"]
        )
        leak.bytesPerItem = 0.512
        result.leak = leak
        return result
    }
}
