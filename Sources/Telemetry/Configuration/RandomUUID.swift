/// Random identifiers of the form `f47ac10b-58cc-4372-a567-0e02b2c3d479`.
///
/// Source: RFC 9562, section 5.4 (version 4).
enum RandomUUID {
    /// Makes one, from the system's random numbers.
    static func make() -> String {
        var random = SystemRandomNumberGenerator()
        return text(random.next(), random.next())
    }

    /// The text of a UUID whose random bits are given.
    static func text(_ high: UInt64, _ low: UInt64) -> String {
        let digits = Array(hexadecimal(high & ~0xF000 | 0x4000) + hexadecimal(low & ~(0b11 << 62) | 0b10 << 62))
        return [0..<8, 8..<12, 12..<16, 16..<20, 20..<32].map { String(digits[$0]) }.joined(separator: "-")
    }

    private static func hexadecimal(_ value: UInt64) -> String {
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
