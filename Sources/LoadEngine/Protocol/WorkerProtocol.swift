package import FoundationEssentials

/// What both sides of the worker protocol share: one JSON object a line, with its `type` in it.
///
/// The controller writes ``ControllerMessage``s to the worker's standard input; the worker answers with
/// ``WorkerMessage``s on its standard output, and nothing else ever appears there.
///
///     controller                          worker
///        │ ── configure ───────────────────▶ │  makes the system and its producers
///        │ ◀─────────────── ready | failed ── │
///        │ ── start {phase 0} ──────────────▶ │
///        │ ◀──────────────────── interval … ── │  each second, and once more after the flush
///        │ ◀──────────────────── checkpoint ── │
///        │ ── start {phase 1} ──────────────▶ │  … until the last phase, or `stop`
///        │ ── finish ───────────────────────▶ │  only if `configure` asked it to wait for that
///        │ ◀────────────────────── finished ── │  after the system's shutdown
///        │ ── quit, or end of input ────────▶ │  the process ends
package enum WorkerProtocol {
    /// The version that this program speaks.
    package static let version = 1

    /// A message as one line: its JSON without line breaks, and a line feed.
    package static func line(_ message: some Encodable) throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        var line = try encoder.encode(message)
        line.append(0x0A)
        return line
    }

    /// The message of one line.
    ///
    /// - Parameters:
    ///   - type: the messages that are expected.
    ///   - line: with or without its line feed.
    /// - Returns: the message.
    /// - Throws: ``WorkerProtocolError``, which says what is wrong and quotes the start of the line.
    package static func message<Message: Decodable>(
        _ type: Message.Type,
        from line: some Collection<UInt8>
    ) throws(WorkerProtocolError) -> Message {
        let data = Data(line)
        do {
            return try JSONDecoder().decode(type, from: data)
        } catch {
            throw WorkerProtocolError(reason: WorkerProtocolError.sentence(for: error), line: data)
        }
    }
}

/// A line that is not a message of the worker protocol.
package struct WorkerProtocolError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What is wrong with the line.
    package let reason: String
    /// The start of the line.
    package let excerpt: String

    /// Creates an error that quotes at most 120 bytes of the line.
    package init(reason: String, line: Data) {
        self.reason = reason
        excerpt = String(decoding: line.prefix(120), as: UTF8.self) + (line.count > 120 ? "…" : "")
    }

    /// The sentence for the user.
    package var description: String { "not a message of the worker protocol: \(reason); the line is: \(excerpt)" }

    /// Says why something could not be decoded: which key, and what is wrong with it.
    package static func sentence(for error: any Error) -> String {
        guard let error = error as? DecodingError else { return "\(error)" }
        func place(_ context: DecodingError.Context) -> String {
            context.codingPath.map(\.stringValue).joined(separator: ".")
        }
        /// The decoder's words for a case that an enum does not have name a type, which means nothing to a user.
        func plain(_ words: String) -> String {
            guard words.hasPrefix("Cannot initialize "), let value = words.split(separator: " ").last else {
                return words
            }
            return "\"\(value)\" has no meaning there"
        }
        switch error {
        case .keyNotFound(let key, let context):
            let path = place(context)
            return "\"\(key.stringValue)\" is missing\(path.isEmpty ? "" : " in \(path)")"
        case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
            let path = place(context)
            return "\(path.isEmpty ? "" : "\(path): ")\(plain(context.debugDescription))"
        @unknown default:
            return "\(error)"
        }
    }
}
