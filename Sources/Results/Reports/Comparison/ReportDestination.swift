package import HarnessCore

/// A file that a report goes to, and its form there.
package struct ReportDestination: Sendable, Equatable {
    /// The form.
    package let format: ReportFormat
    /// The file.
    package let path: String

    /// Reads the value of `--output`: `FILE`, or `FORMAT:FILE` where the name does not tell the format.
    ///
    /// - Parameters:
    ///   - text: Such as `report.md` or `junit:out/report`.
    ///   - fallback: The form of files whose name tells none; nil where there must be one.
    /// - Throws: `QuantityError` when there is no file, or its form is unknown.
    package init(parsing text: String, default fallback: ReportFormat? = nil) throws(QuantityError) {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let named = parts.count == 2 ? ReportFormat(rawValue: parts[0]) : nil
        path = named == nil ? text : parts[1]
        guard !path.isEmpty else { throw Self.error(text, "it names no file") }
        guard let format = named ?? ReportFormat(fileName: path) ?? fallback else {
            let nearest =
                parts.count == 2 && !parts[0].contains("/")
                ? Suggestion.nearest(to: parts[0], in: ReportFormat.allCases.map(\.rawValue)) : nil
            throw nearest.map { nearest in
                QuantityError(
                    kind: "an output",
                    value: text,
                    reason: "\"\(parts[0])\" is no format",
                    example: "\(nearest):\(parts[1])",
                    isGuess: true
                )
            } ?? Self.error(text, "its name does not tell the format (.txt .md .json .xml)")
        }
        self.format = format
    }

    private static func error(_ text: String, _ reason: String) -> QuantityError {
        QuantityError(
            kind: "an output",
            value: text,
            reason: reason,
            example: "markdown:\(text.isEmpty ? "FILE" : text)"
        )
    }
}
