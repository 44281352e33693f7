/// The value of an attribute: a string, an integer, a double, a Boolean, or an array of values.
///
/// Literals convert by themselves: `["index": 7, "name": "a", "ratio": 0.5, "ok": true, "tags": ["x", "y"]]`.
///
/// Source: https://opentelemetry.io/docs/specs/otel/common/#attribute
public enum AttributeValue: Sendable, Hashable {
    /// Text, sent as UTF-8.
    case string(String)
    /// A signed 64-bit integer.
    case integer(Int64)
    /// A double-precision number; NaN and infinities are sent as they are.
    case double(Double)
    /// True or false.
    case boolean(Bool)
    /// Values in order. OpenTelemetry asks that they be of one kind; arrays nested deeper than 8 levels are cut there.
    case array([AttributeValue])
}

extension AttributeValue {
    /// Converts any Swift integer that fits 64 bits, signed.
    ///
    /// - Parameter value: The number; out of range it is clamped to the nearest representable integer.
    @inlinable
    public init(_ value: some BinaryInteger) {
        self = .integer(Int64(clamping: value))
    }
}

extension AttributeValue: ExpressibleByStringInterpolation {
    /// Makes a string value from a literal, interpolated or not.
    @inlinable
    public init(stringLiteral value: String) {
        self = .string(value)
    }
}

extension AttributeValue: ExpressibleByIntegerLiteral {
    /// Makes an integer value from a literal.
    @inlinable
    public init(integerLiteral value: Int64) {
        self = .integer(value)
    }
}

extension AttributeValue: ExpressibleByFloatLiteral {
    /// Makes a double value from a literal.
    @inlinable
    public init(floatLiteral value: Double) {
        self = .double(value)
    }
}

extension AttributeValue: ExpressibleByBooleanLiteral {
    /// Makes a Boolean value from a literal.
    @inlinable
    public init(booleanLiteral value: Bool) {
        self = .boolean(value)
    }
}

extension AttributeValue: ExpressibleByArrayLiteral {
    /// Makes an array value from a literal.
    @inlinable
    public init(arrayLiteral elements: AttributeValue...) {
        self = .array(elements)
    }
}
