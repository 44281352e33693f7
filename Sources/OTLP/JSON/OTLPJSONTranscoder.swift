/// Turns OTLP/JSON into the protobuf that it stands for, so that one decoder reads both.
///
/// One pass over the text, straight into memory that is used again for the next request: nothing is allocated per record.
/// The size of a message is not known before its end, so its length takes five bytes, padded, which protobuf allows.
///
/// Strict, as the specification is: ids in hexadecimal, enums as integers, names in lowerCamelCase, integers of 64 bits as
/// strings or numbers, nothing twice. `null` stands for a field that is not set, and unknown fields are skipped.
///
/// Source: https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding, https://protobuf.dev/programming-guides/json/.
package struct OTLPJSONTranscoder: ~Copyable {
    /// Memory kept between requests: 4 MiB.
    private static let retainedCapacity = 4 << 20

    private var output: ProtobufOutput
    /// Members that OTLP does not have, which were skipped in the last text.
    package private(set) var unknownMembers = UnknownMembers()

    /// A transcoder without memory of its own yet.
    package init() {
        output = ProtobufOutput()
    }

    /// Reads a request.
    ///
    /// - Parameters:
    ///   - json: An export request of the signal in JSON.
    ///   - signal: The signal.
    ///   - body: Takes the request in protobuf; the bytes are valid only during the call.
    /// - Returns: What `body` returns.
    /// - Throws: ``OTLPJSONError`` when the text is not such a request.
    package mutating func transcode<Result>(
        _ json: UnsafeRawBufferPointer,
        of signal: OTLPSignal,
        _ body: (UnsafeRawBufferPointer) -> Result
    ) throws(OTLPJSONError) -> Result {
        let message: JSONMessage =
            switch signal {
            case .logs: .exportLogs
            case .traces: .exportTraces
            case .metrics: .exportMetrics
            }
        return try transcode(json, as: message, body)
    }

    internal mutating func transcode<Result>(
        _ json: UnsafeRawBufferPointer,
        as message: JSONMessage,
        _ body: (UnsafeRawBufferPointer) -> Result
    ) throws(OTLPJSONError) -> Result {
        defer { output.clear(keeping: Self.retainedCapacity) }
        unknownMembers = UnknownMembers()
        do {
            _ = try UTF8Span(validating: json.bindMemory(to: UInt8.self).span)
        } catch {
            throw OTLPJSONError(.invalidUTF8, at: error.byteOffsets.lowerBound)
        }
        output.reserve(json.count)
        var cursor = JSONCursor(json)
        try readObject(message, &cursor, depth: 0)
        cursor.skipSpace()
        guard cursor.peek == nil else { throw cursor.error(.invalidSyntax) }
        return body(output.bytes)
    }

    // MARK: - Objects

    /// Reads an object that is a message; the message's length is the caller's business.
    private mutating func readObject(
        _ message: JSONMessage,
        _ cursor: inout JSONCursor,
        depth: Int
    ) throws(OTLPJSONError) {
        guard depth <= OTLPDecoder.maximumNesting else { throw cursor.error(.nestingTooDeep) }
        guard cursor.take(UInt8(ascii: "{")) else { throw cursor.wrongType() }
        if cursor.take(UInt8(ascii: "}")) { return }
        let schema = JSONSchema.shared
        // A bit for each field that has come; the top bit stands for all members of the oneof.
        var known: UInt32 = 0
        var hint = 0
        repeat {
            cursor.skipSpace()
            let start = cursor.offset
            let name = try cursor.readString()
            let found = schema.field(name, of: message, from: hint)
            // The name is valid until the next string is read.
            try cursor.expect(UInt8(ascii: ":"))
            guard let (index, field) = found else {
                unknownMembers.note(name, of: message, at: start)
                try cursor.skipValue(depth: depth)
                continue
            }
            hint = index + 1
            cursor.skipSpace()
            // "null is an accepted value for all field types and treated as the default value".
            if cursor.takeWord("null") { continue }
            let bits: UInt32 = 1 << UInt32(index) | (field.isInOneof ? 1 << 31 : 0)
            guard known & bits == 0 else { throw OTLPJSONError(.duplicateField, at: start) }
            known |= bits
            if field.isRepeated {
                try readArray(field, &cursor, depth: depth)
            } else {
                output.append(varint: UInt64(field.tag))
                try readValue(field, &cursor, depth: depth)
            }
        } while cursor.take(UInt8(ascii: ","))
        try cursor.expect(UInt8(ascii: "}"))
    }

    /// Reads an array: of messages, each of which is a field of its own, or of numbers, which are packed into one.
    private mutating func readArray(
        _ field: JSONField,
        _ cursor: inout JSONCursor,
        depth: Int
    ) throws(OTLPJSONError) {
        guard cursor.take(UInt8(ascii: "[")) else { throw cursor.wrongType() }
        if cursor.take(UInt8(ascii: "]")) { return }
        let isPacked = field.kind != .message
        var start = 0
        if isPacked {
            output.append(varint: UInt64(field.tag))
            start = output.begin()
        }
        repeat {
            if !isPacked { output.append(varint: UInt64(field.tag)) }
            cursor.skipSpace()
            try readValue(field, &cursor, depth: depth)
        } while cursor.take(UInt8(ascii: ","))
        try cursor.expect(UInt8(ascii: "]"))
        if isPacked { output.end(start) }
    }

    // MARK: - Values

    private mutating func readValue(
        _ field: JSONField,
        _ cursor: inout JSONCursor,
        depth: Int
    ) throws(OTLPJSONError) {
        switch field.kind {
        case .message:
            let start = output.begin()
            try readObject(field.message, &cursor, depth: depth + 1)
            output.end(start)
        case .string:
            output.append(lengthDelimited: try cursor.readText().bytes)
        case .hexadecimal:
            try readHexadecimal(&cursor)
        case .base64:
            try readBase64(&cursor)
        case .bool:
            if cursor.takeWord("true") {
                output.append(byte: 1)
            } else if cursor.takeWord("false") {
                output.append(byte: 0)
            } else {
                throw cursor.wrongType()
            }
        case .enumeration:
            guard cursor.peek != UInt8(ascii: "\"") else { throw cursor.error(.enumName) }
            let value = try cursor.readSigned(in: Int64(Int32.min)...Int64(Int32.max))
            output.append(varint: UInt64(bitPattern: value))
        case .uint32:
            output.append(varint: try cursor.readUnsigned(upTo: UInt64(UInt32.max)))
        case .fixed32:
            output.append(fixed32: UInt32(try cursor.readUnsigned(upTo: UInt64(UInt32.max))))
        case .sint32:
            let value = Int32(try cursor.readSigned(in: Int64(Int32.min)...Int64(Int32.max)))
            output.append(varint: UInt64(UInt32(bitPattern: value << 1 ^ value >> 31)))
        case .int64:
            output.append(varint: UInt64(bitPattern: try cursor.readSigned(in: Int64.min...Int64.max)))
        case .uint64:
            output.append(varint: try cursor.readUnsigned(upTo: .max))
        case .fixed64:
            output.append(fixed64: try cursor.readUnsigned(upTo: .max))
        case .sfixed64:
            output.append(fixed64: UInt64(bitPattern: try cursor.readSigned(in: Int64.min...Int64.max)))
        case .double:
            output.append(fixed64: try cursor.readDouble().bitPattern)
        }
    }

    private mutating func readHexadecimal(_ cursor: inout JSONCursor) throws(OTLPJSONError) {
        let start = cursor.offset
        let text = try cursor.readText().bytes
        guard text.count.isMultiple(of: 2) else { throw OTLPJSONError(.invalidHexadecimal, at: start) }
        output.append(varint: UInt64(text.count / 2))
        for index in stride(from: 0, to: text.count, by: 2) {
            guard let high = text[index].hexadecimalDigit, let low = text[index + 1].hexadecimalDigit else {
                throw OTLPJSONError(.invalidHexadecimal, at: start)
            }
            output.append(byte: high << 4 | low)
        }
    }

    /// Reads base64 of either alphabet, with or without padding, as protobuf's JSON rules.
    private mutating func readBase64(_ cursor: inout JSONCursor) throws(OTLPJSONError) {
        let start = cursor.offset
        var text = try cursor.readText().bytes
        if text.count.isMultiple(of: 4) {
            for _ in 0..<2 where text.last == UInt8(ascii: "=") {
                text = UnsafeRawBufferPointer(rebasing: text.dropLast())
            }
        }
        guard text.count % 4 != 1 else { throw OTLPJSONError(.invalidBase64, at: start) }
        output.append(varint: UInt64(text.count * 3 / 4))
        var bits: UInt32 = 0
        var bitCount = 0
        for byte in text {
            guard let digit = byte.base64Digit else { throw OTLPJSONError(.invalidBase64, at: start) }
            // Wraps away what has been written already.
            bits = bits << 6 | UInt32(digit)
            bitCount += 6
            if bitCount >= 8 {
                bitCount -= 8
                output.append(byte: UInt8(truncatingIfNeeded: bits >> UInt32(bitCount)))
            }
        }
    }
}
