/// Lists of the form `key1=value1,key2=value2`, as environment variables have them.
///
/// Blanks around keys and values do not count; keys and values are percent-encoded.
///
/// Source: https://opentelemetry.io/docs/specs/otel/resource/sdk/#specifying-resource-information-via-an-environment-variable,
/// https://opentelemetry.io/docs/specs/otel/protocol/exporter/#specifying-headers-via-environment-variables
enum KeyValueList {
    /// Takes a list apart.
    ///
    /// - Returns: The pairs in their order, a later value of a key in the place of the earlier; nil if any part is
    ///   malformed ("the entire environment variable value SHOULD be discarded").
    static func parse(_ text: String) -> [(name: String, value: String)]? {
        var pairs: [(name: String, value: String)] = []
        for part in text.split(separator: ",") {
            if part.allSatisfy(\.isWhitespace) { continue }
            guard let separator = part.firstIndex(of: "=") else { return nil }
            guard let name = decoded(part[..<separator]), !name.isEmpty,
                let value = decoded(part[part.index(after: separator)...])
            else { return nil }
            if let index = pairs.firstIndex(where: { $0.name == name }) {
                pairs[index].value = value
            } else {
                pairs.append((name, value))
            }
        }
        return pairs
    }

    /// The text without blanks around it and with `%41` for `A`; nil if that is no UTF-8.
    private static func decoded(_ text: Substring) -> String? {
        var bytes: [UInt8] = []
        var rest = text.utf8.drop { isBlank($0) }
        while let last = rest.last, isBlank(last) { rest.removeLast() }
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            let digits = rest.prefix(2)
            guard digits.count == 2, let code = UInt8(String(Substring(digits)), radix: 16), digits.first != 0x2B
            else { return nil }
            rest = rest.dropFirst(2)
            bytes.append(code)
        }
        return String(validating: bytes, as: UTF8.self)
    }

    private static func isBlank(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
    }
}
