/// Why bytes are not a valid OTLP/JSON message, and where.
package struct OTLPJSONError: Error, Equatable, Sendable {
    /// What is wrong with the bytes.
    package enum Kind: UInt8, Equatable, Sendable, CaseIterable {
        /// The bytes end inside a value.
        case truncated
        /// The bytes are not JSON here.
        case invalidSyntax
        /// The text is not UTF-8.
        case invalidUTF8
        /// A string has a control character that is not escaped.
        case controlCharacter
        /// A string has an unknown escape, or half of a surrogate pair.
        case invalidEscape
        /// Objects and arrays are nested deeper than ``OTLPDecoder/maximumNesting``.
        case nestingTooDeep
        /// A known field has a value of another type than its own.
        case wrongType
        /// An enum is given by its name, or as a string of its number.
        case enumName
        /// A number does not fit the field's type.
        case numberOutOfRange
        /// An id is not an even number of hexadecimal digits.
        case invalidHexadecimal
        /// Bytes are not base64.
        case invalidBase64
        /// A known field is given twice, or two members of a oneof are.
        case duplicateField
    }

    /// What is wrong.
    package let kind: Kind

    /// Where: the offset in bytes from the start of the input at which reading failed.
    package let offset: Int

    /// An error of the given kind at `offset` bytes from the start of the input.
    package init(_ kind: Kind, at offset: Int) {
        self.kind = kind
        self.offset = offset
    }
}

extension OTLPJSONError: CustomStringConvertible {
    /// A sentence for the sender: what is wrong and at which byte.
    package var description: String {
        let reason =
            switch kind {
            case .truncated: "the text ends inside a value"
            case .invalidSyntax: "this is not JSON"
            case .invalidUTF8: "the text is not UTF-8"
            case .controlCharacter: "a string has a control character that is not escaped"
            case .invalidEscape: "a string has an unknown escape or half of a surrogate pair"
            case .nestingTooDeep: "values are nested deeper than \(OTLPDecoder.maximumNesting) levels"
            case .wrongType: "the field has a value of another type than its own (enums are integers, ids hexadecimal)"
            case .enumName: "the enum is not given as an integer, but as a string"
            case .numberOutOfRange: "the number does not fit the field's type"
            case .invalidHexadecimal: "the id is not an even number of hexadecimal digits"
            case .invalidBase64: "the bytes are not base64"
            case .duplicateField: "the field is given twice, or with another of which only one may be given"
            }
        return "malformed JSON at byte \(offset): \(reason)"
    }
}
