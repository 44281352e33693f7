/// The name of a secret within a text, with the value behind it: `password=…`, `"api_key": "…"`, `Cookie: …`.
enum SecretName: Equatable {
    /// The value ends at a delimiter.
    case word
    /// A header's: behind a colon its value ends with the line.
    case header

    /// Whether a text holds such a name with `=` or `:` behind it.
    ///
    /// About 1 ns for each 16 bytes, and 2 ns for each separator.
    @inline(never)
    static func isContained(in text: UnsafeRawBufferPointer) -> Bool {
        guard text.count > 16 else { return isNamed(BytePairs.short(text), at: 0, in: text) }
        var index = 0
        while index < text.count - 16 {
            if isNamed(BytePairs.load(text, at: index), at: index, in: text) { return true }
            index += 16
        }
        return isNamed(BytePairs.load(text, at: text.count - 16), at: text.count - 16, in: text)
    }

    @inline(__always)
    private static func isNamed(_ block: BytePairs.Block, at start: Int, in text: UnsafeRawBufferPointer) -> Bool {
        var separators = BytePairs.bits((block .== BytePairs.all("=")) .| (block .== BytePairs.all(":")))
        while separators != 0 {
            if before(start + separators.trailingZeroBitCount, in: text, from: 0) != nil { return true }
            separators &= separators &- 1
        }
        return false
    }

    /// The name that ends before a separator, between them at most quotes and blanks.
    ///
    /// - Parameters:
    ///   - separator: The place of a `=` or `:`.
    ///   - text: The text.
    ///   - start: Nothing before this index is looked at.
    /// - Returns: nil if it is the name of something else.
    @inline(__always)
    static func before(_ separator: Int, in text: UnsafeRawBufferPointer, from start: Int) -> SecretName? {
        var end = separator
        while end > start, isFiller(text[end - 1]) { end -= 1 }
        guard end - start >= 3 else { return nil }
        // The last letters of all names.
        switch text[end - 1] | 0x20 {
        case UInt8(ascii: "d"), UInt8(ascii: "e"), UInt8(ascii: "s"), UInt8(ascii: "n"), UInt8(ascii: "y"),
            UInt8(ascii: "t"), UInt8(ascii: "v"):
            let isPlain = end == separator && text[separator] == UInt8(ascii: ":")
            return name(endingAt: end, in: text, from: start, isPlain: isPlain)
        default: return nil
        }
    }

    @inline(never)
    private static func name(
        endingAt end: Int,
        in text: UnsafeRawBufferPointer,
        from start: Int,
        isPlain: Bool
    ) -> SecretName? {
        let ending = NameEnding(text: text, start: start, end: end)
        switch text[end - 1] | 0x20 {
        case UInt8(ascii: "d"):
            return ending.has("password") || ending.has("passwd") || ending.isPart("pwd") ? .word : nil
        case UInt8(ascii: "e"):
            if ending.isPart("cookie") { return .header }
            return ending.has("passphrase") ? .word : nil
        case UInt8(ascii: "s"):
            // "pass: 12, fail: 3" is the account of a test.
            return !isPlain && ending.isPart("pass") ? .word : nil
        case UInt8(ascii: "n"):
            if ending.isPart("authorization") { return .header }
            return ending.has("token") || ending.isPart("ssn") ? .word : nil
        case UInt8(ascii: "t"): return ending.has("secret") ? .word : nil
        case UInt8(ascii: "v"): return ending.isPart("cvv") ? .word : nil
        default: return ending.isSecretKey ? .word : nil
        }
    }

    /// What may stand between a name and its separator, a backslash where a quote is escaped.
    @inline(__always)
    private static func isFiller(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'")
            || byte == UInt8(ascii: "\\")
    }
}

/// The end of a name.
private struct NameEnding {
    let text: UnsafeRawBufferPointer
    let start: Int
    let end: Int

    /// Whether the name ends with a word of lower-case letters, in any case.
    func has(_ word: StaticString) -> Bool {
        has(word, before: end)
    }

    /// Whether it does, and the word is not the end of a longer one, as in `bypass`.
    func isPart(_ word: StaticString) -> Bool {
        guard has(word) else { return false }
        let first = end - word.utf8CodeUnitCount
        guard first > start, text[first - 1].isLetter else { return true }
        return text[first] & 0x20 == 0 && text[first - 1] & 0x20 != 0
    }

    /// Whether it is `api_key`, `private_key` and the like, their parts joined by a separator or nothing.
    var isSecretKey: Bool {
        guard has("key") else { return false }
        var next = end - 3
        if next > start, text[next - 1] == UInt8(ascii: "_") || text[next - 1] == UInt8(ascii: "-") { next -= 1 }
        return has("api", before: next) || has("private", before: next) || has("secret", before: next)
            || has("access", before: next) || has("account", before: next)
    }

    private func has(_ word: StaticString, before end: Int) -> Bool {
        let first = end - word.utf8CodeUnitCount
        guard first >= start else { return false }
        for offset in 0..<word.utf8CodeUnitCount where text[first + offset] | 0x20 != word.utf8Start[offset] {
            return false
        }
        return true
    }
}
