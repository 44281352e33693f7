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

    /// Decodes a status in JSON, skipping its details.
    ///
    /// - Parameter bytes: The body of an error answer in JSON.
    /// - Throws: ``OTLPJSONError`` when the bytes are no such message.
    package init(decodingJSON bytes: UnsafeRawBufferPointer) throws(OTLPJSONError) {
        var transcoder = OTLPJSONTranscoder()
        self = try transcoder.transcode(bytes, as: .rpcStatus) { protobuf in
            // What the transcoder writes is well-formed, and its strings are UTF-8.
            (try? RPCStatus(decoding: protobuf)) ?? RPCStatus(message: "")
        }
    }

    /// The status in JSON.
    package func encodedJSON() -> [UInt8] {
        var bytes = Array("{".utf8)
        if code != 0 { bytes += Array("\"code\":\(code),".utf8) }
        bytes += Array("\"message\":\"".utf8)
        for byte in message.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
            case 0..<0x20:
                let digits = Array("0123456789abcdef".utf8)
                bytes += Array("\\u00".utf8) + [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            default: bytes.append(byte)
            }
        }
        return bytes + Array("\"}".utf8)
    }
}
