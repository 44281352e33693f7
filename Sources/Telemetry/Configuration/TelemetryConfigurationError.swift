/// A setting that a client cannot be made with.
public struct TelemetryConfigurationError: Error, Sendable, CustomStringConvertible {
    /// The field of `TelemetryConfiguration`, as written in code.
    public var field: String
    /// The value as given.
    public var value: String
    /// Why the value cannot be used and what would do.
    public var reason: String

    /// The field, the value and the reason in one line.
    public var description: String {
        "\(field): \(value.isEmpty ? "empty value" : "'\(value)'") \(reason)"
    }
}
