// Validation of the messages that nest: attributes and values. Each function reads every field of the message that the
// cursor spans, and throws where the bytes are not protobuf or nest deeper than the limit.

extension ProtobufCursor {
    /// Validates a `KeyValue`.
    ///
    /// Hot path: once per attribute.
    @inlinable @inline(__always)
    internal func validateKeyValue(depth: Int) throws(OTLPDecodingError) {
        if depth < OTLPDecoder.maximumNesting, keyOfPlainAttribute != nil { return }
        guard depth <= OTLPDecoder.maximumNesting else { throw OTLPDecodingError(.nestingTooDeep, at: offset) }
        var cursor = self
        while !cursor.isAtEnd {
            let tag = try cursor.readTag()
            switch tag {
            case KeyValueTag.key: _ = try cursor.readMessage()
            case KeyValueTag.value: try cursor.readMessage().validateAnyValue(depth: depth + 1)
            default: try cursor.skipValue(of: tag, depth: depth)
            }
        }
    }

    /// Validates an `AnyValue`.
    ///
    /// Hot path: once per attribute.
    @inlinable @inline(__always)
    internal func validateAnyValue(depth: Int) throws(OTLPDecodingError) {
        guard depth <= OTLPDecoder.maximumNesting else { throw OTLPDecodingError(.nestingTooDeep, at: offset) }
        var cursor = self
        while !cursor.isAtEnd {
            let tag = try cursor.readTag()
            switch tag {
            case AnyValueTag.string: _ = try cursor.readMessage()
            case AnyValueTag.int: _ = try cursor.readVarint()
            case AnyValueTag.array, AnyValueTag.keyValueList:
                try cursor.readMessage().validateValueList(ofPairs: tag == AnyValueTag.keyValueList, depth: depth + 1)
            // Everything else holds no message, and is read as an unknown field of its wire type is.
            default: try cursor.skipValue(of: tag, depth: depth)
            }
        }
    }

    /// Validates an `ArrayValue`, or a `KeyValueList` when `ofPairs` is true.
    @usableFromInline
    internal func validateValueList(ofPairs: Bool, depth: Int) throws(OTLPDecodingError) {
        guard depth <= OTLPDecoder.maximumNesting else { throw OTLPDecodingError(.nestingTooDeep, at: offset) }
        var cursor = self
        while !cursor.isAtEnd {
            let tag = try cursor.readTag()
            guard tag == ValueListTag.values else {
                try cursor.skipValue(of: tag, depth: depth)
                continue
            }
            let element = try cursor.readMessage()
            if ofPairs {
                try element.validateKeyValue(depth: depth + 1)
            } else {
                try element.validateAnyValue(depth: depth + 1)
            }
        }
    }

    /// Validates a message whose attributes are its fields with `attributesTag`: a resource or a scope.
    @usableFromInline
    internal func validateAttributed(attributesTag: UInt32, depth: Int) throws(OTLPDecodingError) {
        var cursor = self
        while !cursor.isAtEnd {
            let tag = try cursor.readTag()
            if tag == attributesTag {
                try cursor.readMessage().validateKeyValue(depth: depth + 1)
            } else {
                try cursor.skipValue(of: tag, depth: depth)
            }
        }
    }
}
