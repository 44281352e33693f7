import Testing

@testable import Results

/// Messages for GitHub Actions.
struct WorkflowCommandTests {
    @Test("Message and properties are escaped, each in its way")
    func escapes() {
        let command = WorkflowCommand(
            severity: .error,
            file: "a,b:c%.json",
            line: 7,
            title: "p95: 3 %, worse",
            message: "50 % worse\r\nsee: here, there"
        )
        // As actions/toolkit's escapeProperty and escapeData do it (packages/core/src/command.ts).
        #expect(
            command.text == "::error file=a%2Cb%3Ac%25.json,line=7,title=p95%3A 3 %25%2C worse"
                + "::50 %25 worse%0D%0Asee: here, there"
        )
    }

    @Test func aLineNeedsAFile() {
        let command = WorkflowCommand(severity: .notice, line: 7, title: "t", message: "m")
        #expect(command.text == "::notice title=t::m")
    }

    @Test("Of each severity ten are shown, the tenth saying how many there are")
    func limits() {
        let make = { (severity: WorkflowCommand.Severity, count: Int) in
            (1...count).map { WorkflowCommand(severity: severity, title: "\(severity) \($0)", message: "m") }
        }
        let shown = WorkflowCommand.limited(make(.notice, 10) + make(.error, 12) + make(.warning, 30))
        #expect(shown.count == 30)
        #expect(shown.prefix(9).map(\.title) == (1...9).map { "error \($0)" })
        #expect(shown[9].title == "and 3 more" && shown[9].severity == .error)
        #expect(shown[9].message.hasSuffix("error 10\nerror 11\nerror 12"))
        #expect(shown[19].title == "and 21 more" && shown[19].severity == .warning)
        #expect(shown.suffix(10).allSatisfy { $0.severity == .notice && !$0.title.hasPrefix("and") })
    }
}
