/// The numbers of a `repeated` scalar field, in order: a sequence that allocates nothing.
///
/// "Protocol buffer parsers must be able to parse repeated fields that were compiled as packed as if they were not packed,
/// and vice versa." https://protobuf.dev/programming-guides/encoding/#packed
/// Valid only during the visitor's call.
@usableFromInline package struct RepeatedNumbers: Sequence {
    private let cursor: ProtobufCursor
    private let field: UInt32
    private let wireType: UInt32

    /// The numbers that `cursor` holds in its fields with this number.
    ///
    /// - Parameters:
    ///   - cursor: The message.
    ///   - tag: The field's tag when it is packed.
    ///   - wireType: How one number is laid out: ``ProtobufWire/WireType/fixed64`` or ``ProtobufWire/WireType/varint``.
    internal init(_ cursor: ProtobufCursor, tag: UInt32, wireType: UInt32) {
        self.cursor = cursor
        self.field = tag >> 3
        self.wireType = wireType
    }

    /// Reads one number after the other.
    @usableFromInline package struct Iterator: IteratorProtocol {
        fileprivate var outer: ProtobufCursor
        fileprivate var packed: ProtobufCursor
        fileprivate let field: UInt32
        fileprivate let wireType: UInt32

        /// The next number's bits, or nil at the end.
        @usableFromInline package mutating func next() -> UInt64? {
            // Bytes that the decoder has validated cannot fail; any others read as if they ended at the fault.
            do throws(OTLPDecodingError) {
                while packed.isAtEnd {
                    if outer.isAtEnd { return nil }
                    let tag = try outer.readTag()
                    switch tag {
                    case ProtobufWire.tag(field, wireType): return try outer.readNumber(wireType)
                    case ProtobufWire.tag(field, ProtobufWire.WireType.length): packed = try outer.readMessage()
                    default: try outer.skipValue(of: tag, depth: 0)
                    }
                }
                return try packed.readNumber(wireType)
            } catch {
                return nil
            }
        }
    }

    /// An iterator at the first number.
    @usableFromInline package func makeIterator() -> Iterator {
        let empty = ProtobufCursor(origin: cursor.origin, next: cursor.end, end: cursor.end)
        return Iterator(outer: cursor, packed: empty, field: field, wireType: wireType)
    }

    /// The numbers as doubles of these bits.
    package var doubles: [Double] { map { Double(bitPattern: $0) } }
}

extension ProtobufCursor {
    /// Reads a number's bits: a varint, or eight bytes.
    fileprivate mutating func readNumber(_ wireType: UInt32) throws(OTLPDecodingError) -> UInt64 {
        wireType == ProtobufWire.WireType.varint ? try readVarint() : try readFixed64()
    }

    /// Validates a packed field.
    internal func validateNumbers(_ wireType: UInt32) throws(OTLPDecodingError) {
        var cursor = self
        while !cursor.isAtEnd { _ = try cursor.readNumber(wireType) }
    }

    /// Reads a zig-zag `sint32`.
    internal mutating func readSigned32() throws(OTLPDecodingError) -> Int32 {
        let bits = UInt32(truncatingIfNeeded: try readVarint())
        return Int32(bitPattern: bits >> 1) ^ -Int32(bitPattern: bits & 1)
    }
}
