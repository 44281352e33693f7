/// The forms that a comparison is written in, all from one model.
package enum ReportFormat: String, Sendable, CaseIterable {
    /// For people at a terminal.
    case table
    /// For a comment on a pull request or the summary of a step.
    case markdown
    /// For programs; `results/comparison.schema.json` describes it.
    case json
    /// For CI servers that show tests.
    case junit
    /// For GitHub Actions, which shows each message beside the line of a file.
    case github

    /// The format that goes with a file's name; nil where the name says nothing.
    init?(fileName: String) {
        let name = fileName.split(separator: "/").last ?? ""
        guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return nil }
        switch name[name.index(after: dot)...].lowercased() {
        case "txt", "text", "log": self = .table
        case "md", "markdown": self = .markdown
        case "json": self = .json
        case "xml": self = .junit
        default: return nil
        }
    }
}
