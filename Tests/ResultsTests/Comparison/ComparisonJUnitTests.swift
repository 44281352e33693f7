import Foundation
import FoundationXML
import HarnessCore
import Testing

@testable import Results

/// The report for CI servers.
struct ComparisonJUnitTests {
    @Test func paired() throws {
        try Golden.expect(ComparisonJUnit().render(try SampleComparison.paired()), "comparison-junit.xml")
    }

    @Test("Every report is valid by what Jenkins' and Surefire's schemas share")
    func valid() throws {
        var error = try SampleComparison.budgets()
        error.problems = ["<gates>"]
        error.exitStatus = .usage
        var strange = try SampleComparison.broken(30)
        strange.rows[0].reason = "\u{0}\u{1B}\u{FFFE}\u{FFFF} \u{85}]]> \" ' & < \n\t\r 🚀"
        for report in [
            try SampleComparison.paired(), try SampleComparison.budgets(), try SampleComparison.empty(), error, strange,
        ] {
            let text = ComparisonJUnit().render(report)
            let found = try problems(of: text)
            #expect(found == nil)
        }
    }

    @Test(
        "The check itself finds what is wrong",
        arguments: [
            ("<testcase ", "<testcase file=\"x\" "), ("<system-out>", "<skipped type=\"x\"/><system-out>"),
            (" type=\"regressed\"", ""), ("<properties>", "<testcase name=\"x\" time=\"0\"/><properties>"),
            (" tests=\"", " test=\""), ("</testcase>", "<failure type=\"x\"/></testcase>"),
        ]
    )
    func theCheckCanFail(_ old: String, _ new: String) throws {
        let text = ComparisonJUnit().render(try SampleComparison.paired())
        let found = try problems(of: text.replacing(old, with: new, maxReplacements: 1))
        #expect(found != nil)
    }

    @Test("Counts are those of the tests, and what is not decided is skipped")
    func counts() throws {
        let report = try SampleComparison.paired()
        let root = try #require(document(ComparisonJUnit().render(report)).rootElement())
        #expect(
            root.elements(forName: "testsuite").compactMap { $0.attribute(forName: "name")?.stringValue } == [
                "flush", "sustained",
            ]
        )
        var shown: [String: String] = [:]
        for suite in root.elements(forName: "testsuite") {
            let tests = suite.elements(forName: "testcase")
            #expect(suite.attribute(forName: "tests")?.stringValue == String(tests.count))
            for kind in ["failure", "error", "skipped"] {
                let name = ["failure": "failures", "error": "errors", "skipped": "skipped"][kind] ?? ""
                let count = tests.count { !$0.elements(forName: kind).isEmpty }
                #expect(suite.attribute(forName: name)?.stringValue == String(count), "\(kind)")
            }
            for test in tests {
                let name = try #require(test.attribute(forName: "name")?.stringValue)
                shown[name] = ["failure", "error", "skipped"].first { !test.elements(forName: $0).isEmpty } ?? "pass"
            }
        }
        #expect(shown.count == report.gates.count)
        #expect(
            shown == [
                "sustained.call regression": "failure", "sustained/freshness.p99@main regression": "failure",
                "flush_latency.p95 (main) regression": "skipped", "sustained.rss regression": "skipped",
                "service_time.p99 (main) regression": "skipped", "flush_latency.max (main) budget": "skipped",
                "missed (main) regression": "skipped", "duplicated (main) regression": "error",
                "idle_cpu_percent (main) regression": "skipped", "lost (main) budget": "pass",
                "delivered_per_s (main) regression": "pass", "cpu_percent (main) regression": "pass",
            ]
        )
    }

    @Test("A verdict that no gate shows has a test of its own")
    func nothingToJudge() throws {
        let text = ComparisonJUnit().render(try SampleComparison.empty())
        #expect(text.contains("<testsuite name=\"bench-compare\" time=\"0\" tests=\"1\" errors=\"0\" skipped=\"1\""))
        #expect(!ComparisonJUnit().render(try SampleComparison.budgets()).contains("bench-compare"))
    }

    @Test("Names are different, and do not depend on the order of the rows")
    func names() throws {
        var report = try SampleComparison.broken(2)
        for index in report.rows.indices { report.rows[index].gate = nil }
        let names = { (text: String) in text.matches(of: #/testcase name="([^"]*)"/#).map { String($0.1) } }
        let first = names(ComparisonJUnit().render(report))
        #expect(Set(first).count == 2 && first == first.sorted())
        var paired = try SampleComparison.paired()
        let before = names(ComparisonJUnit().render(paired))
        paired.rows.reverse()
        #expect(names(ComparisonJUnit().render(paired)) == before)
    }

    private func document(_ text: String) throws -> XMLDocument {
        try XMLDocument(data: Data(text.utf8))
    }

    /// Validates a document with libxml2 by the stored definition; nil if it is valid.
    private func problems(of text: String) throws -> String? {
        let declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        #expect(text.hasPrefix(declaration))
        let rules = try Golden.fixture("junit-shared.dtd")
        let whole = declaration + "<!DOCTYPE testsuites [\n\(rules)]>\n" + text.dropFirst(declaration.count)
        do {
            try document(whole).validate()
        } catch {
            return "\(error)"
        }
        // What a document type definition cannot say: Surefire's SUREFIRE_TIME.
        let times = text.matches(of: #/ time="([^"]*)"/#).map(\.1)
        return times.allSatisfy { $0.wholeMatch(of: #/[0-9]+(\.[0-9]{0,3})?/#) != nil } ? nil : "a time is none"
    }
}
