import FoundationEssentials
import HarnessCore
import Measurement

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

    /// Reads a file for its figures alone: distributions are empty where no figure has to be worked out from them.
    ///
    /// It takes a tenth of the time and memory. A result whose figures are those of several phases together is read whole,
    /// and so is a file that something is wrong with, for the sake of the message.
    package static func readFigures(_ path: String) throws(ResultFileError) -> ResultDocument {
        let bytes = try FileAccess.read(path)
        let decoder = JSONDecoder()
        decoder.userInfo[LatencySummary.leavesOutDistributions] = true
        guard let figures = try? decoder.decode(Figures.self, from: Data(bytes)).document, !figures.mergesPhases else {
            return try decode(bytes, path: path)
        }
        return figures
    }

    /// Whether a file is a report in JSON, such as `bench-compare` writes, which people keep beside results.
    package static func isReport(_ path: String) -> Bool {
        struct Header: Decodable {
            let reportVersion: ResultReader.ReportMark

            enum CodingKeys: String, CodingKey { case reportVersion = "report_version" }
        }
        guard let bytes = try? FileAccess.read(path) else { return false }
        return (try? JSONDecoder().decode(Header.self, from: Data(bytes))) != nil
    }

    /// Whether a figure of the document is one of several phases together.
    private var mergesPhases: Bool {
        let results =
            switch self {
            case .run(let result): [result]
            case .paired(let paired):
                [paired.baseline.result, paired.candidate.result]
                    + (paired.confirmation.map { [$0.baseline, $0.candidate] } ?? [])
            }
        return results.contains { result in
            result.repetitions.contains { $0.reportedPhases.count { !$0.isIdle } > 1 }
        }
    }

    /// A document of a version that this tool reads, decoded in one go.
    private struct Figures: Decodable {
        var document: ResultDocument

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: Header.CodingKeys.self)
            let (version, current): (String?, String)
            if let paired = try container.decodeIfPresent(String.self, forKey: .pairedVersion) {
                (version, current) = (paired, PairedResult.currentVersion)
                document = .paired(try PairedResult(from: decoder))
            } else {
                version = try container.decodeIfPresent(String.self, forKey: .schemaVersion)
                current = RunResult.currentSchemaVersion
                document = .run(try RunResult(from: decoder))
            }
            guard let version, ResultReader.major(of: version) == ResultReader.major(of: current) else {
                throw DecodingError.dataCorrupted(
                    DecodingError.Context(codingPath: [], debugDescription: "the version is another")
                )
            }
        }
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
        var schemaVersion: String?

        enum CodingKeys: String, CodingKey {
            case pairedVersion = "paired_version"
            case schemaVersion = "schema_version"
        }
    }
}
