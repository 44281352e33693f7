import FoundationEssentials

/// A result as the contents of a file.
package enum ResultFile {
    /// Writes a result to a file as a whole; an earlier version of it is replaced only when the new one is complete.
    package static func write(_ result: RunResult, to path: String) throws(ResultFileError) {
        try FileAccess.write(encode(result, path), to: path)
    }

    /// Writes a paired result to a file as a whole.
    package static func write(_ result: PairedResult, to path: String) throws(ResultFileError) {
        try FileAccess.write(encode(result, path), to: path)
    }

    /// Writes a report of another kind, such as that of a self-test, to a file as a whole.
    package static func write(_ report: some Encodable, to path: String) throws(ResultFileError) {
        try FileAccess.write(encode(report, path), to: path)
    }

    /// What a report's file contains, as text.
    package static func text(of report: some Encodable) throws(ResultFileError) -> String {
        String(decoding: try encode(report, "the report"), as: UTF8.self)
    }

    /// What such a file contains, as text; `path` is what an error calls it.
    package static func text(of result: RunResult, path: String) throws(ResultFileError) -> String {
        String(decoding: try encode(result, path), as: UTF8.self)
    }

    /// The file's contents: indented JSON with sorted keys, so that two results can be compared line by line.
    static func encode(_ result: some Encodable, _ path: String) throws(ResultFileError) -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        var data = try FileAccess.attempt("cannot be encoded", path) { try encoder.encode(result) }
        data.append(UInt8(ascii: "\n"))
        return data
    }
}
