/// Looks for one thing at one place of a text.
///
/// Numbers and words count only where they stand by themselves: not as a part of a longer word, number or identifier.
struct TextScanner {
    /// All of the text, so that a rule sees what is before its place.
    let text: UnsafeRawBufferPointer
    /// Nothing before this index belongs to a match.
    let start: Int

    /// The byte at an index, or 0 outside of the text.
    @inline(__always)
    subscript(index: Int) -> UInt8 {
        index >= start && index < text.count ? text[index] : 0
    }

    // MARK: - E-mail

    /// The address around an `@`: `name@host.tld`.
    func email(at index: Int) -> Range<Int>? {
        var lower = index
        while Self.isLocalPart(self[lower - 1]) { lower -= 1 }
        // Dots are not at the ends.
        while lower < index, text[lower] == UInt8(ascii: ".") { lower += 1 }
        guard lower < index else { return nil }
        var upper = index + 1
        var lastDot = index
        while self[upper].isAlphanumeric || self[upper] == UInt8(ascii: "-") || self[upper] == UInt8(ascii: ".") {
            if text[upper] == UInt8(ascii: ".") {
                // A sentence ends behind the address.
                guard upper > lastDot + 1, self[upper + 1].isAlphanumeric else { break }
                lastDot = upper
            }
            upper += 1
        }
        guard lastDot > index else { return nil }
        let topLevel = text[(lastDot + 1)..<upper]
        return topLevel.count >= 2 && topLevel.allSatisfy(\.isLetter) ? lower..<upper : nil
    }

    private static func isLocalPart(_ byte: UInt8) -> Bool {
        if byte.isAlphanumeric { return true }
        switch byte {
        case UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "%"), UInt8(ascii: "+"), UInt8(ascii: "-"),
            UInt8(ascii: "'"):
            return true
        default:
            return false
        }
    }

    // MARK: - Folders

    /// `/home/name`, `/Users/name`, `\Users\name`, up to the end of the name.
    func homeFolder(at index: Int) -> Range<Int>? {
        let isBackslash = text[index] == UInt8(ascii: "\\")
        // A folder of a URL's path has something before it.
        guard isBackslash || !self[index - 1].isAlphanumeric else { return nil }
        var next = index + 1
        if hasText("Users", at: next) {
            next += 5
        } else if hasText("home", at: next), !isBackslash {
            next += 4
        } else {
            return nil
        }
        let separator = text[index]
        guard self[next] == separator else { return nil }
        // Two backslashes are one that was escaped.
        while self[next] == separator { next += 1 }
        let name = next
        while next < text.count, !Self.endsName(text[next]) { next += 1 }
        return next > name ? index..<next : nil
    }

    private static func endsName(_ byte: UInt8) -> Bool {
        switch byte {
        case 0...0x20, UInt8(ascii: "/"), UInt8(ascii: "\\"), UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: ":"),
            UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: ">"):
            true
        default:
            false
        }
    }

    // MARK: - Secrets

    /// How long the secret part of an API key is at least.
    static let secretLength = 20

    /// `sk_live_…`, `ghp_…` and the like, with twenty characters or more behind them, and credentials; what is before it
    /// was looked at.
    func apiKey(at index: Int) -> Range<Int>? {
        let secret: Int
        switch text[index] {
        case UInt8(ascii: "s"), UInt8(ascii: "p"):
            if hasText("k_live_", at: index + 1) || hasText("k_test_", at: index + 1) {
                secret = index + 8
            } else if hasText("sk-", at: index) {
                secret = index + 3
            } else {
                return nil
            }
        case UInt8(ascii: "g"):
            if hasText("ghp_", at: index) {
                secret = index + 4
            } else if hasText("github_pat_", at: index) {
                secret = index + 11
            } else {
                return nil
            }
        case UInt8(ascii: "B"), UInt8(ascii: "b"):
            return credentials(at: index)
        default:
            if let range = accessKeyID(at: index) { return range }
            guard let end = endOfAPIKeyName(at: index), self[end] != UInt8(ascii: "=") else { return nil }
            secret = skip(from: end) { byte in
                switch byte {
                // For `=` and `:` see `secretValue`.
                case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "_"): true
                default: Self.isBlank(byte)
                }
            }
        }
        let end = skip(from: secret, Self.isSecret)
        return end - secret >= Self.secretLength ? index..<end : nil
    }

    /// The end of `api_key`, `api-key` or `apikey`, in any case.
    private func endOfAPIKeyName(at index: Int) -> Int? {
        guard hasWord("api", at: index) else { return nil }
        var next = index + 3
        if self[next] == UInt8(ascii: "_") || self[next] == UInt8(ascii: "-") { next += 1 }
        return hasWord("key", at: next) ? next + 3 : nil
    }

    /// Whether a byte is a blank within a line.
    static func isBlank(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
    }

    /// The characters of tokens: RFC 6750's `b64token`, and what API keys have besides.
    static func isSecret(_ byte: UInt8) -> Bool {
        if byte.isAlphanumeric { return true }
        switch byte {
        case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"), UInt8(ascii: "+"),
            UInt8(ascii: "/"), UInt8(ascii: "="):
            return true
        default:
            return false
        }
    }

    // MARK: - Text

    /// The first index from here on whose byte is not skipped.
    func skip(from index: Int, _ isSkipped: (UInt8) -> Bool) -> Int {
        var index = index
        while index < text.count, isSkipped(text[index]) { index += 1 }
        return index
    }

    /// Whether a word stands at an index.
    func hasText(_ word: StaticString, at index: Int) -> Bool {
        guard text.count - index >= word.utf8CodeUnitCount else { return false }
        for offset in 0..<word.utf8CodeUnitCount where text[index + offset] != word.utf8Start[offset] { return false }
        return true
    }

    /// The same in any case, for words of lower-case letters.
    func hasWord(_ word: StaticString, at index: Int) -> Bool {
        guard text.count - index >= word.utf8CodeUnitCount else { return false }
        for offset in 0..<word.utf8CodeUnitCount where text[index + offset] | 0x20 != word.utf8Start[offset] {
            return false
        }
        return true
    }
}
