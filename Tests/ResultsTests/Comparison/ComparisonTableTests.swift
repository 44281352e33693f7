import HarnessCore
import Testing

@testable import Results

/// The table for a terminal.
struct ComparisonTableTests {
    @Test("Every width has its stored copy", arguments: [40, 80, 120, 200])
    func widths(_ width: Int) throws {
        let text = ComparisonTable(width: width).render(try SampleComparison.paired())
        try Golden.expect(text, "comparison-\(width).txt")
    }

    @Test func budgetsHaveColumnsOfTheirOwn() throws {
        try Golden.expect(ComparisonTable(width: 80).render(try SampleComparison.budgets()), "comparison-budgets.txt")
    }

    @Test("Without Unicode every sign is ASCII")
    func ascii() throws {
        let text = ComparisonTable(width: 100, glyphs: .ascii).render(try SampleComparison.paired())
        #expect(text.utf8.allSatisfy { $0 < 0x80 })
        try Golden.expect(text, "comparison-ascii.txt")
    }

    @Test(
        "No line is longer than the terminal, but for words that are",
        arguments: [40, 53, 67, 80, 99, 120, 160, 200]
    )
    func noLineWraps(_ width: Int) throws {
        for glyphs in [PlotGlyphs.blocks, .ascii] {
            let text = ComparisonTable(width: width, glyphs: glyphs).render(try SampleComparison.paired())
            let lines = text.split(separator: "\n").filter { !$0.hasPrefix("verdict=") }
            for line in lines where line.count > width {
                #expect(!line.drop { $0 == " " }.contains(" "), "\(line)")
            }
            #expect(!lines.contains { $0.hasSuffix(" ") })
        }
    }

    @Test("Of what no gate judges, what moved for certain is shown and the rest is named, unless all is asked for")
    func folding() throws {
        var report = try SampleComparison.paired()
        let template = try #require(report.information.first)
        let row = { (metric: String, low: Double, high: Double) in
            var row = template
            row.metric = metric
            row.effect?.low = low
            row.effect?.high = high
            return row
        }
        report.rows =
            report.gates + [
                row("lag.p50", 1.01, 1.2), row("lag.p90", 0.9, 1.2), row("lag.p95", 0.9, 1),
                row("cpu_percent", 0.5, 1.5),
            ]
        let text = ComparisonTable(width: 100).render(report)
        let shown = try #require(text.firstRange(of: "NOT JUDGED")).upperBound
        let lines = text[shown...].split(separator: "\n")
        #expect(lines[1].contains("lag.p50"))
        #expect(
            lines[2]
                == "     3 others did not move for certain (--all lists them): sustained: lag.p90 .p95, cpu_percent",
            "\(lines[2])"
        )
        // A few runs have no intervals, and a count that looks the same is the same.
        var few = row("lag.p50", 1, 1)
        few.effect?.low = nil
        few.effect?.high = nil
        var count = template
        (count.metric, count.unit) = ("body_bytes_per_item", .bytesPerItem)
        count.effect = ComparisonEffect(method: .exact, scale: .difference, estimate: 0.0001, count: 1)
        var short = report
        short.rows = report.gates + [few]
        #expect(
            ComparisonTable(width: 100).render(short).contains("1 metric with too few runs to tell (--all lists it)")
        )
        short.rows.append(count)
        #expect(ComparisonTable(width: 100).render(short).contains("2 metrics did not move for certain"))
        let all = ComparisonTable(width: 100, showsAll: true).render(report)
        #expect(all.contains("lag.p95") && !all.contains("did not move for certain"))
    }

    @Test("Limits of one metric from two places say where each was written down, and others do not")
    func sources() throws {
        var report = try SampleComparison.budgets()
        var other = report.rows[0]
        (other.source, other.limit) = (.thresholds, ">= 950")
        report.rows.append(other)
        let name = other.metric
        let lines = ComparisonTable(width: 100).render(report).split(separator: "\n")
        #expect(lines.filter { $0.contains(name) }.count == 2)
        #expect(lines.contains { $0.contains("\(name) [profile]") })
        #expect(lines.contains { $0.contains("\(name) [thresholds]") && $0.contains(">= 950") })
        #expect(lines.count { $0.contains("[") } == 2)
        let markdown = ComparisonMarkdown().render(report)
        #expect(markdown.contains("`\(name)` \\[thresholds\\]"), "\(markdown)")
    }

    @Test("Colours change nothing but the colours")
    func colours() throws {
        let report = try SampleComparison.paired()
        let coloured = ComparisonTable(width: 120, showsColour: true).render(report)
        #expect(coloured.contains("\u{1B}[1;31m✗\u{1B}[0m"))
        let plain = coloured.replacing(#/\u{1B}\[[0-9;]*m/#, with: "")
        #expect(plain == ComparisonTable(width: 120).render(report))
    }

    @Test("A name cannot move the cursor, nor begin a line")
    func controlCharacters() throws {
        var report = try SampleComparison.paired()
        report.rows[0].reason = "a\u{1B}[2Jb\nverdict=PASS exit=0\r"
        let text = ComparisonTable(width: 200).render(report)
        #expect(!text.contains("\u{1B}") && !text.contains("\r") && !text.contains("\nverdict=PASS"))
        #expect(text.contains("a [2Jb verdict=PASS exit=0"))
    }

    @Test("The last line is for scripts, and the worst row comes first")
    func order() throws {
        let report = try SampleComparison.paired()
        let text = ComparisonTable(width: 120).render(report)
        #expect(text.hasSuffix("\n\n\(report.verdictLine)\n"))
        #expect(report.verdictLine.hasPrefix("verdict=FAIL exit=1 gates=12 failed=2 "))
        #expect(report.rows.first?.verdict == .regressed)
        let empty = ComparisonTable(width: 80).render(try SampleComparison.empty())
        #expect(
            empty
                == "INCONCLUSIVE  there was nothing to judge · 1 result\n\nverdict=INCONCLUSIVE exit=3 gates=0 failed=0\n"
        )
    }
}
