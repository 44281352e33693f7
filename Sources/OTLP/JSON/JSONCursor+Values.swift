// Values by the JSON rules of protobuf: https://protobuf.dev/programming-guides/json/.

extension JSONCursor {
    /// An error here: the value is of another type than the field, or no value at all.
    internal func wrongType() -> OTLPJSONError {
        guard let first = peek else { return error(.truncated) }
        return error("{[\"-0123456789tfn".utf8.contains(first) ? .wrongType : .invalidSyntax)
    }

    /// Reads a string where one is due.
    @inline(__always)
    internal mutating func readText() throws(OTLPJSONError) -> OTLPText {
        guard peek == UInt8(ascii: "\"") else { throw wrongType() }
        return try readString()
    }

    /// Reads a number, or a string that is one.
    @inline(__always)
    private mutating func readNumeral() throws(OTLPJSONError) -> JSONNumber {
        let start = offset
        guard let first = peek, first == UInt8(ascii: "\"") || first == UInt8(ascii: "-") || first.isDigit else {
            throw wrongType()
        }
        if first != UInt8(ascii: "\"") { return try readNumber() }
        let text = try readString().bytes
        guard let number = JSONNumber(text), number.text.count == text.count else {
            throw OTLPJSONError(.wrongType, at: start)
        }
        return number
    }

    /// Reads an unsigned integer as a number or a string; throws ``OTLPJSONError/Kind/numberOutOfRange`` above `maximum`.
    @inline(__always)
    internal mutating func readUnsigned(upTo maximum: UInt64) throws(OTLPJSONError) -> UInt64 {
        let start = offset
        guard let value = try readNumeral().unsigned, value <= maximum else {
            throw OTLPJSONError(.numberOutOfRange, at: start)
        }
        return value
    }

    /// Reads an integer as a number or a string; throws ``OTLPJSONError/Kind/numberOutOfRange`` outside `range`.
    @inline(__always)
    internal mutating func readSigned(in range: ClosedRange<Int64>) throws(OTLPJSONError) -> Int64 {
        let start = offset
        guard let value = try readNumeral().signed, range.contains(value) else {
            throw OTLPJSONError(.numberOutOfRange, at: start)
        }
        return value
    }

    /// Reads a double as a number, a string of one, or one of the words for what JSON has no number for.
    internal mutating func readDouble() throws(OTLPJSONError) -> Double {
        let start = offset
        if peek == UInt8(ascii: "\"") {
            let text = try readString()
            if text.equals("NaN") { return .nan }
            if text.equals("Infinity") { return .infinity }
            if text.equals("-Infinity") { return -.infinity }
            guard let number = JSONNumber(text.bytes), number.text.count == text.count else {
                throw OTLPJSONError(.wrongType, at: start)
            }
            guard let value = number.double else { throw OTLPJSONError(.numberOutOfRange, at: start) }
            return value
        }
        guard let value = try readNumeral().double else { throw OTLPJSONError(.numberOutOfRange, at: start) }
        return value
    }
}

extension UInt8 {
    fileprivate var isDigit: Bool { self >= UInt8(ascii: "0") && self <= UInt8(ascii: "9") }

    /// The value of this digit of base64, of the standard alphabet or of the one for URLs; nil for any other byte.
    internal var base64Digit: UInt8? {
        switch self {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): self - UInt8(ascii: "A")
        case UInt8(ascii: "a")...UInt8(ascii: "z"): self - UInt8(ascii: "a") + 26
        case UInt8(ascii: "0")...UInt8(ascii: "9"): self - UInt8(ascii: "0") + 52
        case UInt8(ascii: "+"), UInt8(ascii: "-"): 62
        case UInt8(ascii: "/"), UInt8(ascii: "_"): 63
        default: nil
        }
    }
}
