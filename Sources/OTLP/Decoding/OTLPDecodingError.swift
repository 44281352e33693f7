/// Why bytes are not a valid OTLP message, and where.
@usableFromInline package struct OTLPDecodingError: Error, Equatable, Sendable {
    /// What is wrong with the bytes.
    @usableFromInline package enum Kind: UInt8, Equatable, Sendable, CaseIterable {
        /// The bytes end inside a tag, a varint or a fixed-size value.
        case truncated
        /// A varint has more than ten bytes, or does not fit into 64 bits.
        case overlongVarint
        /// A tag carries wire type 6 or 7, which do not exist.
        case invalidWireType
        /// A tag carries field number 0, or one above 2^29 − 1.
        case invalidFieldNumber
        /// A length-delimited field claims more bytes than its message has left.
        case lengthBeyondEnd
        /// An end-group tag has no matching start, or a group is not closed.
        case unbalancedGroup
        /// Messages or groups are nested deeper than ``OTLPDecoder/maximumNesting``.
        case nestingTooDeep
        /// A string field was asked for and is not UTF-8.
        case invalidUTF8
    }

    /// What is wrong.
    @usableFromInline package let kind: Kind

    /// Where: the offset in bytes from the start of the input at which reading failed.
    @usableFromInline package let offset: Int

    /// An error of the given kind at `offset` bytes from the start of the input.
    @inlinable
    package init(_ kind: Kind, at offset: Int) {
        self.kind = kind
        self.offset = offset
    }
}

extension OTLPDecodingError: CustomStringConvertible {
    /// A sentence for the sender: what is wrong and at which byte.
    @usableFromInline package var description: String {
        let reason =
            switch kind {
            case .truncated: "the message ends inside a value"
            case .overlongVarint: "a varint is longer than 10 bytes or than 64 bits"
            case .invalidWireType: "a tag has wire type 6 or 7, which do not exist"
            case .invalidFieldNumber: "a tag has a field number outside 1…536870911"
            case .lengthBeyondEnd: "the length of a field is greater than what is left of its message"
            case .unbalancedGroup: "a group is not closed, or closed without having been opened"
            case .nestingTooDeep: "values are nested deeper than \(OTLPDecoder.maximumNesting) levels"
            case .invalidUTF8: "a string is not UTF-8"
            }
        return "malformed protobuf at byte \(offset): \(reason)"
    }
}
