import HarnessCore
import Testing

@testable import Results

/// The values of `--output`.
struct ReportDestinationTests {
    @Test(
        "The format is told by the name, or before it",
        arguments: [
            ("report.md", ReportFormat.markdown, "report.md"), ("out/a.b/report.JSON", .json, "out/a.b/report.JSON"),
            ("junit.xml", .junit, "junit.xml"), ("report.txt", .table, "report.txt"),
            ("markdown:summary", .markdown, "summary"), ("github:/dev/stdout", .github, "/dev/stdout"),
            ("json:a:b.xml", .json, "a:b.xml"), ("c:x.md", .markdown, "c:x.md"),
        ]
    )
    func reads(_ text: String, _ format: ReportFormat, _ path: String) throws {
        let destination = try ReportDestination(parsing: text)
        #expect(destination.format == format && destination.path == path)
    }

    @Test("A name that tells no format takes the default, where there is one")
    func fallsBack() throws {
        #expect(try ReportDestination(parsing: "report", default: .json).format == .json)
        #expect(try ReportDestination(parsing: "report.md", default: .json).format == .markdown)
    }

    @Test(
        "What is no output is refused with what would be one",
        arguments: [
            ("report", "its name does not tell the format (.txt .md .json .xml); for example \"markdown:report\""),
            ("markdwon:report", "\"markdwon\" is no format; did you mean \"markdown:report\"?"),
            ("markdown:", "it names no file; for example \"markdown:markdown:\""), (".md", "its name does not tell"),
            ("", "it names no file"),
        ]
    )
    func refuses(_ text: String, _ explanation: String) {
        let error = #expect(throws: QuantityError.self) { try ReportDestination(parsing: text) }
        #expect(error?.explanation.hasPrefix(explanation) == true, "\(error?.explanation ?? "")")
    }
}
