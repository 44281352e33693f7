import HarnessCore
import Testing

@testable import Results

/// One result, two, and several in a report.
struct RunReportTests {
    private static func report(_ results: [RunResult]) throws -> RunReport {
        try RunReport(results.enumerated().map { ("\($0.offset).json", $0.element) }, today: "2026-11-21")
    }

    private static func pair() throws -> [RunResult] {
        let (first, second) = (try SampleCourse.run(), try SampleCourse.run(scales: [1.5]))
        var changed = second
        changed.runID = "other"
        changed.repetitions[0].phases[1].latency.serviceTime = SampleResult.latency(count: 10_000, scale: 8)
        changed.judge(by: try Gate.gates(ofProfile: "sustained", thresholds: SampleResult.thresholds))
        return [first, changed]
    }

    // MARK: - One

    @Test func oneResult() throws {
        let report = try Self.report([SampleCourse.run()])
        #expect(report.form == .run && report.comparison == nil)
        #expect(
            report.plots.map(\.id) == [
                "rates", "spectrum", "spectrum-delivery", "response-time", "service-time", "memory", "heap-floor",
                "queue", "cpu",
            ]
        )
        #expect(
            report.tables.map(\.id) == ["gates", "latency", "delivery", "phases", "environment", "configuration"]
        )
        #expect(report.tables.allSatisfy { table in table.rows.allSatisfy { $0.count == table.columns.count } })
    }

    @Test func plotsHaveTables() throws {
        let plots = RunPlots(try SampleCourse.run()).plots
        let plot = try #require(plots.first { $0.id == "service-time" })
        let table = plot.table()
        #expect(table.columns.map(\.title) == ["time", "service time p50–p99"])
        #expect(table.rows.first?.map(\.text) == ["500 ms", "200 ns (200 ns to 2.00 µs)"])
        #expect(table.rows.count == 12 && table.note == nil)
        let short = plot.table(limit: 5)
        #expect(short.rows.count == 5 && short.note == "One place in 3 of 12.")
    }

    // MARK: - Two

    @Test func twoResultsLieOverEachOther() throws {
        let report = try Self.report(Self.pair())
        #expect(report.form == .comparison && report.subjects.map(\.name) == ["baseline", "candidate"])
        let rates = try #require(report.plots.first { $0.id == "rates" })
        // Both were asked for the same: the plan is drawn once.
        #expect(
            rates.series.map(\.name) == [
                "baseline: planned", "baseline: achieved", "baseline: delivered", "candidate: achieved",
                "candidate: delivered",
            ]
        )
        #expect(rates.series.map(\.side) == [0, 0, 0, 1, 1])
        #expect(rates.summary.hasPrefix("Baseline: 1,000/s planned") && rates.summary.contains(" Candidate: "))
        #expect(report.comparison?.design == .unpaired)
        #expect(report.tables.map(\.id) == ["comparison"])
    }

    @Test func theRatioOfDistributions() throws {
        let report = try Self.report(Self.pair())
        let index = try #require(report.plots.firstIndex { $0.id == "spectrum-ratio" })
        #expect(report.plots[index - 1].id == "spectrum")
        let plot = report.plots[index]
        #expect(plot.series.map(\.name) == ["response time", "service time", "freshness", "equal"])
        // Service times doubled, response times did not move; three digits of a histogram are 0.1 %.
        #expect(plot.series[1].points.allSatisfy { $0.y.map { ($0 - 2).magnitude < 0.01 } == true })
        #expect(plot.series[0].points.allSatisfy { $0.y == 1 })
        // Ten of 10,000 values lie beyond p99.9.
        #expect(plot.series[1].points.last.map { (0.99...0.9991).contains($0.x) } == true)
        #expect(plot.summary.contains("Service time: +100"), "\(plot.summary)")
    }

    @Test func onlyTheSystemIsCompared() throws {
        let report = try Self.report(Self.pair())
        let spectrum = try #require(report.plots.first { $0.id == "spectrum" })
        #expect(!spectrum.series.contains { $0.name.contains("lag") })
    }

    @Test("Ratios stand on a logarithmic axis about 1, so that twice is as far as half")
    func ratios() throws {
        let report = try Self.report(Self.pair())
        let plot = try #require(report.plots.first { $0.id == "spectrum-ratio" })
        #expect(plot.y.scale == .ratio && !report.isUncomparable && report.omissions.isEmpty)
        let scale = try #require(PlotScale(plot.y, values: [1, 2], ticks: 4))
        #expect(scale.place(of: 1).map { ($0 - 0.5).magnitude < 1e-9 } == true)
        #expect((((scale.place(of: 2) ?? 0) + (scale.place(of: 0.5) ?? 0)) - 1).magnitude < 1e-9)
    }

    @Test("Unlike experiments have no ratios and no changes, and the report says why")
    func unlikeExperiments() throws {
        var results = try Self.pair()
        results[1].plan.hash = "another"
        let report = try Self.report(results)
        #expect(report.isUncomparable && report.omissions.count == 1)
        #expect(!report.plots.contains { $0.id == "spectrum-ratio" } && report.plots.contains { $0.id == "spectrum" })
        let page = ReportPage(report).document
        #expect(page.contains("not of equal experiments") && !page.contains("class=\"tiles\""))
        #expect(ReportText(width: 100).render(report).contains("not of equal experiments"))
        #expect(ReportMarkdown().render(report).contains("not of equal experiments"))
    }

    @Test("A side without a course is named where the course of the other is drawn")
    func oneSideWithoutACourse() throws {
        var results = [try SampleCourse.run(), try SampleCourse.run()]
        results[1].repetitions[0].timeline = nil
        let report = try Self.report(results)
        let rates = try #require(report.plots.first { $0.id == "rates" })
        #expect(rates.summary.contains("Candidate: its result holds no course over time"), "\(rates.summary)")
        #expect(report.missingCourse?.hasPrefix("candidate: no course over time") == true)
        #expect(ReportPage(report).document.contains("no course over time, as an older bench"))
        #expect(try Self.report([results[0]]).missingCourse == nil)
    }

    // MARK: - Several

    private static func history() throws -> [RunResult] {
        try [3, 1, 2].map { day in
            var result = try SampleResult.sustained()
            result.runID = "\(day)"
            result.startedAt = "2026-11-0\(day)T00:00:00Z"
            result.summary["service_time.p50"] = Double(day) * 100
            return result
        }
    }

    @Test func severalResultsAreAHistory() throws {
        let report = try Self.report(Self.history())
        #expect(report.form == .trend && report.subjects.map(\.path) == ["1.json", "2.json", "0.json"])
        let plot = try #require(report.plots.first { $0.id == "trend-1-service" })
        #expect(plot.title == "Service time")
        #expect(plot.series.map(\.name) == ["p50", "p99"])
        #expect(plot.series[0].points.map(\.y) == [100, 200, 300] && plot.series[0].points.map(\.x) == [1, 2, 3])
        #expect(
            plot.summary.hasPrefix(
                "p50: 100 ns in the first run and 300 ns in the last (+200 %), from 100 ns to 300 ns"
            )
        )
        #expect(!report.plots.contains { $0.id.hasSuffix("-lost") })
        #expect(report.tables.map(\.title) == ["Runs"] && report.tables[0].note == nil)
    }

    @Test func differentPlansAreDifferentHistories() throws {
        var results = try Self.history() + Self.history()
        for index in 3..<6 { results[index].plan.hash = "another" }
        results[4].environment.cpuModel = "another"
        let report = try Self.report(results)
        #expect(report.plots.contains { $0.id == "trend-2-service" })
        #expect(report.tables.count == 2)
        #expect(report.tables[1].note?.contains("2 different machines") == true)
        #expect(Set(report.plots.map(\.id)).count == report.plots.count)
        #expect(report.plots[0].title.hasPrefix("sustained (telemetry, plan 9f3c2a71): "))
    }

    // MARK: - Forms

    @Test func asText() throws {
        let text = ReportText(width: 80, glyphs: .blocks).render(try Self.report([SampleCourse.run(floorStep: 1_000)]))
        try Golden.expect(text, "plots.txt")
        #expect(!text.split(separator: "\n").contains { $0.count > 80 })
        let ascii = ReportText(width: 60, glyphs: .ascii).render(try Self.report([SampleCourse.run()]))
        #expect(!ascii.contains { !$0.isASCII })
        #expect(!ascii.split(separator: "\n").contains { $0.count > 60 })
        let coloured = ReportText(width: 80, showsColour: true).render(try Self.report([SampleCourse.run()]))
        #expect(coloured.contains("\u{1B}[36m━ planned") && coloured.contains("⣀") || coloured.contains("⠤"))
    }

    @Test func twoAsText() throws {
        let text = ReportText(width: 100).render(try Self.report(Self.pair()))
        #expect(text.hasPrefix("PASS  baseline: sustained: 5 of 5 thresholds hold"))
        #expect(text.contains("\nPASS  candidate: sustained"))
        #expect(text.contains("CANDIDATE BY BASELINE, PERCENTILE BY PERCENTILE"))
        #expect(text.contains("verdict=PASS exit=0"))
    }

    @Test func nothingToDraw() throws {
        var result = try SampleResult.sustained()
        result.repetitions = []
        result.outcome = .failed
        result.judge(by: [])
        let text = ReportText().render(try Self.report([result]))
        #expect(text.hasPrefix("ERROR  sustained: the run failed\n"))
        #expect(text.hasSuffix("There is nothing to draw: the results hold neither distributions nor a course.\n"))
    }

    @Test func aHistoryAsText() throws {
        let text = ReportText(width: 80).render(try Self.report(Self.history()))
        #expect(text.hasPrefix("RUNS\n  run  began                 commit   verdict  file\n"))
        #expect(text.contains("\n    1  2026-11-01T00:00:00Z  0123abc  PASS     1.json\n"))
        #expect(text.contains("\nSERVICE TIME\n"))
        var others = try Self.history()
        for index in others.indices { others[index].plan.hash = "\(index)" }
        let none = ReportText(width: 80).render(try Self.report(others))
        #expect(none.hasSuffix("no two of the results are of the same profile, plan and system.\n"))
    }

    // MARK: - Markdown

    @Test func asMarkdown() throws {
        var result = try SampleCourse.run()
        result.warnings = ["the host was busy: load average 1.80"]
        let text = ReportMarkdown().render(try Self.report([result]))
        try Golden.expect(text, "report.md")
    }

    @Test func markupOfOthersMeansNothing() throws {
        var result = try SampleCourse.run()
        result.profile = "a|b<script>*"
        result.description = "# heading | @everyone"
        result.command = ["bench", "```", "$(rm)"]
        let text = ReportMarkdown().render(try Self.report([result]))
        #expect(text.contains("a\\|b&lt;script&gt;\\*") && !text.contains("<script>") && !text.contains("@everyone"))
        #expect(text.contains("````sh\nbench '```' '$(rm)'\n````"))
    }

    @Test(arguments: [2_000, 5_000, 20_000])
    func markdownKeepsWithinItsLimit(limit: Int) throws {
        let single = try Self.report([SampleCourse.run()])
        let several = try Self.report(Self.history())
        for report in [single, try Self.report(Self.pair()), several] where report.form != .comparison || limit > 2_999
        {
            let text = ReportMarkdown(limit: limit).render(report)
            #expect(text.utf8.count <= limit)
            #expect(
                text.split(separator: "\n").count { $0.hasPrefix("<details>") }
                    == text.split(separator: "\n").count { $0 == "</details>" }
            )
        }
    }

    @Test func runsOfAHistoryAsMarkdown() throws {
        let text = ReportMarkdown().render(try Self.report(Self.history()))
        #expect(text.hasPrefix("### 3 runs: 3 PASS\n"))
        #expect(text.contains("| run | began | commit | verdict | file |"))
    }
}
