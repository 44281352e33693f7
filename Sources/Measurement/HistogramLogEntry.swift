/// One line of an HdrHistogram log: what was recorded in an interval, of one tag.
///
///     Tag=main.service,12.020,1.000,0.412,HISTFAAAAD…
///         tag          start  length max  histogram       times in seconds, the maximum in milliseconds
package struct HistogramLogEntry: Sendable, Equatable {
    /// What the histogram is of, or nil.
    package var tag: String?
    /// The start of the interval, in seconds from the log's base time.
    package var startSeconds: Double
    /// The length of the interval, in seconds.
    package var lengthSeconds: Double
    /// What was recorded, in nanoseconds.
    package var histogram: HistogramSnapshot

    /// Creates an entry.
    package init(tag: String?, startSeconds: Double, lengthSeconds: Double, histogram: HistogramSnapshot) {
        self.tag = tag
        self.startSeconds = startSeconds
        self.lengthSeconds = lengthSeconds
        self.histogram = histogram
    }

    /// The entry as a line with its line break.
    ///
    /// - Throws: `CompressionError.outOfMemory`.
    package func line() throws -> String {
        let prefix = tag.map { "Tag=\($0)," } ?? ""
        let maximum = Double(histogram.max ?? 0) / 1e6
        let numbers = [startSeconds, lengthSeconds, maximum].map(Self.threeDecimals).joined(separator: ",")
        return "\(prefix)\(numbers),\(try histogram.base64V2Compressed())\n"
    }

    /// Makes a word that may stand in a tag: whatever would end the tag, and what is not ASCII, becomes an underscore.
    package static func tagWord(_ text: String) -> String {
        String(text.map { $0.isASCII && ($0.isLetter || $0.isNumber || "-_".contains($0)) ? $0 : "_" })
    }

    /// Reads a line.
    ///
    /// - Throws: ``HistogramDecodingError`` if the histogram cannot be read.
    /// - Returns: nil for a line that is not an entry: a comment, the legend.
    init?(parsing line: Substring) throws(HistogramDecodingError) {
        var fields = line.split(separator: ",", omittingEmptySubsequences: false)
        if let first = fields.first, first.hasPrefix("Tag=") {
            tag = String(first.dropFirst(4))
            fields.removeFirst()
        }
        guard fields.count == 4, let start = Double(fields[0]), let length = Double(fields[1]), Double(fields[2]) != nil
        else { return nil }
        startSeconds = start
        lengthSeconds = length
        histogram = try HistogramSnapshot(base64V2Compressed: String(fields[3]))
    }

    private static func threeDecimals(_ value: Double) -> String {
        let thousandths = Int64((value * 1000).rounded())
        let rest = thousandths.magnitude % 1000
        let padding = rest < 10 ? "00" : rest < 100 ? "0" : ""
        return "\(thousandths < 0 ? "-" : "")\(thousandths.magnitude / 1000).\(padding)\(rest)"
    }
}
