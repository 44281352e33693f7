/// One attribute, where it lies in the input.
@usableFromInline package struct AttributeView {
    /// The attribute's name, not yet checked to be UTF-8.
    @usableFromInline package let key: OTLPText
    /// The attribute's value; empty when the message has none.
    @usableFromInline package let value: AnyValueView

    @inlinable
    internal init(key: OTLPText, value: AnyValueView) {
        self.key = key
        self.value = value
    }

    /// Reads the fields of a `KeyValue` message in any order.
    @inlinable @inline(__always)
    internal init(_ message: ProtobufCursor) throws(OTLPDecodingError) {
        var cursor = message
        var key = OTLPText(emptyAt: message)
        var value = ProtobufCursor(origin: message.origin, next: message.end, end: message.end)
        while !cursor.isAtEnd {
            let tag = try cursor.readTag()
            switch tag {
            case KeyValueTag.key: key = try cursor.readText()
            case KeyValueTag.value: value = try cursor.readMessage()
            default: try cursor.skipValue(of: tag, depth: 0)
            }
        }
        self.init(key: key, value: AnyValueView(value))
    }
}

/// The attributes of a message: a sequence over its `repeated KeyValue` field that allocates nothing.
///
/// Keys are in the order of the input and may repeat. Valid only during the visitor's call.
@usableFromInline package struct AttributeList: Sequence {
    @usableFromInline internal let cursor: ProtobufCursor
    /// Tag of the `KeyValue` field.
    @usableFromInline internal let tag: UInt32
    /// Tag of the message inside ``cursor`` that holds the attributes; 0 when ``cursor`` is that message itself.
    @usableFromInline internal let enclosingTag: UInt32

    /// The attributes that `cursor` holds in its fields with `tag`, or, with `enclosingTag`, in those of every message
    /// that it holds in fields with that tag: protobuf merges a message that occurs twice.
    @inlinable
    internal init(_ cursor: ProtobufCursor, tag: UInt32, enclosingTag: UInt32 = 0) {
        self.cursor = cursor
        self.tag = tag
        self.enclosingTag = enclosingTag
    }

    /// Reads one attribute after the other.
    @usableFromInline package struct Iterator: IteratorProtocol {
        @usableFromInline internal var outer: ProtobufCursor
        @usableFromInline internal var inner: ProtobufCursor
        @usableFromInline internal let tag: UInt32
        @usableFromInline internal let enclosingTag: UInt32

        @inlinable
        internal init(_ list: AttributeList) {
            let empty = ProtobufCursor(origin: list.cursor.origin, next: list.cursor.end, end: list.cursor.end)
            outer = list.enclosingTag == 0 ? empty : list.cursor
            inner = list.enclosingTag == 0 ? list.cursor : empty
            tag = list.tag
            enclosingTag = list.enclosingTag
        }

        /// The next attribute, or nil at the end.
        ///
        /// Bytes that the decoder has validated cannot fail; any others read as if they ended at the fault.
        @inlinable @inline(__always)
        package mutating func next() -> AttributeView? {
            do throws(OTLPDecodingError) {
                while true {
                    while !inner.isAtEnd {
                        let found = try inner.readTag()
                        if found == tag { return try AttributeView(inner.readMessage()) }
                        try inner.skipValue(of: found, depth: 0)
                    }
                    if outer.isAtEnd { return nil }
                    let found = try outer.readTag()
                    if found == enclosingTag {
                        inner = try outer.readMessage()
                    } else {
                        try outer.skipValue(of: found, depth: 0)
                    }
                }
            } catch {
                return nil
            }
        }
    }

    /// An iterator at the first attribute.
    @inlinable
    package func makeIterator() -> Iterator {
        Iterator(self)
    }

    /// The value of the first attribute with this key, or nil.
    @inlinable @inline(__always)
    package func value(forKey key: StaticString) -> AnyValueView? {
        var iterator = makeIterator()
        while let attribute = iterator.next() {
            if attribute.key.equals(key) { return attribute.value }
        }
        return nil
    }

    /// The first attribute with this key if it is an integer; nil when there is none or it is of another kind.
    @inlinable @inline(__always)
    package func int(forKey key: StaticString) -> Int64? {
        value(forKey: key)?.int
    }

    /// The first attribute with this key if it is a string; nil when there is none or it is of another kind.
    package func text(forKey key: StaticString) -> OTLPText? {
        if case .string(let text)? = value(forKey: key)?.content { text } else { nil }
    }
}
