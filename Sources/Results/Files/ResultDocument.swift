import FoundationEssentials
import HarnessCore

/// What a file of results can be.
package enum ResultDocument: Sendable {
    /// One run.
    case run(RunResult)
    /// Two sides measured in turn.
    case paired(PairedResult)

    /// Reads a file; throws when it is missing, no JSON, of another version, or incomplete.
    package static func read(_ path: String) throws(ResultFileError) -> ResultDocument {
        try decode(FileAccess.read(path), path: path)
    }

    /// Decodes the contents of a file; `path` is what errors call it.
    package static func decode(_ bytes: [UInt8], path: String) throws(ResultFileError) -> ResultDocument {
        let data = Data(bytes)
        // What is no paired result, or no JSON at all, the reader of results has the better message for.
        guard let version = (try? JSONDecoder().decode(Header.self, from: data))?.pairedVersion else {
            return .run(try ResultReader.decode(bytes, path: path))
        }
        let current = PairedResult.currentVersion
        guard ResultReader.major(of: version) == ResultReader.major(of: current) else {
            throw ResultFileError(
                path: path,
                reason: "has the paired version \(version), and this tool reads \(current)",
                hint: "compare with the tool that wrote it, or measure again"
            )
        }
        do {
            return .paired(try JSONDecoder().decode(PairedResult.self, from: data))
        } catch {
            throw ResultFileError(path: path, reason: "is not a valid paired result: \(ResultReader.describe(error))")
        }
    }

    private struct Header: Decodable {
        var pairedVersion: String?

        enum CodingKeys: String, CodingKey {
            case pairedVersion = "paired_version"
        }
    }
}
