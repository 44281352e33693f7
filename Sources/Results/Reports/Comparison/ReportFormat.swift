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

    /// The format that goes with the extension of a file's name; nil where none does.
    init?(fileExtension: String) {
        switch fileExtension.lowercased() {
        case "txt", "text", "log": self = .table
        case "md", "markdown": self = .markdown
        case "json": self = .json
        case "xml": self = .junit
        default: return nil
        }
    }
}
