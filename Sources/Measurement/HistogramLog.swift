/// A log of histograms in HdrHistogram's own format, version 1.3 and before.
///
/// The format is that of `HistogramLogWriter.java`: comments, a legend, and one ``HistogramLogEntry`` a line.
package struct HistogramLog: Sendable, Equatable {
    /// When the log began, in seconds since 1970, or nil if it does not say.
    package private(set) var startTime: Double?
    /// What the times of entries count from, in seconds since 1970, or nil if it does not say.
    package private(set) var baseTime: Double?
    /// The entries in the order of the file.
    package private(set) var entries: [HistogramLogEntry] = []
    /// What could not be read, each with the number of its line; the last line of a log may be torn.
    package private(set) var damage: [String] = []

    /// The lines at the beginning of a log.
    ///
    /// - Parameters:
    ///   - startSeconds: when the log begins, in seconds since 1970, to the millisecond.
    ///   - startText: the same for people.
    ///   - comment: who wrote it.
    /// - Returns: the lines, each with its line break.
    package static func preamble(startSeconds: String, startText: String, comment: String) -> String {
        """
        #[\(comment)]
        #[Histogram log format version 1.3]
        #[StartTime: \(startSeconds) (seconds since epoch), \(startText)]
        #[BaseTime: \(startSeconds) (seconds since epoch)]
        "StartTimestamp","Interval_Length","Interval_Max","Interval_Compressed_Histogram"

        """
    }

    /// Reads a log; what cannot be read is left out and said in ``damage``.
    package init(parsing text: String) {
        var entries: [HistogramLogEntry] = []
        self.init(scanning: text) { entries.append($0) }
        self.entries = entries
    }

    /// Reads a log entry by entry and keeps none of them: ``entries`` stays empty.
    ///
    /// An entry takes up to 270 kB, and a log of an hour has thousands.
    ///
    /// - Parameters:
    ///   - text: the log.
    ///   - visit: takes each entry, in the order of the file.
    package init(scanning text: String, visit: (HistogramLogEntry) -> Void) {
        let isWhole = text.hasSuffix("\n") || text.isEmpty
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        for (index, line) in lines.enumerated() where !line.isEmpty {
            let isTorn = !isWhole && index == lines.count - 1
            if isTorn {
                damage.append("line \(index + 1) is torn")
            } else if line.hasPrefix("#") {
                readComment(line)
            } else {
                read(line, number: index + 1, visit)
            }
        }
    }

    private mutating func read(_ line: Substring, number: Int, _ visit: (HistogramLogEntry) -> Void) {
        do throws(HistogramDecodingError) {
            if let entry = try HistogramLogEntry(parsing: line) {
                visit(entry)
            } else if !line.hasPrefix("\"StartTimestamp\"") {
                damage.append("line \(number) is not an entry")
            }
        } catch {
            damage.append("line \(number): \(error)")
        }
    }

    private mutating func readComment(_ line: Substring) {
        func time(after prefix: String) -> Double? {
            guard line.hasPrefix(prefix) else { return nil }
            return Double(line.dropFirst(prefix.count).prefix { $0 != " " })
        }
        startTime = time(after: "#[StartTime: ") ?? startTime
        baseTime = time(after: "#[BaseTime: ") ?? baseTime
    }
}
