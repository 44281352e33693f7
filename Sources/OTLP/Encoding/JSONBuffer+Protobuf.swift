extension JSONBuffer {
    /// Appends the JSON of an encoded message.
    ///
    /// Protobuf is what the SDK writes first for either format: the fields of a message, and the elements of a repeated
    /// field one behind the other, so that one pass suffices.
    ///
    /// - Parameters:
    ///   - message: What the bytes are.
    ///   - protobuf: An encoded message, without tag and length, as this SDK writes it. What cannot be read ends it.
    package mutating func append(_ message: OTLPMessage, protobuf: UnsafeRawBufferPointer) {
        var cursor = ProtobufCursor(protobuf)
        append(message, &cursor)
    }

    /// Appends the JSON of encoded messages, each with a comma behind it.
    ///
    /// - Parameters:
    ///   - message: What each of them is.
    ///   - protobuf: Encoded messages, each with its tag and length.
    package mutating func append(list message: OTLPMessage, protobuf: UnsafeRawBufferPointer) {
        var cursor = ProtobufCursor(protobuf)
        do throws(OTLPDecodingError) {
            while !cursor.isAtEnd {
                _ = try cursor.readTag()
                var nested = try cursor.readMessage()
                append(message, &nested)
                append(byte: UInt8(ascii: ","))
            }
        } catch {
            // Only a bug of the encoder leads here; the receiver will say so.
        }
    }

    private mutating func append(_ message: OTLPMessage, _ cursor: inout ProtobufCursor) {
        append(byte: UInt8(ascii: "{"))
        do throws(OTLPDecodingError) {
            var openList: UInt32 = 0
            while !cursor.isAtEnd {
                let tag = try cursor.readTag()
                guard let field = message.field(tag >> 3) else {
                    try cursor.skipValue(of: tag, depth: 0)
                    continue
                }
                if openList == tag {
                    append(byte: UInt8(ascii: ","))
                } else {
                    if openList != 0 { append(byte: UInt8(ascii: "]")) }
                    openList = 0
                    if last != UInt8(ascii: "{") { append(byte: UInt8(ascii: ",")) }
                    append(byte: UInt8(ascii: "\""))
                    append(ascii: field.name)
                    append(ascii: "\":" as StaticString)
                    if case .messages = field.kind {
                        append(byte: UInt8(ascii: "["))
                        openList = tag
                    }
                }
                try append(field.kind, &cursor)
            }
            if openList != 0 { append(byte: UInt8(ascii: "]")) }
        } catch {
            // Only a bug of the encoder leads here; the receiver will say so.
        }
        append(byte: UInt8(ascii: "}"))
    }

    private mutating func append(_ kind: OTLPMessage.Kind, _ cursor: inout ProtobufCursor) throws(OTLPDecodingError) {
        switch kind {
        case .text:
            append(string: try cursor.readText().bytes)
        case .hex:
            append(byte: UInt8(ascii: "\""))
            append(hex: try cursor.readText().bytes)
            append(byte: UInt8(ascii: "\""))
        case .base64:
            append(byte: UInt8(ascii: "\""))
            append(base64: try cursor.readText().bytes)
            append(byte: UInt8(ascii: "\""))
        case .number:
            append(decimal: try cursor.readVarint())
        case .int64:
            append(quoted: Int64(bitPattern: try cursor.readVarint()))
        case .sfixed64:
            append(quoted: Int64(bitPattern: try cursor.readFixed64()))
        case .fixed64:
            append(quoted: try cursor.readFixed64())
        case .fixed32:
            append(decimal: UInt64(try cursor.readFixed32()))
        case .bool:
            append(ascii: try cursor.readVarint() != 0 ? "true" : "false" as StaticString)
        case .double:
            append(double: Double(bitPattern: try cursor.readFixed64()))
        case .packedFixed64:
            try appendList(&cursor) { json, values throws(OTLPDecodingError) in
                json.append(quoted: try values.readFixed64())
            }
        case .packedDouble:
            try appendList(&cursor) { json, values throws(OTLPDecodingError) in
                json.append(double: Double(bitPattern: try values.readFixed64()))
            }
        case .message(let message), .messages(let message):
            var nested = try cursor.readMessage()
            append(message, &nested)
        }
    }

    private mutating func append(quoted value: UInt64) {
        append(byte: UInt8(ascii: "\""))
        append(decimal: value)
        append(byte: UInt8(ascii: "\""))
    }

    private mutating func append(quoted value: Int64) {
        append(byte: UInt8(ascii: "\""))
        append(decimal: value)
        append(byte: UInt8(ascii: "\""))
    }

    private mutating func appendList(
        _ cursor: inout ProtobufCursor,
        _ appendElement: (inout JSONBuffer, inout ProtobufCursor) throws(OTLPDecodingError) -> Void
    ) throws(OTLPDecodingError) {
        var values = try cursor.readMessage()
        append(byte: UInt8(ascii: "["))
        while !values.isAtEnd {
            try appendElement(&self, &values)
            append(byte: UInt8(ascii: ","))
        }
        if last == UInt8(ascii: ",") { removeLast() }
        append(byte: UInt8(ascii: "]"))
    }
}
