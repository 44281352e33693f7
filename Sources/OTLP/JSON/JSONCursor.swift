/// A reading position inside JSON text: a pull parser that allocates nothing but for strings with escapes.
///
/// Strict by RFC 8259: no comments, no trailing commas, no leading zeros, one value and white space around it. Every load
/// is preceded by a comparison with the end of the text.
internal struct JSONCursor: ~Copyable {
    private let origin: UnsafeRawPointer
    private let end: UnsafeRawPointer
    private var next: UnsafeRawPointer
    /// Holds the last string that had escapes.
    private var unescaped: [UInt8] = []

    /// A cursor at the start of a text.
    internal init(_ text: UnsafeRawBufferPointer) {
        origin = text.baseAddress ?? UnsafeRawPointer(bitPattern: 1).unsafelyUnwrapped
        next = origin
        end = origin + text.count
    }

    /// Offset of the next byte from the start of the text.
    internal var offset: Int { next - origin }

    /// The next byte, or nil at the end.
    internal var peek: UInt8? {
        @inline(__always) get { next == end ? nil : next.load(as: UInt8.self) }
    }

    /// An error here: ``OTLPJSONError/Kind/truncated`` at the end of the text, else `kind`.
    internal func error(_ kind: OTLPJSONError.Kind) -> OTLPJSONError {
        OTLPJSONError(next == end ? .truncated : kind, at: offset)
    }

    /// Moves past white space.
    @inline(__always)
    internal mutating func skipSpace() {
        while let byte = peek, byte <= 0x20, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { next += 1 }
    }

    /// Moves past white space, then past `byte` if it comes.
    @inline(__always)
    internal mutating func take(_ byte: UInt8) -> Bool {
        skipSpace()
        guard peek == byte else { return false }
        next += 1
        return true
    }

    /// Moves past white space and `byte`; throws when something else comes.
    @inline(__always)
    internal mutating func expect(_ byte: UInt8) throws(OTLPJSONError) {
        guard take(byte) else { throw error(.invalidSyntax) }
    }

    /// Moves past a word, such as `null`, if it comes.
    internal mutating func takeWord(_ word: StaticString) -> Bool {
        let count = word.utf8CodeUnitCount
        guard end - next >= count, OTLPText(origin: origin, start: next, count: count).equals(word) else {
            return false
        }
        next += count
        return true
    }

    // MARK: - Strings

    /// Reads a string; its text is valid until the next string is read.
    internal mutating func readString() throws(OTLPJSONError) -> OTLPText {
        try expect(UInt8(ascii: "\""))
        let start = next
        skipPlain()
        if peek == UInt8(ascii: "\"") {
            let text = OTLPText(origin: origin, start: start, count: next - start)
            next += 1
            return text
        }
        return try readEscapedString(from: start)
    }

    /// Moves to the next quotation mark, backslash or control character, or to the end.
    ///
    /// Hot path: eight bytes at a time. `x - 0x01…` borrows into the top bit of the lowest byte that is zero; higher ones may
    /// be wrong, so only the lowest counts.
    @inline(__always)
    private mutating func skipPlain() {
        let ones: UInt64 = 0x0101_0101_0101_0101
        while end - next >= 8 {
            let word = UInt64(littleEndian: next.loadUnaligned(as: UInt64.self))
            let quote = word ^ (ones &* 0x22)
            let backslash = word ^ (ones &* 0x5C)
            let found =
                (((quote &- ones) & ~quote) | ((backslash &- ones) & ~backslash) | ((word &- (ones &* 0x20)) & ~word))
                & (ones &* 0x80)
            if found != 0 {
                next += found.trailingZeroBitCount >> 3
                return
            }
            next += 8
        }
        while let byte = peek, byte >= 0x20, byte != 0x22, byte != 0x5C { next += 1 }
    }

    @inline(never)
    private mutating func readEscapedString(from start: UnsafeRawPointer) throws(OTLPJSONError) -> OTLPText {
        unescaped.removeAll(keepingCapacity: true)
        unescaped.append(contentsOf: UnsafeRawBufferPointer(start: start, count: next - start))
        while true {
            switch peek {
            case UInt8(ascii: "\""):
                next += 1
                // The array's storage stays where it is until the next string with escapes is read.
                let count = unescaped.count
                let text = unescaped.withUnsafeBytes { $0.baseAddress }
                return OTLPText(origin: text ?? origin, start: text ?? origin, count: count)
            case UInt8(ascii: "\\"):
                try readEscape()
            case nil: throw error(.truncated)
            default: throw error(.controlCharacter)
            }
            let plain = next
            skipPlain()
            unescaped.append(contentsOf: UnsafeRawBufferPointer(start: plain, count: next - plain))
        }
    }

    private mutating func readEscape() throws(OTLPJSONError) {
        let start = offset
        next += 1
        guard let escape = peek else { throw error(.truncated) }
        next += 1
        switch escape {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): unescaped.append(escape)
        case UInt8(ascii: "b"): unescaped.append(0x08)
        case UInt8(ascii: "f"): unescaped.append(0x0C)
        case UInt8(ascii: "n"): unescaped.append(0x0A)
        case UInt8(ascii: "r"): unescaped.append(0x0D)
        case UInt8(ascii: "t"): unescaped.append(0x09)
        case UInt8(ascii: "u"):
            var code = UInt32(try readCodeUnit(start))
            if code & 0xFC00 == 0xD800 {
                guard takeWord("\\u") else { throw OTLPJSONError(.invalidEscape, at: start) }
                let low = UInt32(try readCodeUnit(start))
                guard low & 0xFC00 == 0xDC00 else { throw OTLPJSONError(.invalidEscape, at: start) }
                code = 0x10000 + (code & 0x3FF) << 10 + (low & 0x3FF)
            }
            guard let scalar = UnicodeScalar(code) else { throw OTLPJSONError(.invalidEscape, at: start) }
            unescaped.append(contentsOf: UTF8.encode(scalar).unsafelyUnwrapped)
        default: throw OTLPJSONError(.invalidEscape, at: start)
        }
    }

    private mutating func readCodeUnit(_ start: Int) throws(OTLPJSONError) -> UInt16 {
        guard end - next >= 4 else { throw OTLPJSONError(.truncated, at: start) }
        var unit: UInt16 = 0
        for _ in 0..<4 {
            guard let digit = next.load(as: UInt8.self).hexadecimalDigit else {
                throw OTLPJSONError(.invalidEscape, at: start)
            }
            unit = unit << 4 | UInt16(digit)
            next += 1
        }
        return unit
    }

    // MARK: - Numbers

    /// Reads a number.
    internal mutating func readNumber() throws(OTLPJSONError) -> JSONNumber {
        guard let number = JSONNumber(UnsafeRawBufferPointer(start: next, count: end - next)) else {
            throw error(.invalidSyntax)
        }
        next += number.text.count
        return number
    }

    // MARK: - Unknown values

    /// Moves past any value.
    ///
    /// - Parameter depth: Nesting depth of this value.
    /// - Throws: ``OTLPJSONError`` when it is not JSON.
    internal mutating func skipValue(depth: Int) throws(OTLPJSONError) {
        skipSpace()
        guard let first = peek else { throw error(.truncated) }
        switch first {
        case UInt8(ascii: "{"):
            try skipMembers(closing: UInt8(ascii: "}"), depth: depth + 1)
        case UInt8(ascii: "["):
            try skipMembers(closing: UInt8(ascii: "]"), depth: depth + 1)
        case UInt8(ascii: "\""): _ = try readString()
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): _ = try readNumber()
        default:
            guard takeWord("true") || takeWord("false") || takeWord("null") else { throw error(.invalidSyntax) }
        }
    }

    private mutating func skipMembers(closing: UInt8, depth: Int) throws(OTLPJSONError) {
        guard depth <= OTLPDecoder.maximumNesting else { throw error(.nestingTooDeep) }
        next += 1
        if take(closing) { return }
        repeat {
            if closing == UInt8(ascii: "}") {
                _ = try readString()
                try expect(UInt8(ascii: ":"))
            }
            try skipValue(depth: depth)
        } while take(UInt8(ascii: ","))
        try expect(closing)
    }
}

extension UInt8 {
    /// The value of this hexadecimal digit of either case, or nil.
    internal var hexadecimalDigit: UInt8? {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): self - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): self - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): self - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
