/// The answer to a logs request: `ExportLogsServiceResponse`.
///
/// "The server MUST leave the partial_success field unset in case of a successful response."
/// https://opentelemetry.io/docs/specs/otlp/#full-success-1: so full success is a message of no bytes.
package struct ExportLogsResponse: Equatable, Sendable {
    /// How many records the receiver did not take; 0 on full success.
    ///
    /// The sender must not send them again.
    package var rejectedLogRecords: Int64 = 0

    /// Why they were rejected, or, with none rejected, a warning; empty when there is nothing to say.
    package var errorMessage: String = ""

    /// An answer that reports full success.
    package init() {}

    /// Decodes an answer.
    ///
    /// - Parameter bytes: The body of the answer; may be empty.
    /// - Throws: ``OTLPDecodingError`` when the bytes are malformed or the message is not UTF-8.
    package init(decoding bytes: UnsafeRawBufferPointer) throws(OTLPDecodingError) {
        var response = ProtobufCursor(bytes)
        while !response.isAtEnd {
            let tag = try response.readTag()
            guard tag == ExportLogsResponseTag.partialSuccess else {
                try response.skipValue(of: tag, depth: 0)
                continue
            }
            var partial = try response.readMessage()
            while !partial.isAtEnd {
                let tag = try partial.readTag()
                switch tag {
                case ExportLogsPartialSuccessTag.rejectedLogRecords:
                    rejectedLogRecords = Int64(bitPattern: try partial.readVarint())
                case ExportLogsPartialSuccessTag.errorMessage: errorMessage = try partial.readText().string()
                default: try partial.skipValue(of: tag, depth: 1)
                }
            }
        }
    }

    /// Decodes an answer in JSON, to a request of whichever signal.
    ///
    /// - Parameter bytes: The body of the answer.
    /// - Throws: ``OTLPJSONError`` when the bytes are no such message.
    package init(decodingJSON bytes: UnsafeRawBufferPointer) throws(OTLPJSONError) {
        var transcoder = OTLPJSONTranscoder()
        self = try transcoder.transcode(bytes, as: .exportResponse) { protobuf in
            // What the transcoder writes is well-formed, and its strings are UTF-8.
            (try? ExportLogsResponse(decoding: protobuf)) ?? ExportLogsResponse()
        }
    }
}
