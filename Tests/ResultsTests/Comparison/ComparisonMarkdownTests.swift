import Testing

@testable import Results

/// The report for a pull request.
struct ComparisonMarkdownTests {
    @Test func paired() throws {
        try Golden.expect(ComparisonMarkdown().render(try SampleComparison.paired()), "comparison.md")
    }

    @Test func budgets() throws {
        try Golden.expect(ComparisonMarkdown().render(try SampleComparison.budgets()), "comparison-budgets.md")
    }

    @Test("However much there is to say, it fits, and what does not is counted", arguments: [2_000, 5_000, 60_000])
    func fits(_ limit: Int) throws {
        let report = try SampleComparison.broken(2_000)
        let text = ComparisonMarkdown(limit: limit).render(report)
        #expect(text.utf8.count <= limit)
        #expect(text.hasSuffix("\n`\(report.verdictLine)`\n") && text.hasPrefix("### FAIL: 2000 of 2000 gates broken"))
        let more = try #require(text.firstMatch(of: #/and (\d+) more rows/#).flatMap { Int($0.1) })
        #expect(more + text.count(of: "regressed |") == 2_000)
        #expect(text.count(of: "<details>") == text.count(of: "</details>"))
    }

    @Test("One text cannot take the room of all")
    func clips() throws {
        var report = try SampleComparison.paired()
        report.rows[0].reason = String(repeating: "x", count: 100_000)
        let text = ComparisonMarkdown().render(report)
        #expect(text.utf8.count < 20_000 && text.contains("xxx…"))
    }

    @Test("Every row of a table has as many cells as its head")
    func cells() throws {
        let text = ComparisonMarkdown().render(try SampleComparison.paired())
        var cells: Int?
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            guard line.hasPrefix("|") else {
                cells = nil
                continue
            }
            let count = line.replacing("\\|", with: "").count { $0 == "|" }
            #expect(count == cells ?? count, "\(line)")
            cells = count
        }
    }
}

extension String {
    /// How often a text occurs.
    fileprivate func count(of text: String) -> Int { components(separated: text) - 1 }

    private func components(separated text: String) -> Int {
        split(separator: text, omittingEmptySubsequences: false).count
    }
}
