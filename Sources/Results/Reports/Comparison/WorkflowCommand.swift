/// A message that GitHub Actions shows beside a line of a file.
///
/// The form is that of the runner's commands
/// (https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands): `::error file=F,line=7,title=T::message`.
struct WorkflowCommand: Equatable {
    /// How much it matters.
    enum Severity: String, CaseIterable {
        case error
        case warning
        case notice
    }

    /// How much it matters.
    let severity: Severity
    /// The file that it is about, relative to the repository; nil where there is none.
    var file: String?
    /// The line in the file, from 1.
    var line: Int?
    /// What stands above the message.
    var title: String
    /// The message; line breaks are kept.
    var message: String

    /// The command on one line, without a line break.
    var text: String {
        var properties: [String] = []
        if let file { properties.append("file=\(Self.property(file))") }
        if file != nil, let line { properties.append("line=\(line)") }
        properties.append("title=\(Self.property(title))")
        return "::\(severity.rawValue) \(properties.joined(separator: ","))::\(Self.data(message))"
    }

    /// The commands that GitHub shows.
    ///
    /// Of each severity a step shows ten, and says nothing of the rest: here the tenth says how many there are.
    static func limited(_ commands: [WorkflowCommand], perSeverity limit: Int = 10) -> [WorkflowCommand] {
        Severity.allCases.flatMap { severity in
            let all = commands.filter { $0.severity == severity }
            guard all.count > limit else { return all }
            let rest = all.count - limit + 1
            let more = WorkflowCommand(
                severity: severity,
                title: "and \(rest) more",
                message: "\(rest) more of this kind are in the report:\n"
                    + all.suffix(rest).map(\.title).joined(separator: "\n")
            )
            return all.prefix(limit - 1) + [more]
        }
    }

    /// What a message must not contain, as the runner's own toolkit writes it: `%` first, then the line breaks.
    private static func data(_ text: String) -> String {
        text.replacing("%", with: "%25").replacing("\r\n", with: "%0D%0A").replacing("\r", with: "%0D")
            .replacing("\n", with: "%0A")
    }

    /// The same for a property, which a comma or a colon would end.
    private static func property(_ text: String) -> String {
        data(text).replacing(":", with: "%3A").replacing(",", with: "%2C")
    }
}
