import Platform

/// Keeps personal data and secrets from leaving the process.
///
/// Two kinds of rules, because each catches what the other cannot. By its key an attribute is sensitive if the key has
/// one of these words in it, in any case, their parts joined by `_`, `-`, `.`, a blank or nothing: password, passwd,
/// pwd, secret, token, api key, private key, credit card, ssn, social security, email; or if its last part is
/// authorization, cookie, cvv, pass or passphrase. By its value a text is sensitive where it holds an e-mail address, a
/// telephone number, an API key, the id of an AWS access key, `Bearer` or `Basic` with a token, the value of a named
/// secret (`password=…`, `"token": "…"`, `Cookie: …`), the user and password of a URL, the number of a credit card, an
/// IPv4 address, or a folder of a user. The names of events and spans are judged as values are. `user_id` and `userId` are replaced by `user_id_hash`, so that users can be
/// counted without being known.
///
/// Numbers and Booleans have no text: only their keys are looked at, Booleans never, and numbers under a key with
/// `token`, `pass` or `cookie` pass, since a number of tokens is no token.
///
/// The rules know shapes and names, nothing else: a secret by itself under a harmless key, such as
/// `["note": "hunter2"]`, is sent.
///
/// Values and bodies are scanned as bytes; no regular expressions.
public struct PrivacyFilter: Sendable {
    /// What stands for a text that was taken out.
    public static let redaction = "[REDACTED]"

    /// The settings that the filter was made with.
    public let settings: PrivacySettings

    /// A filter that works by these settings.
    public init(_ settings: PrivacySettings = .standard) {
        self.settings = settings
    }

    // MARK: - Attributes

    /// Whether attributes may be sent as they are.
    ///
    /// Hot path: budget 1.5 ns a byte, and a fraction of it for text without digits; it allocates nothing. The
    /// allow-list is left to `sanitized`, which is asked only when this says no.
    package func isClean(_ attributes: Attributes) -> Bool {
        guard settings.isEnabled else { return true }
        return attributes.withSlice { $0.isClean }
    }

    /// Whether an attribute may be sent as it is, by the standard rules.
    @inline(__always)
    static func isClean(_ key: String, _ value: AttributeValue) -> Bool {
        SensitiveKey.kind(of: key, holding: value) == nil && isClean(value)
    }

    /// Whether a text, such as the body of a log record, may be sent as it is.
    ///
    /// Hot path, as for attributes.
    package func isClean(_ text: String) -> Bool {
        !settings.isEnabled || !SensitiveText.isContained(in: text)
    }

    /// The attributes as they may be sent.
    ///
    /// - Returns: The attributes in their order, without those that are left out.
    public func sanitized(_ attributes: Attributes) -> Attributes {
        guard settings.isEnabled else { return attributes }
        var result = Attributes(capacity: attributes.count)
        for (key, value) in attributes.elements {
            guard !settings.allowedKeys.contains(key) else {
                result.append(key, value)
                continue
            }
            switch SensitiveKey.kind(of: key, holding: value) {
            case .userID:
                result.append(Self.hashedKey(key), .string(Self.hashed(Self.text(of: value))))
            case .secret:
                if let replacement = replacement(for: Self.text(of: value), settings.keyStrategy) {
                    result.append(key, .string(replacement))
                }
            case nil:
                if let value = sanitized(value) { result.append(key, value) }
            }
        }
        return result
    }

    /// A text, such as the body of a log record, as it may be sent.
    public func sanitized(_ text: String) -> String {
        guard settings.isEnabled else { return text }
        return replacingMatches(in: text) ?? text
    }

    @inline(__always)
    private static func isClean(_ value: AttributeValue) -> Bool {
        switch value {
        case .string(let text): !SensitiveText.isContained(in: text)
        case .integer, .double, .boolean: true
        case .array(let values): isClean(values, depth: 1)
        }
    }

    @inline(never)
    private static func isClean(_ values: [AttributeValue], depth: Int) -> Bool {
        // What is nested deeper is not sent.
        guard depth < AttributeValue.maximumDepth else { return true }
        return values.allSatisfy { value in
            switch value {
            case .string(let text): !SensitiveText.isContained(in: text)
            case .integer, .double, .boolean: true
            case .array(let nested): isClean(nested, depth: depth + 1)
            }
        }
    }

    /// The value as it may be sent, or nil if it is to be left out.
    private func sanitized(_ value: AttributeValue, depth: Int = 0) -> AttributeValue? {
        switch value {
        case .string(let text):
            guard let replaced = replacingMatches(in: text) else { return value }
            return settings.valueStrategy == .remove ? nil : .string(replaced)
        case .integer, .double, .boolean:
            return value
        case .array(let values):
            guard depth < AttributeValue.maximumDepth else { return .array([]) }
            return .array(values.compactMap { sanitized($0, depth: depth + 1) })
        }
    }

    // MARK: - Texts

    /// The text with every match replaced, or nil if there is none.
    private func replacingMatches(in text: String) -> String? {
        let bytes = Array(text.utf8)
        let matches = bytes.withUnsafeBytes { SensitiveText.matches(in: $0) }
        guard !matches.isEmpty else { return nil }
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var end = 0
        for match in matches {
            result += bytes[end..<match.range.lowerBound]
            let found = String(decoding: bytes[match.range], as: UTF8.self)
            result += (replacement(for: found, settings.valueStrategy) ?? "").utf8
            end = match.range.upperBound
        }
        result += bytes[end...]
        return String(decoding: result, as: UTF8.self)
    }

    /// What stands for a sensitive text; nil if nothing does.
    private func replacement(for text: String, _ strategy: PrivacySettings.Strategy) -> String? {
        switch strategy {
        case .remove: nil
        case .redact: Self.redaction
        case .hash: "sha256:" + Self.hashed(text)
        case .truncate(let count): Self.truncated(text, to: count)
        }
    }

    /// The first 16 hexadecimal digits of the SHA-256 digest of a text's UTF-8.
    public static func hashed(_ text: String) -> String {
        String(SHA256.hexadecimalDigest(of: text.utf8).prefix(16))
    }

    /// The text up to the first character that would not fit so many bytes.
    private static func truncated(_ text: String, to count: Int) -> String {
        var result = ""
        var rest = count
        for character in text {
            rest -= character.utf8.count
            guard rest >= 0 else { break }
            result.append(character)
        }
        return result
    }

    private static func text(of value: AttributeValue) -> String {
        switch value {
        case .string(let text): text
        case .integer(let number): "\(number)"
        case .double(let number): "\(number)"
        case .boolean(let flag): "\(flag)"
        case .array(let values): values.map { text(of: $0) }.joined(separator: ",")
        }
    }

    /// `user_id` becomes `user_id_hash`, `userId` becomes `userIdHash`.
    private static func hashedKey(_ key: String) -> String {
        key.contains("_") ? key + "_hash" : key + "Hash"
    }
}
