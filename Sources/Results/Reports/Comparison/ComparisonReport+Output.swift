import FoundationEssentials
import HarnessCore

extension ComparisonReport {
    /// The report in a form, of which a table alone depends on where it is shown; throws when a figure cannot be encoded, because it is no number.
    package func text(as format: ReportFormat, table: ComparisonTable) throws(ResultFileError) -> String {
        switch format {
        case .table: table.render(self)
        case .markdown: ComparisonMarkdown().render(self)
        case .json: try json()
        case .junit: ComparisonJUnit().render(self)
        case .github: ComparisonAnnotations().render(self)
        }
    }

    /// The report as JSON, indented, keys sorted, with a line break at the end.
    package func json() throws(ResultFileError) -> String {
        String(decoding: try ResultFile.encode(self, "the report"), as: UTF8.self)
    }

    /// Writes the report to a file as a whole; its form does not depend on the terminal.
    package func write(to destination: ReportDestination) throws(ResultFileError) {
        let text = try text(as: destination.format, table: ComparisonTable(width: 120, showsAll: true))
        try FileAccess.write(Array(text.utf8), to: destination.path)
    }
}
