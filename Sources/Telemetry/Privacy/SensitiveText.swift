import OTLP

/// Sensitive text inside a text: the rules by value.
enum SensitiveText {
    /// What was found.
    enum Kind: Equatable {
        case apiKey
        case phone
        case email
        case creditCard
        case ipAddress
        case homeFolder
        case userInfo
        case namedSecret
    }

    /// Where something was found, in bytes.
    struct Match: Equatable {
        let kind: Kind
        let range: Range<Int>
    }

    /// Whether a text holds anything sensitive.
    ///
    /// Hot path, see `PrivacyFilter`.
    @inline(__always)
    static func isContained(in text: String) -> Bool {
        text.withBytes { isSuspicious($0) && firstMatch(in: $0, from: 0) != nil }
    }

    /// Everything that is found, in order, without overlaps.
    static func matches(in text: UnsafeRawBufferPointer) -> [Match] {
        var matches: [Match] = []
        var index = 0
        while let match = firstMatch(in: text, from: index) {
            matches.append(match)
            index = match.range.upperBound
        }
        return matches
    }

    /// The first match that begins at an index or behind it.
    ///
    /// About 1 ns a byte.
    @inline(never)
    static func firstMatch(in text: UnsafeRawBufferPointer, from start: Int) -> Match? {
        let scanner = TextScanner(text: text, start: start)
        var index = start
        while index < text.count {
            let byte = text[index]
            guard Landmarks.contain(byte) else {
                index += 1
                continue
            }
            switch byte {
            case UInt8(ascii: "@"):
                if let range = scanner.email(at: index) { return Match(kind: .email, range: range) }
                index += 1
            case UInt8(ascii: "/"), UInt8(ascii: "\\"):
                if let range = scanner.homeFolder(at: index) { return Match(kind: .homeFolder, range: range) }
                index += 1
            case UInt8(ascii: ":"), UInt8(ascii: "="):
                if let range = scanner.userInfo(at: index) { return Match(kind: .userInfo, range: range) }
                if let range = scanner.secretValue(at: index) { return Match(kind: .namedSecret, range: range) }
                index += 1
            case UInt8(ascii: "+"), UInt8(ascii: "("), UInt8(ascii: "0")...UInt8(ascii: "9"):
                if let match = scanner.number(at: index) { return match }
                // The digits of a number are looked at once: none of its tails is a match either.
                index += 1
                while index < text.count, text[index].isDigit { index += 1 }
            default:
                if !scanner[index - 1].isAlphanumeric, let range = scanner.apiKey(at: index) {
                    return Match(kind: .apiKey, range: range)
                }
                index += 1
            }
        }
        return nil
    }
}

/// The bytes that something sensitive begins with, or has in its middle or before it: `@`, `/`, `\`, `+`, `(`, `:`, `=`,
/// digits, and the first letters of API keys and schemes.
private enum Landmarks {
    /// Whether a byte is one of them.
    @inline(__always)
    static func contain(_ byte: UInt8) -> Bool {
        guard byte < 0x80 else { return false }
        // One bit a byte: two words in registers are faster than a table in memory.
        let word: UInt64 = byte < 0x40 ? 0x27FF_8900_0000_0000 : 0x0009_0086_1000_0007
        return word >> UInt64(byte & 0x3F) & 1 != 0
    }
}

extension UInt8 {
    /// Whether the byte is an ASCII digit.
    @inline(__always)
    var isDigit: Bool {
        self &- UInt8(ascii: "0") < 10
    }

    /// Whether the byte is an ASCII letter.
    @inline(__always)
    var isLetter: Bool {
        (self | 0x20) &- UInt8(ascii: "a") < 26
    }

    /// Whether the byte is an ASCII letter or digit.
    @inline(__always)
    var isAlphanumeric: Bool {
        isDigit || isLetter
    }
}
