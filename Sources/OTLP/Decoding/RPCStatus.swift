/// `google.rpc.Status`: the body of an error answer.
///
/// "The response body for all HTTP 4xx and HTTP 5xx responses MUST be a Protobuf-encoded Status message that describes
/// the problem." https://opentelemetry.io/docs/specs/otlp/#failures-1
package struct RPCStatus: Equatable, Sendable {
    /// A `google.rpc.Code`; OTLP/HTTP does not ask for one, so it is usually 0.
    package var code: Int32

    /// What is wrong, for the developer of the sender.
    package var message: String

    /// A status with this message.
    package init(code: Int32 = 0, message: String) {
        self.code = code
        self.message = message
    }

    /// Decodes a status, skipping its details.
    ///
    /// - Parameter bytes: The body of an error answer in protobuf.
    /// - Throws: ``OTLPDecodingError`` when the bytes are malformed or the message is not UTF-8.
    package init(decoding bytes: UnsafeRawBufferPointer) throws(OTLPDecodingError) {
        self.init(message: "")
        var cursor = ProtobufCursor(bytes)
        while !cursor.isAtEnd {
            let tag = try cursor.readTag()
            switch tag {
            case RPCStatusTag.code: code = Int32(truncatingIfNeeded: try cursor.readVarint())
            case RPCStatusTag.message: message = try cursor.readText().string()
            default: try cursor.skipValue(of: tag, depth: 0)
            }
        }
    }

    /// The status in protobuf.
    package func encoded() -> [UInt8] {
        var bytes: [UInt8] = []
        func append(varint value: UInt64) {
            var rest = value
            while rest >= 0x80 {
                bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
                rest >>= 7
            }
            bytes.append(UInt8(rest))
        }
        if code != 0 {
            append(varint: UInt64(RPCStatusTag.code))
            // A negative int32 is written as a 64-bit number: ten bytes.
            append(varint: UInt64(bitPattern: Int64(code)))
        }
        if !message.isEmpty {
            append(varint: UInt64(RPCStatusTag.message))
            append(varint: UInt64(message.utf8.count))
            bytes.append(contentsOf: message.utf8)
        }
        return bytes
    }
}
