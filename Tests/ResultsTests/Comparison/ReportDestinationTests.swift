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
            ("json:a:b.xml", .json, "a:b.xml"), ("./c:x.md", .markdown, "./c:x.md"),
        ]
    )
    func reads(_ text: String, _ format: ReportFormat, _ path: String) throws {
        let destination = try ReportDestination(parsing: text, default: .table)
        #expect(destination.format == format && destination.path == path)
    }

    @Test(
        "A name without an extension takes the default",
        arguments: ["report", "/dev/stdout", "a.b/summary", "/tmp/step_summary_1-2", ".hidden", "out/a:b"]
    )
    func fallsBack(_ text: String) throws {
        let destination = try ReportDestination(parsing: text, default: .json)
        #expect(destination.format == .json && destination.path == text)
    }

    @Test(
        "What is no output is refused with what would be one",
        arguments: [
            (
                "markdwon:report",
                "\"markdwon\" is no format (table markdown json junit github), and a file of that name is "
                    + "./markdwon:report; did you mean \"markdown:report\"?"
            ),
            (
                "x:report.md",
                "\"x\" is no format (table markdown json junit github), and a file of that name is ./x:report.md; "
                    + "for example \"markdown:report.md\""
            ),
            ("report.pdf", "\".pdf\" tells no format (.txt .md .json .xml); for example \"markdown:report.pdf\""),
            ("report.", "\".\" tells no format"), ("markdown:", "it names no file; for example \"markdown:FILE\""),
            (":x", "\"\" is no format"), ("", "it names no file; for example \"table:FILE\""),
        ]
    )
    func refuses(_ text: String, _ explanation: String) {
        let error = #expect(throws: QuantityError.self) { try ReportDestination(parsing: text, default: .table) }
        #expect(error?.explanation.hasPrefix(explanation) == true, "\(error?.explanation ?? "")")
    }
}
