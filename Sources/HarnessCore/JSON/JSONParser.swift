/// A recursive-descent parser of JSON5 text.
struct JSONParser {
    private let bytes: [UInt8]
    private var position = 0
    private var depth = 0
    private var trail = ""
    private let recordsLines: Bool

    /// Where each member and element begins, by its path, if that was asked for: `phases[1].rate` is in line 12.
    private(set) var lines: [String: Int] = [:]

    private static let maximumDepth = 64

    /// Makes a parser of valid UTF-8.
    init(_ bytes: [UInt8], recordingLines recordsLines: Bool = false) {
        self.bytes = bytes
        self.recordsLines = recordsLines
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
    }

    /// Parses one value and nothing after it.
    mutating func document() throws(StrictJSONError) -> JSONValue {
        let value = try value()
        try skipSpace()
        guard position == bytes.count else { throw unexpected("the end of the document") }
        return value
    }

    // MARK: - Values

    private mutating func value() throws(StrictJSONError) -> JSONValue {
        try skipSpace()
        guard let first = peek else { throw unexpected("a value") }
        switch first {
        case UInt8(ascii: "{"): return .object(try nested { parser throws(StrictJSONError) in try parser.object() })
        case UInt8(ascii: "["): return .array(try nested { parser throws(StrictJSONError) in try parser.array() })
        case UInt8(ascii: "\""), UInt8(ascii: "'"): return .string(try string())
        case UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "."), UInt8(ascii: "0")...UInt8(ascii: "9"):
            return try number()
        default: return try keyword()
        }
    }

    private mutating func nested<Value>(
        _ body: (inout JSONParser) throws(StrictJSONError) -> Value
    ) throws(StrictJSONError) -> Value {
        depth += 1
        guard depth <= Self.maximumDepth else { throw error("values are nested deeper than \(Self.maximumDepth)") }
        position += 1
        let value = try body(&self)
        depth -= 1
        return value
    }

    private mutating func object() throws(StrictJSONError) -> JSONObject {
        var object = JSONObject()
        while true {
            try skipSpace()
            if take("}") { return object }
            let start = position
            let key = try key()
            guard object[key] == nil else {
                position = start
                throw error("the key \"\(key)\" is given twice")
            }
            try skipSpace()
            guard take(":") else { throw unexpected("\":\" after the key \"\(key)\"") }
            let outer = enter(trail.isEmpty ? key : ".\(key)", at: start)
            object[key] = try value()
            trail = outer
            try skipSpace()
            if take(",") { continue }
            guard take("}") else { throw unexpected("\",\" or \"}\"") }
            return object
        }
    }

    private mutating func array() throws(StrictJSONError) -> [JSONValue] {
        var values: [JSONValue] = []
        while true {
            try skipSpace()
            if take("]") { return values }
            let outer = enter("[\(values.count)]", at: position)
            values.append(try value())
            trail = outer
            try skipSpace()
            if take(",") { continue }
            guard take("]") else { throw unexpected("\",\" or \"]\"") }
            return values
        }
    }

    /// Goes one step down the path and returns where it came from.
    private mutating func enter(_ step: String, at start: Int) -> String {
        guard recordsLines else { return "" }
        let outer = trail
        trail += step
        lines[trail] = 1 + bytes[..<start].count { $0 == UInt8(ascii: "\n") }
        return outer
    }

    private mutating func key() throws(StrictJSONError) -> String {
        if peek == UInt8(ascii: "\"") || peek == UInt8(ascii: "'") { return try string() }
        let word = takeWord()
        guard let first = word.utf8.first, !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first) else {
            throw unexpected("a key")
        }
        return word
    }

    private mutating func keyword() throws(StrictJSONError) -> JSONValue {
        let start = position
        let word = takeWord()
        switch word {
        case "true": return .bool(true)
        case "false": return .bool(false)
        case "null": return .null
        case "":
            throw unexpected("a value")
        default:
            position = start
            let known = Suggestion.nearest(to: word, in: ["true", "false", "null"])
            throw error("\"\(word)\" is not a value", hint: known.map { "did you mean \($0)?" } ?? "quote strings")
        }
    }

    // MARK: - Numbers

    private mutating func number() throws(StrictJSONError) -> JSONValue {
        let start = position
        let isNumberByte = { (byte: UInt8) in
            byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".") || Self.isWordByte(byte)
        }
        let end = bytes[position...].firstIndex { !isNumberByte($0) } ?? bytes.count
        let text = String(decoding: bytes[start..<end], as: UTF8.self)
        guard let value = Self.number(text) else {
            throw error("\"\(text)\" is not a number that JSON can hold exactly", hint: "quote quantities with units")
        }
        position = end
        return value
    }

    private static func number(_ text: String) -> JSONValue? {
        var digits = text[...]
        var isNegative = false
        if let sign = digits.first, sign == "-" || sign == "+" {
            isNegative = sign == "-"
            digits = digits.dropFirst()
        }
        if digits.hasPrefix("0x") || digits.hasPrefix("0X") {
            let magnitude = digits.dropFirst(2)
            guard magnitude.first?.isHexDigit == true else { return nil }
            return Int64((isNegative ? "-" : "") + magnitude, radix: 16).map(JSONValue.integer)
        }
        guard let first = digits.utf8.first, first == UInt8(ascii: ".") || first.isDigit else { return nil }
        if digits.utf8.allSatisfy(\.isDigit) {
            guard digits.count == 1 || first != UInt8(ascii: "0") else { return nil }
            return Int64((isNegative ? "-" : "") + digits).map(JSONValue.integer)
        }
        // `Double` reads more than JSON5 allows: hexadecimal fractions, "inf" and "nan" are kept out here.
        let allowed = digits.utf8.allSatisfy { $0.isDigit || ".eE+-".utf8.contains($0) }
        guard allowed, digits != ".", let value = Double(withZeros(digits)), value.isFinite else { return nil }
        return .number(isNegative ? -value : value)
    }

    /// `digits` with the zeros that JSON5 lets a writer leave out beside the point.
    private static func withZeros(_ digits: Substring) -> String {
        var text = digits.hasPrefix(".") ? "0" + digits : String(digits)
        if let point = text.firstIndex(of: "."), text[text.index(after: point)...].first?.isNumber != true {
            text.insert("0", at: text.index(after: point))
        }
        return text
    }

    // MARK: - Strings

    private mutating func string() throws(StrictJSONError) -> String {
        let start = position
        let quote = bytes[position]
        position += 1
        var content: [UInt8] = []
        while let byte = peek {
            position += 1
            switch byte {
            case quote: return String(decoding: content, as: UTF8.self)
            case UInt8(ascii: "\\"): try escape(into: &content)
            case 0..<0x20:
                position -= 1
                throw error(
                    byte == 0x0A ? "a string ends at the end of its line" : "a string holds a control character"
                )
            default: content.append(byte)
            }
        }
        position = start
        throw error("a string is not closed")
    }

    private mutating func escape(into content: inout [UInt8]) throws(StrictJSONError) {
        guard let byte = peek else { throw error("a string is not closed") }
        position += 1
        switch byte {
        case UInt8(ascii: "n"): content.append(0x0A)
        case UInt8(ascii: "t"): content.append(0x09)
        case UInt8(ascii: "r"): content.append(0x0D)
        case UInt8(ascii: "b"): content.append(0x08)
        case UInt8(ascii: "f"): content.append(0x0C)
        case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "\\"), UInt8(ascii: "/"): content.append(byte)
        case UInt8(ascii: "u"): content.append(contentsOf: String(try unicodeScalar()).utf8)
        case 0x0A: break
        default:
            position -= 2
            throw error("a string holds an unknown escape")
        }
    }

    private mutating func unicodeScalar() throws(StrictJSONError) -> Unicode.Scalar {
        let first = try codeUnit()
        if let scalar = Unicode.Scalar(UInt32(first)) { return scalar }
        if UTF16.isLeadSurrogate(first), take("\\"), take("u") {
            let second = try codeUnit()
            if UTF16.isTrailSurrogate(second),
                let scalar = Unicode.Scalar(0x10000 + ((UInt32(first) - 0xD800) << 10) + (UInt32(second) - 0xDC00))
            {
                return scalar
            }
        }
        throw error("a string holds half of a surrogate pair")
    }

    private mutating func codeUnit() throws(StrictJSONError) -> UInt16 {
        let digits = bytes[position...].prefix(4)
        let text = String(decoding: digits, as: UTF8.self)
        guard digits.count == 4, text.allSatisfy(\.isHexDigit), let unit = UInt16(text, radix: 16) else {
            throw error("\\u is not followed by four hexadecimal digits")
        }
        position += 4
        return unit
    }

    // MARK: - Text

    private var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        guard peek == UInt8(ascii: scalar) else { return false }
        position += 1
        return true
    }

    private mutating func takeWord() -> String {
        let end = bytes[position...].firstIndex { !Self.isWordByte($0) } ?? bytes.count
        defer { position = end }
        return String(decoding: bytes[position..<end], as: UTF8.self)
    }

    private static func isWordByte(_ byte: UInt8) -> Bool {
        byte.isDigit || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
            || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "$") || byte >= 0x80
    }

    private mutating func skipSpace() throws(StrictJSONError) {
        while let byte = peek {
            if byte == UInt8(ascii: "/") {
                try skipComment()
            } else if byte == 0x20 || (0x09...0x0D).contains(byte) {
                position += 1
            } else {
                return
            }
        }
    }

    private mutating func skipComment() throws(StrictJSONError) {
        let rest = bytes[position...]
        if rest.starts(with: "//".utf8) {
            position = rest.firstIndex(of: 0x0A) ?? bytes.count
        } else if rest.starts(with: "/*".utf8) {
            let start = position
            position += 2
            while position + 1 < bytes.count {
                if bytes[position] == UInt8(ascii: "*"), bytes[position + 1] == UInt8(ascii: "/") {
                    position += 2
                    return
                }
                position += 1
            }
            position = start
            throw error("a comment is not closed")
        } else {
            throw unexpected("a value")
        }
    }

    // MARK: - Errors

    private func unexpected(_ expected: String) -> StrictJSONError {
        guard position < bytes.count else { return error("the document ends where \(expected) should follow") }
        let character = String(decoding: bytes[position...].prefix(8), as: UTF8.self).first ?? "?"
        return error("\"\(character)\" stands where \(expected) should")
    }

    private func error(_ reason: String, hint: String? = nil) -> StrictJSONError {
        let before = bytes[..<min(position, bytes.count)]
        let line = before.count { $0 == 0x0A } + 1
        let lineStart = before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
        let column = String(decoding: before[lineStart...], as: UTF8.self).count + 1
        return StrictJSONError(path: "line \(line), column \(column)", reason: reason, hint: hint)
    }
}

extension UInt8 {
    /// Whether this is the code of an ASCII digit.
    fileprivate var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }
}
