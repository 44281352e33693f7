import OTLP

extension WireCheck {
    /// Checks an attribute of the item at hand.
    ///
    /// Hot path: instead of the decoder's own validation. A plain attribute takes one look at all of its bytes.
    @inline(__always)
    internal mutating func attribute(
        _ message: ProtobufCursor,
        depth: Int
    ) throws(OTLPDecodingError) -> (key: OTLPText, int: Int64?) {
        if depth < OTLPDecoder.maximumNesting, let key = message.keyOfPlainAttribute {
            if !keys.insert(key.bytes) { note(.duplicateKey, "the key occurs twice:", key) }
            return (key, nil)
        }
        return try attributeByFields(message, depth: depth)
    }

    @inline(never)
    private mutating func attributeByFields(
        _ message: ProtobufCursor,
        depth: Int
    ) throws(OTLPDecodingError) -> (key: OTLPText, int: Int64?) {
        let pair = try pair(message, depth: depth)
        if !keys.insert(pair.key.bytes) { note(.duplicateKey, "the key occurs twice:", pair.key) }
        return pair
    }

    /// Checks a pair, but not against others; its value if that is an integer.
    @inline(__always)
    internal mutating func pair(
        _ message: ProtobufCursor,
        depth: Int
    ) throws(OTLPDecodingError) -> (key: OTLPText, int: Int64?) {
        guard depth <= OTLPDecoder.maximumNesting else { throw OTLPDecodingError(.nestingTooDeep, at: message.offset) }
        var cursor = message
        var key: OTLPText?
        var int: Int64?
        while !cursor.isAtEnd {
            let tag = try cursor.readTag()
            switch tag {
            case KeyValueTag.key: key = try cursor.readText()
            case KeyValueTag.value: int = try value(cursor.readMessage(), depth: depth + 1)
            default:
                noteField(tag, of: .keyValue)
                try cursor.skipValue(of: tag, depth: depth)
            }
        }
        // What is left of a message that has been read is an empty text.
        let found = key ?? cursor.rest
        text(found)
        return (found, int)
    }

    /// Checks a value; it, if it is an integer.
    @inline(__always)
    internal mutating func value(_ message: ProtobufCursor, depth: Int) throws(OTLPDecodingError) -> Int64? {
        guard depth <= OTLPDecoder.maximumNesting else { throw OTLPDecodingError(.nestingTooDeep, at: message.offset) }
        var cursor = message
        var int: Int64?
        while !cursor.isAtEnd {
            let tag = try cursor.readTag()
            if tag != AnyValueTag.int { int = nil }
            switch tag {
            case AnyValueTag.string: text(try cursor.readText())
            case AnyValueTag.int: int = Int64(bitPattern: try cursor.readVarint())
            case AnyValueTag.bool: _ = try cursor.readVarint()
            case AnyValueTag.double: _ = try cursor.readFixed64()
            case AnyValueTag.bytes: _ = try cursor.readMessage()
            case AnyValueTag.array, AnyValueTag.keyValueList:
                try list(cursor.readMessage(), ofPairs: tag == AnyValueTag.keyValueList, depth: depth + 1)
            default:
                noteField(tag, of: .anyValue)
                try cursor.skipValue(of: tag, depth: depth)
            }
        }
        return int
    }

    @inline(never)
    private mutating func list(
        _ message: ProtobufCursor,
        ofPairs: Bool,
        depth: Int
    ) throws(OTLPDecodingError) {
        guard depth <= OTLPDecoder.maximumNesting else { throw OTLPDecodingError(.nestingTooDeep, at: message.offset) }
        var cursor = message
        while !cursor.isAtEnd {
            let tag = try cursor.readTag()
            if tag != ValueListTag.values {
                noteField(tag, of: ofPairs ? .keyValueList : .arrayValue)
                try cursor.skipValue(of: tag, depth: depth)
            } else if ofPairs {
                _ = try pair(cursor.readMessage(), depth: depth + 1)
            } else {
                _ = try value(cursor.readMessage(), depth: depth + 1)
            }
        }
    }
}
