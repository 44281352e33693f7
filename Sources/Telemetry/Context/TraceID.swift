/// Sixteen bytes that name a trace; all zero names none.
public struct TraceID: Sendable, Hashable, CustomStringConvertible {
    /// The first eight bytes, as a big-endian number.
    public var high: UInt64
    /// The last eight bytes, as a big-endian number.
    public var low: UInt64

    /// Makes an id from its halves.
    public init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// Reads 32 hexadecimal digits.
    ///
    /// - Parameter text: The digits, in upper or lower case; anything else makes nil.
    public init?(_ text: String) {
        guard text.utf8.count == 32, let high = UInt64(hexDigits: text.utf8.prefix(16)),
            let low = UInt64(hexDigits: text.utf8.suffix(16))
        else { return nil }
        self.init(high: high, low: low)
    }

    /// Whether any byte is not zero.
    public var isValid: Bool {
        high | low != 0
    }

    /// 32 lower-case hexadecimal digits.
    public var description: String {
        high.hexDigits + low.hexDigits
    }
}

/// Eight bytes that name a span; all zero names none.
public struct SpanID: Sendable, Hashable, CustomStringConvertible {
    /// The bytes, as a big-endian number.
    public var rawValue: UInt64

    /// Makes an id from its number.
    public init(_ rawValue: UInt64) {
        self.rawValue = rawValue
    }

    /// Reads 16 hexadecimal digits.
    ///
    /// - Parameter text: The digits, in upper or lower case; anything else makes nil.
    public init?(_ text: String) {
        guard text.utf8.count == 16, let value = UInt64(hexDigits: text.utf8[...]) else { return nil }
        rawValue = value
    }

    /// Whether any byte is not zero.
    public var isValid: Bool {
        rawValue != 0
    }

    /// 16 lower-case hexadecimal digits.
    public var description: String {
        rawValue.hexDigits
    }
}

extension UInt64 {
    /// Reads hexadecimal digits and nothing else: no sign.
    fileprivate init?(hexDigits digits: Substring.UTF8View) {
        var value: UInt64 = 0
        for byte in digits {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): value = value << 4 | UInt64(byte - UInt8(ascii: "0"))
            case UInt8(ascii: "a")...UInt8(ascii: "f"): value = value << 4 | UInt64(byte - UInt8(ascii: "a") + 10)
            case UInt8(ascii: "A")...UInt8(ascii: "F"): value = value << 4 | UInt64(byte - UInt8(ascii: "A") + 10)
            default: return nil
            }
        }
        self = value
    }

    /// 16 lower-case hexadecimal digits.
    fileprivate var hexDigits: String {
        let digits = String(self, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
