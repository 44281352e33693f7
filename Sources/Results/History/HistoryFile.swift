import FoundationEssentials

/// A history: a file with one JSON object a line, one line a run.
package enum HistoryFile {
    /// Reads a history.
    ///
    /// - Parameter path: of the file.
    /// - Returns: its runs, the oldest first.
    /// - Throws: `ResultFileError` that names the line that is wrong; also for a run that is there twice.
    package static func read(_ path: String) throws(ResultFileError) -> [HistoryEntry] {
        try parse(FileAccess.read(path), path: path)
    }

    /// Reads the contents of a history; `path` is what errors call it.
    package static func parse(_ bytes: [UInt8], path: String) throws(ResultFileError) -> [HistoryEntry] {
        var entries: [HistoryEntry] = []
        var known: [String: Int] = [:]
        for (index, line) in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated()
        where !line.isEmpty {
            let place = "\(path):\(index + 1):"
            let entry: HistoryEntry
            do {
                entry = try JSONDecoder().decode(HistoryEntry.self, from: Data(line))
            } catch {
                throw ResultFileError(
                    path: place,
                    reason: "is not a run of a history: \(ResultReader.describe(error))",
                    hint: "remove the line, or take the file from version control"
                )
            }
            guard entry.historyVersion == HistoryEntry.currentVersion else {
                throw ResultFileError(
                    path: place,
                    reason:
                        "has the version \(entry.historyVersion), and this tool reads \(HistoryEntry.currentVersion)"
                )
            }
            if let first = known.updateValue(index + 1, forKey: entry.runID) {
                throw ResultFileError(
                    path: place,
                    reason: "is the run of line \(first) again",
                    hint: "remove one of them"
                )
            }
            entries.append(entry)
        }
        return entries.sorted { $0.startedAt < $1.startedAt }
    }

    /// The line of a run, with its line break.
    package static func line(_ entry: HistoryEntry) throws(ResultFileError) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let data = try FileAccess.attempt("cannot be encoded", entry.runID) { try encoder.encode(entry) }
        return Array(data) + [UInt8(ascii: "\n")]
    }
}
