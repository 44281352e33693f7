import FoundationEssentials
import HarnessCore

/// Reads result files.
package enum ResultReader {
    /// Reads one result; throws when the file is missing, no JSON, of another schema version, or incomplete.
    package static func read(_ path: String) throws(ResultFileError) -> RunResult {
        try decode(FileAccess.read(path), path: path)
    }

    /// Decodes the contents of a result file; `path` is what errors call it.
    package static func decode(_ bytes: [UInt8], path: String) throws(ResultFileError) -> RunResult {
        let data = Data(bytes)
        if path.hasSuffix(".jsonl") {
            let result = String(path.dropLast("jsonl".count) + "json")
            throw ResultFileError(
                path: path,
                reason: "is the log of a run, and no result",
                hint: "make one of it: \(ShellWords.line(["bench", "report", path, "--out", result]))"
            )
        }
        let header = try header(data, path)
        guard header.pairedVersion == nil else {
            throw ResultFileError(path: path, reason: "is a paired result", hint: "bench-compare shows it")
        }
        guard header.reportVersion == nil else {
            throw ResultFileError(
                path: path,
                reason: "is a report, and no result",
                hint: "name the results that it was made of"
            )
        }
        guard let version = header.schemaVersion else {
            throw ResultFileError(path: path, reason: "is not a result: it has no \"schema_version\"")
        }
        guard let major = major(of: version) else {
            throw ResultFileError(path: path, reason: "has the schema version \"\(version)\", which is none")
        }
        guard major == Self.major(of: RunResult.currentSchemaVersion) else {
            throw ResultFileError(
                path: path,
                reason: "has the schema version \(version), and this tool reads \(RunResult.currentSchemaVersion)",
                hint: "compare with the tool that wrote it, or measure again"
            )
        }
        do {
            return try JSONDecoder().decode(RunResult.self, from: data)
        } catch {
            throw ResultFileError(path: path, reason: "is not a valid result: \(describe(error))")
        }
    }

    /// That a document is a report; its version is none of ours, a number in some and a text in others.
    struct ReportMark: Decodable {
        init(from decoder: any Decoder) throws {}
    }

    private struct Header: Decodable {
        var schemaVersion: String?
        var pairedVersion: String?
        var reportVersion: ReportMark?

        enum CodingKeys: String, CodingKey {
            case schemaVersion = "schema_version"
            case pairedVersion = "paired_version"
            case reportVersion = "report_version"
        }
    }

    private static func header(_ data: Data, _ path: String) throws(ResultFileError) -> Header {
        do {
            return try JSONDecoder().decode(Header.self, from: data)
        } catch {
            // Only when something is wrong is the strict parser asked, which knows the line.
            do {
                _ = try StrictJSON.parse(utf8: Array(data))
            } catch {
                throw ResultFileError(path: path, reason: "is not JSON: \(error)")
            }
            throw ResultFileError(path: path, reason: "is not a result: \(describe(error))")
        }
    }

    /// The first number of a version; nil for what is none.
    static func major(of version: String) -> Int? {
        let parts = version.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 3 && parts.allSatisfy { Int($0) != nil } ? Int(parts[0]) : nil
    }

    /// A decoding error in words, with the place in the document.
    static func describe(_ error: any Error) -> String {
        let place = { (context: DecodingError.Context) in
            context.codingPath.reduce(into: "") { path, key in
                path += key.intValue.map { "[\($0)]" } ?? (path.isEmpty ? "" : ".") + key.stringValue
            }
        }
        switch error as? DecodingError {
        case .keyNotFound(let key, let context):
            let parent = place(context)
            return "\(parent.isEmpty ? "the result" : parent) has no \"\(key.stringValue)\""
        case .valueNotFound(_, let context): return "\(subject(place(context))) is null"
        case .typeMismatch(let type, let context):
            return "\(subject(place(context))) is not of type \(word(for: type))"
        case .dataCorrupted(let context):
            let path = place(context)
            return path.isEmpty
                ? "it has comments, trailing commas or other forms that profiles may have and results may not"
                : corruption(path, context.debugDescription)
        default: return "\(error)"
        }
    }

    /// What is wrong with a value; a decoder's own words are for whoever wrote the decoder.
    private static func corruption(_ path: String, _ words: String) -> String {
        if words.hasPrefix("Cannot initialize"), let value = words.firstMatch(of: #/invalid \w+ value (.*)/#) {
            return "\(path) has the unknown value \"\(value.1)\""
        }
        if let number = words.firstMatch(of: #/number <?([-+.0-9eE]+)>? (does not fit|is not representable)/#) {
            return "\(path) is \(number.1), which is out of range or not a whole number"
        }
        return "\(path): \(words)"
    }

    private static func subject(_ path: String) -> String { path.isEmpty ? "the document" : path }

    /// The type as JSON calls it.
    private static func word(for type: any Any.Type) -> String {
        switch type {
        case is String.Type: "string"
        case is Bool.Type: "boolean"
        case is any FixedWidthInteger.Type: "whole number"
        case is any BinaryFloatingPoint.Type: "number"
        case is [Any].Type: "array"
        default: "object"
        }
    }
}
