extension TextScanner {
    // MARK: - Credentials

    /// `Bearer …` and `Basic …`: the scheme and three or more characters of a token.
    ///
    /// What is before it was looked at. "bearer token" and "basic authentication" are prose: the word `token` is no token,
    /// and what follows `basic` counts if it has a digit, a `=`, or a capital letter that is not the first.
    ///
    /// Source: https://www.rfc-editor.org/rfc/rfc9110#section-11.4
    func credentials(at index: Int) -> Range<Int>? {
        let isBearer = hasWord("bearer", at: index)
        guard isBearer || hasWord("basic", at: index) else { return nil }
        let scheme = index + (isBearer ? 6 : 5)
        guard Self.isBlank(self[scheme]) else { return nil }
        let token = skip(from: scheme, Self.isBlank)
        let end = skip(from: token, Self.isSecret)
        guard end - token >= 3 else { return nil }
        if isBearer {
            let isProse = end - token <= 6 && hasWord("token", at: token)
            return isProse ? nil : index..<end
        }
        let isToken =
            text[token].isDigit
            || text[(token + 1)..<end].contains { byte in
                byte.isDigit || byte == UInt8(ascii: "=") || byte &- UInt8(ascii: "A") < 26
            }
        return isToken ? index..<end : nil
    }

    /// Whether `bearer` or `basic` stands somewhere, in any case.
    ///
    /// Under 1 ns a byte.
    @inline(never)
    static func hasScheme(_ text: UnsafeRawBufferPointer) -> Bool {
        let scanner = TextScanner(text: text, start: 0)
        var index = 0
        // A blank and a token of three characters have to fit behind it.
        while index < text.count - 8 {
            if text[index] | 0x20 == UInt8(ascii: "b"),
                scanner.hasWord("bearer", at: index) || scanner.hasWord("basic", at: index)
            {
                return true
            }
            index += 1
        }
        return false
    }

    /// `AKIA` or `ASIA` and sixteen capital letters or digits; what is before it was looked at.
    ///
    /// Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids
    func accessKeyID(at index: Int) -> Range<Int>? {
        guard hasText("AKIA", at: index) || hasText("ASIA", at: index) else { return nil }
        let end = skip(from: index) { $0.isDigit || $0 &- UInt8(ascii: "A") < 26 }
        return end - index == 20 && !self[end].isAlphanumeric ? index..<end : nil
    }

    /// The user and the password before the host of a URL, whose `:` is at an index: of `https://bob:secret@host`,
    /// `bob:secret`.
    ///
    /// Source: https://www.rfc-editor.org/rfc/rfc3986#section-3.2.1
    func userInfo(at index: Int) -> Range<Int>? {
        guard hasText("://", at: index) else { return nil }
        let first = index + 3
        var last: Int?
        var next = first
        while next < text.count, !Self.endsAuthority(text[next]) {
            if text[next] == UInt8(ascii: "@") { last = next }
            next += 1
        }
        guard let last, last > first, !isRedacted(at: first) else { return nil }
        return first..<last
    }

    // MARK: - Named secrets

    /// The value of `password=…` and the like, whose `=` or `:` is at an index.
    func secretValue(at index: Int) -> Range<Int>? {
        guard let name = SecretName.before(index, in: text, from: start) else { return nil }
        var value = index + 1
        let isColon = text[index] == UInt8(ascii: ":")
        switch self[value] {
        // `token::kind` and `token == nil` are code.
        case UInt8(ascii: ":"): return nil
        case UInt8(ascii: "="):
            guard isColon else { return nil }
            value += 1
        case UInt8(ascii: ">") where !isColon: value += 1
        default: break
        }
        value = skip(from: value) { Self.isBlank($0) || $0 == UInt8(ascii: "[") && !isRedacted(at: value) }
        let isEscaped = self[value] == UInt8(ascii: "\\")
        let quote = self[isEscaped ? value + 1 : value]
        let end: Int
        if quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
            value += isEscaped ? 2 : 1
            end = endOfQuotation(from: value, quote, isEscaped: isEscaped)
        } else if name == .header, isColon {
            end = skip(from: value) { !Self.endsHeader($0) }
        } else {
            end = endOfWord(from: value)
        }
        guard end > value, self[value] != UInt8(ascii: "{"), !isRedacted(at: value) else { return nil }
        return value..<end
    }

    private func endOfQuotation(from index: Int, _ quote: UInt8, isEscaped: Bool) -> Int {
        var next = index
        while next < text.count, text[next] != quote {
            if text[next] == UInt8(ascii: "\\") {
                if isEscaped { break }
                next += 1
            }
            next += 1
        }
        return min(next, text.count)
    }

    /// The end of a value without quotes; the name of a scheme is not all of it.
    private func endOfWord(from index: Int) -> Int {
        if let credentials = credentials(at: index) {
            return skip(from: credentials.upperBound) { !Self.endsValue($0) }
        }
        return skip(from: index) { !Self.endsValue($0) }
    }

    /// Whether what stands at an index was taken out before.
    private func isRedacted(at index: Int) -> Bool {
        hasText("[REDACTED]", at: index)
    }

    private static func endsValue(_ byte: UInt8) -> Bool {
        switch byte {
        case 0...0x20, UInt8(ascii: "&"), UInt8(ascii: ";"), UInt8(ascii: ","), UInt8(ascii: "\""), UInt8(ascii: "'"),
            UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"):
            true
        default: false
        }
    }

    private static func endsHeader(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") || byte == UInt8(ascii: "\"")
            || byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\\")
    }

    private static func endsAuthority(_ byte: UInt8) -> Bool {
        switch byte {
        case 0...0x20, UInt8(ascii: "/"), UInt8(ascii: "?"), UInt8(ascii: "#"), UInt8(ascii: "\""), UInt8(ascii: "<"),
            UInt8(ascii: ">"):
            true
        default: false
        }
    }
}
