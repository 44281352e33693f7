/// The value of an attribute or the body of a record, where it lies in the input.
///
/// Valid only during the visitor's call. A message that sets several members of the oneof has the last one's value, as
/// protobuf rules; two arrays or lists in one message, which no encoder writes, are not merged.
@usableFromInline package struct AnyValueView {
    /// What an `AnyValue` can hold.
    @usableFromInline package enum Content {
        /// No member is set: OTLP's null.
        case empty
        /// `string_value`, not yet checked to be UTF-8.
        case string(OTLPText)
        /// `bool_value`.
        case bool(Bool)
        /// `int_value`.
        case int(Int64)
        /// `double_value`.
        case double(Double)
        /// `array_value`.
        case array(ArrayValueView)
        /// `kvlist_value`.
        case keyValueList(AttributeList)
        /// `bytes_value`.
        case bytes(OTLPText)
    }

    @usableFromInline internal let cursor: ProtobufCursor

    @inlinable
    internal init(_ cursor: ProtobufCursor) {
        self.cursor = cursor
    }

    /// The value, read from the bytes anew at every call: keep it when it is needed twice.
    @usableFromInline package var content: Content {
        var content = Content.empty
        // Bytes that the decoder has validated cannot fail; any others read as if they ended here.
        do throws(OTLPDecodingError) {
            var cursor = cursor
            while !cursor.isAtEnd {
                let tag = try cursor.readTag()
                switch tag {
                case AnyValueTag.string: content = .string(try cursor.readText())
                case AnyValueTag.bool: content = .bool(try cursor.readVarint() != 0)
                case AnyValueTag.int: content = .int(Int64(bitPattern: try cursor.readVarint()))
                case AnyValueTag.double: content = .double(Double(bitPattern: try cursor.readFixed64()))
                case AnyValueTag.array: content = .array(ArrayValueView(try cursor.readMessage()))
                case AnyValueTag.keyValueList:
                    content = .keyValueList(AttributeList(try cursor.readMessage(), tag: ValueListTag.values))
                case AnyValueTag.bytes: content = .bytes(try cursor.readText())
                default: try cursor.skipValue(of: tag, depth: 0)
                }
            }
        } catch {
            return .empty
        }
        return content
    }

    /// The value as it is encoded: equal bytes are equal values.
    @usableFromInline package var encoded: OTLPText { cursor.rest }

    /// The value if it is an integer.
    ///
    /// Hot path: about 2 ns for the usual single field.
    @inlinable package var int: Int64? {
        var cursor = cursor
        if let tag = try? cursor.readTag(), tag == AnyValueTag.int, let value = try? cursor.readVarint(),
            cursor.isAtEnd
        {
            return Int64(bitPattern: value)
        }
        return if case .int(let value) = content { value } else { nil }
    }
}

/// The elements of an `ArrayValue`, in order.
@usableFromInline package struct ArrayValueView: Sequence {
    private let cursor: ProtobufCursor

    internal init(_ cursor: ProtobufCursor) {
        self.cursor = cursor
    }

    /// Reads one element after the other.
    @usableFromInline package struct Iterator: IteratorProtocol {
        fileprivate var cursor: ProtobufCursor

        /// The next element, or nil at the end.
        @usableFromInline package mutating func next() -> AnyValueView? {
            while !cursor.isAtEnd {
                guard let tag = try? cursor.readTag() else { return nil }
                if tag == ValueListTag.values {
                    guard let message = try? cursor.readMessage() else { return nil }
                    return AnyValueView(message)
                }
                guard (try? cursor.skipValue(of: tag, depth: 0)) != nil else { return nil }
            }
            return nil
        }
    }

    /// An iterator at the first element.
    @usableFromInline package func makeIterator() -> Iterator {
        Iterator(cursor: cursor)
    }
}
