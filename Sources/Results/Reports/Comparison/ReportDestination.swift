package import HarnessCore

/// A file that a report goes to, and its form there.
package struct ReportDestination: Sendable, Equatable {
    /// The form.
    package let format: ReportFormat
    /// The file.
    package let path: String

    /// Reads the value of `--output`: `FILE`, or `FORMAT:FILE` where the name does not tell the format.
    ///
    /// What stands before the first colon is a format, unless a slash is before it: `./a:b.md` is a file. A name without an
    /// extension, such as `/dev/stdout` or what `$GITHUB_STEP_SUMMARY` names, says nothing of its form.
    ///
    /// - Parameters:
    ///   - text: Such as `report.md` or `junit:out/report`.
    ///   - fallback: The form of files whose name has no extension.
    /// - Throws: `QuantityError` when there is no file, or when its format or extension is none of ours.
    package init(parsing text: String, default fallback: ReportFormat) throws(QuantityError) {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        if parts.count == 2, !parts[0].contains("/") {
            guard let named = ReportFormat(rawValue: parts[0]) else { throw Self.unknownFormat(parts[0], text) }
            (format, path) = (named, parts[1])
        } else if let ending = Self.fileExtension(text) {
            guard let told = ReportFormat(fileExtension: ending) else {
                throw Self.error(text, "\".\(ending)\" tells no format (.txt .md .json .xml)", "markdown:\(text)")
            }
            (format, path) = (told, text)
        } else {
            (format, path) = (fallback, text)
        }
        guard !path.isEmpty else { throw Self.error(text, "it names no file", "\(format.rawValue):FILE") }
    }

    /// What follows the last dot of a file's name; nil without one, and of a name that begins with it.
    private static func fileExtension(_ path: String) -> String? {
        let name = path.split(separator: "/").last ?? ""
        guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return nil }
        return String(name[name.index(after: dot)...])
    }

    private static func unknownFormat(_ word: String, _ text: String) -> QuantityError {
        let names = ReportFormat.allCases.map(\.rawValue)
        let file = text.dropFirst(word.count + 1)
        let nearest = Suggestion.nearest(to: word, in: names)
        var error = Self.error(
            text,
            "\"\(word)\" is no format (\(names.joined(separator: " "))), and a file of that name is ./\(text)",
            "\(nearest ?? "markdown"):\(file.isEmpty ? "FILE" : file)"
        )
        error.isGuess = nearest != nil
        return error
    }

    private static func error(_ text: String, _ reason: String, _ example: String) -> QuantityError {
        QuantityError(kind: "an output", value: text, reason: reason, example: example)
    }
}
