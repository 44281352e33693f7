/// A message that can be read out of its bytes at any time: an element of a ``MessageList``.
@usableFromInline package protocol MessageView {
    /// Reads and validates all fields.
    ///
    /// - Parameters:
    ///   - message: The bytes of the message.
    ///   - depth: Nesting depth of the message in the input.
    /// - Throws: ``OTLPDecodingError`` when the bytes are malformed.
    init(_ message: ProtobufCursor, depth: Int) throws(OTLPDecodingError)
}

/// The messages of a `repeated` field, in order: a sequence that allocates nothing.
///
/// Valid only during the visitor's call. The decoder has validated the bytes; any others read as if they ended at the
/// fault.
@usableFromInline package struct MessageList<Element: MessageView>: Sequence {
    @usableFromInline internal let cursor: ProtobufCursor
    @usableFromInline internal let tag: UInt32

    /// The messages that `cursor` holds in its fields with `tag`.
    @inlinable
    internal init(_ cursor: ProtobufCursor, tag: UInt32) {
        self.cursor = cursor
        self.tag = tag
    }

    /// Reads one message after the other.
    @usableFromInline package struct Iterator: IteratorProtocol {
        @usableFromInline internal var cursor: ProtobufCursor
        @usableFromInline internal let tag: UInt32

        @inlinable
        internal init(_ list: MessageList) {
            cursor = list.cursor
            tag = list.tag
        }

        /// The next message, or nil at the end.
        @inlinable
        package mutating func next() -> Element? {
            do throws(OTLPDecodingError) {
                while !cursor.isAtEnd {
                    let found = try cursor.readTag()
                    if found == tag { return try Element(cursor.readMessage(), depth: 0) }
                    try cursor.skipValue(of: found, depth: 0)
                }
                return nil
            } catch {
                return nil
            }
        }
    }

    /// An iterator at the first message.
    @inlinable
    package func makeIterator() -> Iterator {
        Iterator(self)
    }
}
