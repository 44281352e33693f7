import OTLP

/// Keys of attributes that must not be sent as they are.
enum SensitiveKey {
    /// Why not.
    enum Kind: Equatable {
        /// It names a secret, or personal data.
        case secret
        /// It names who uses the program.
        case userID
    }

    /// Judges a key and what kind of value it has.
    ///
    /// Hot path, see `PrivacyFilter`.
    ///
    /// - Returns: nil for a key that is not sensitive.
    @inline(__always)
    static func kind(of key: String, holding value: AttributeValue) -> Kind? {
        key.withBytes { text in
            guard isSuspicious(text) else { return nil }
            switch value {
            case .boolean: return nil
            case .integer, .double: return kind(of: text, isNumber: true)
            case .string, .array: return kind(of: text, isNumber: false)
            }
        }
    }

    /// Judges a suspicious key.
    @inline(never)
    static func kind(of text: UnsafeRawBufferPointer, isNumber: Bool) -> Kind? {
        if isUserID(text) { return .userID }
        return isSecret(text, isNumber: isNumber) ? .secret : nil
    }

    private static func isUserID(_ text: UnsafeRawBufferPointer) -> Bool {
        let words = KeyWords(text)
        return (text.count == 6 || text.count == 7) && words.end(of: "user", "id", at: 0) == text.count
    }

    private static func isSecret(_ text: UnsafeRawBufferPointer, isNumber: Bool) -> Bool {
        let words = KeyWords(text)
        if isSecretByItsEnd(words, isNumber: isNumber) { return true }
        for index in text.indices {
            let isFound =
                switch text[index] | 0x20 {
                case UInt8(ascii: "p"):
                    words.has("password", at: index) || words.has("passwd", at: index) || words.has("pwd", at: index)
                        || words.end(of: "private", "key", at: index) != nil
                case UInt8(ascii: "s"):
                    words.has("secret", at: index) || isSocialSecurityNumber(words, at: index)
                        || words.end(of: "social", "security", at: index) != nil
                case UInt8(ascii: "t"): !isNumber && words.has("token", at: index)
                case UInt8(ascii: "a"): words.end(of: "api", "key", at: index) != nil
                case UInt8(ascii: "c"): words.end(of: "credit", "card", at: index) != nil
                case UInt8(ascii: "e"): words.end(of: "e", "mail", at: index) != nil
                default: false
                }
            if isFound { return true }
        }
        return false
    }

    /// Whether the last part of a key is `authorization` or the like: these words may be parts of harmless keys.
    private static func isSecretByItsEnd(_ words: KeyWords, isNumber: Bool) -> Bool {
        if words.endWith(part: "cvv") || words.endWith(part: "passphrase") { return true }
        // Numbers of passes and cookies are counts.
        guard !isNumber else { return false }
        return words.endWith(part: "authorization") || words.endWith(part: "cookie") || words.endWith(part: "cookies")
            || words.endWith(part: "pass")
    }

    /// `ssn`, but not where two words meet as in `className` and `accessNumber`.
    private static func isSocialSecurityNumber(_ words: KeyWords, at index: Int) -> Bool {
        words.has("ssn", at: index) && !words.has("ssname", at: index) && !words.has("ssnumber", at: index)
    }
}

/// The bytes of a key, to look for words in.
private struct KeyWords {
    private let text: UnsafeRawBufferPointer

    init(_ text: UnsafeRawBufferPointer) {
        self.text = text
    }

    /// Whether a word of lower-case letters stands at an index, in any case.
    func has(_ word: StaticString, at index: Int) -> Bool {
        guard text.count - index >= word.utf8CodeUnitCount else { return false }
        for offset in 0..<word.utf8CodeUnitCount where text[index + offset] | 0x20 != word.utf8Start[offset] {
            return false
        }
        return true
    }

    /// Whether the key is a word of lower-case letters, in any case, or has it for its last part.
    func endWith(part word: StaticString) -> Bool {
        let first = text.count - word.utf8CodeUnitCount
        guard first >= 0, has(word, at: first) else { return false }
        guard first > 0, text[first - 1].isLetter else { return true }
        // Camel case begins a part, too.
        return text[first] & 0x20 == 0 && text[first - 1] & 0x20 != 0
    }

    /// Where two words end that stand at an index, joined by a separator or nothing; nil if they do not stand there.
    func end(of first: StaticString, _ second: StaticString, at index: Int) -> Int? {
        guard has(first, at: index) else { return nil }
        var next = index + first.utf8CodeUnitCount
        if next < text.count {
            switch text[next] {
            case UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: " "): next += 1
            default: break
            }
        }
        return has(second, at: next) ? next + second.utf8CodeUnitCount : nil
    }
}
