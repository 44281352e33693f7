/// A reading position inside the bytes of one protobuf message.
///
/// The only type of the decoder that touches memory: every load is preceded by a comparison with the end of the message,
/// whatever the bytes say, so no input makes it read out of bounds. A cursor is a value of three pointers; a message
/// inside a message is a second cursor over a part of the same bytes.
///
/// Valid only as long as the bytes are. Hot path: the sink reads about 25 values an event.
@usableFromInline package struct ProtobufCursor {
    /// First byte of the whole input: what offsets in errors count from.
    @usableFromInline internal let origin: UnsafeRawPointer
    /// The byte read next; equal to ``end`` when nothing is left, never beyond it.
    @usableFromInline internal var next: UnsafeRawPointer
    /// One past the last byte of this message.
    @usableFromInline internal let end: UnsafeRawPointer

    /// A cursor at the start of a whole input.
    @inlinable
    package init(_ bytes: UnsafeRawBufferPointer) {
        // An empty buffer may have no address; nothing is ever loaded through this one since next == end.
        let start = bytes.baseAddress ?? UnsafeRawPointer(bitPattern: 1).unsafelyUnwrapped
        self.init(origin: start, next: start, end: start + bytes.count)
    }

    @inlinable
    internal init(origin: UnsafeRawPointer, next: UnsafeRawPointer, end: UnsafeRawPointer) {
        self.origin = origin
        self.next = next
        self.end = end
    }

    /// Whether the whole message has been read.
    @inlinable package var isAtEnd: Bool { next == end }

    /// Bytes left in this message.
    @inlinable package var remaining: Int { end - next }

    /// Offset of the next byte from the start of the input.
    @inlinable package var offset: Int { next - origin }

    /// The bytes left in this message, without moving.
    @inlinable package var rest: OTLPText { OTLPText(origin: origin, start: next, count: remaining) }

    // MARK: - Values

    /// Reads a tag: field number and wire type together.
    ///
    /// Throws when the bytes end, when the varint is overlong and when the field number is 0 or too great. An impossible
    /// wire type is found by ``skipValue(of:depth:)``, since no known tag has one.
    @inlinable @inline(__always)
    package mutating func readTag() throws(OTLPDecodingError) -> UInt32 {
        let start = next
        let value = try readVarint()
        guard value >= 8, value <= UInt64(UInt32.max) else {
            throw OTLPDecodingError(.invalidFieldNumber, at: start - origin)
        }
        return UInt32(truncatingIfNeeded: value)
    }

    /// Reads a varint of one to ten bytes.
    @inlinable @inline(__always)
    package mutating func readVarint() throws(OTLPDecodingError) -> UInt64 {
        guard next != end else { throw OTLPDecodingError(.truncated, at: offset) }
        let first = next.load(as: UInt8.self)
        if first < 0x80 {
            next += 1
            return UInt64(first)
        }
        // Eight bytes at once. Near the end of the message they are the last eight before it, shifted so that the next byte
        // comes first; the zeros that this lets in end any varint, at a size that is too great.
        let available = remaining
        let word: UInt64
        if available >= 8 {
            word = UInt64(littleEndian: next.loadUnaligned(as: UInt64.self))
        } else {
            guard end - origin >= 8 else { return try readVarintByBytes() }
            let last = UInt64(littleEndian: (end - 8).loadUnaligned(as: UInt64.self))
            // 1 to 7 bytes are available: the shift is 8 to 56.
            word = last &>> UInt64(truncatingIfNeeded: 64 &- 8 &* available)
        }
        // The first byte without a continuation bit is the last; then squeeze the seven-bit groups together.
        let stops = ~word & 0x8080_8080_8080_8080
        let size = (stops.trailingZeroBitCount &+ 1) >> 3
        guard stops != 0, size <= available else { return try readVarintByBytes() }
        next += size
        // Keeps the bits below and including the stop byte; its own top bit is zero anyway.
        var value = word & (stops ^ (stops &- 1)) & 0x7F7F_7F7F_7F7F_7F7F
        value = (value & 0x007F_007F_007F_007F) | (value & 0x7F00_7F00_7F00_7F00) >> 1
        value = (value & 0x0000_3FFF_0000_3FFF) | (value & 0x3FFF_0000_3FFF_0000) >> 2
        value = (value & 0x0000_0000_0FFF_FFFF) | (value & 0x0FFF_FFFF_0000_0000) >> 4
        return value
    }

    /// Reads a varint byte by byte: those of nine and ten bytes, malformed ones, and all of an input below eight bytes.
    @inlinable @inline(__always)
    internal mutating func readVarintByBytes() throws(OTLPDecodingError) -> UInt64 {
        // Works on copies of the pointers, so that an inlined cursor can stay in registers.
        let result = Self.decodeVarint(from: next, to: end)
        guard result.size > 0 else {
            throw OTLPDecodingError(result.size == 0 ? .truncated : .overlongVarint, at: offset)
        }
        next += result.size
        return result.value
    }

    /// Value and size of the varint at `start`; size 0 means truncated, −1 overlong.
    @usableFromInline
    internal static func decodeVarint(
        from start: UnsafeRawPointer,
        to end: UnsafeRawPointer
    ) -> (value: UInt64, size: Int) {
        var value: UInt64 = 0
        for index in 0..<min(end - start, ProtobufWire.maximumVarintBytes) {
            let byte = (start + index).load(as: UInt8.self)
            // The tenth byte carries bit 63 alone.
            if index == 9, byte > 1 { return (0, -1) }
            value |= UInt64(byte & 0x7F) << (7 * UInt64(index))
            if byte < 0x80 { return (value, index + 1) }
        }
        return (0, 0)
    }

    /// Reads eight bytes, little endian.
    @inlinable @inline(__always)
    package mutating func readFixed64() throws(OTLPDecodingError) -> UInt64 {
        guard remaining >= 8 else { throw OTLPDecodingError(.truncated, at: offset) }
        let value = UInt64(littleEndian: next.loadUnaligned(as: UInt64.self))
        next += 8
        return value
    }

    /// Reads four bytes, little endian.
    @inlinable @inline(__always)
    package mutating func readFixed32() throws(OTLPDecodingError) -> UInt32 {
        guard remaining >= 4 else { throw OTLPDecodingError(.truncated, at: offset) }
        let value = UInt32(littleEndian: next.loadUnaligned(as: UInt32.self))
        next += 4
        return value
    }

    /// Reads a length-delimited value, a message: returns a cursor over it and moves past it.
    @inlinable @inline(__always)
    package mutating func readMessage() throws(OTLPDecodingError) -> ProtobufCursor {
        let start = next
        let length = try readVarint()
        guard length <= UInt64(truncatingIfNeeded: remaining) else {
            throw OTLPDecodingError(.lengthBeyondEnd, at: start - origin)
        }
        let content = next
        next += Int(truncatingIfNeeded: length)
        return ProtobufCursor(origin: origin, next: content, end: next)
    }

    /// Reads a length-delimited value, a string or bytes, and moves past it.
    @inlinable @inline(__always)
    package mutating func readText() throws(OTLPDecodingError) -> OTLPText {
        try readMessage().rest
    }

    // MARK: - Unknown fields

    /// Moves past the value of a field that is not known, including a whole group.
    ///
    /// - Parameters:
    ///   - tag: The tag just read.
    ///   - depth: Nesting depth of this message; groups count on from it.
    /// - Throws: ``OTLPDecodingError`` when the value is malformed.
    @inlinable @inline(__always)
    package mutating func skipValue(of tag: UInt32, depth: Int) throws(OTLPDecodingError) {
        // A copy goes to the function that is not inlined, so that the cursor itself can stay in registers.
        self = try skippingValue(of: tag, depth: depth)
    }

    /// This cursor, past the value of the field whose tag has just been read.
    @usableFromInline
    internal func skippingValue(of tag: UInt32, depth: Int) throws(OTLPDecodingError) -> ProtobufCursor {
        var cursor = self
        switch tag & 7 {
        case ProtobufWire.WireType.varint: _ = try cursor.readVarint()
        case ProtobufWire.WireType.fixed64: _ = try cursor.readFixed64()
        case ProtobufWire.WireType.length: _ = try cursor.readMessage()
        case ProtobufWire.WireType.fixed32: _ = try cursor.readFixed32()
        case ProtobufWire.WireType.startGroup: try cursor.skipGroup(field: tag >> 3, depth: depth + 1)
        case ProtobufWire.WireType.endGroup: throw OTLPDecodingError(.unbalancedGroup, at: offset)
        default: throw OTLPDecodingError(.invalidWireType, at: offset)
        }
        return cursor
    }

    /// Moves past the end of the group that has just been opened.
    private mutating func skipGroup(field: UInt32, depth: Int) throws(OTLPDecodingError) {
        guard depth <= OTLPDecoder.maximumNesting else { throw OTLPDecodingError(.nestingTooDeep, at: offset) }
        while !isAtEnd {
            let tag = try readTag()
            if tag == ProtobufWire.tag(field, ProtobufWire.WireType.endGroup) { return }
            try skipValue(of: tag, depth: depth)
        }
        throw OTLPDecodingError(.unbalancedGroup, at: offset)
    }
}
