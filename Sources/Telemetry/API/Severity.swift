/// How severe a log record is: 1 to 24 in six ranges of four, as OpenTelemetry has it.
///
/// Source: https://opentelemetry.io/docs/specs/otel/logs/data-model/#field-severitynumber
public struct Severity: RawRepresentable, Sendable, Hashable, Comparable {
    /// The number sent as `severity_number`, 1 … 24.
    public let rawValue: UInt8

    /// Makes a severity from its number.
    ///
    /// - Parameter rawValue: 1 … 24; anything else makes nil.
    public init?(rawValue: UInt8) {
        guard (1...24).contains(rawValue) else { return nil }
        self.rawValue = rawValue
    }

    private init(_ number: UInt8) {
        rawValue = number
    }

    /// A fine-grained debugging event.
    public static let trace = Severity(1)
    /// The second of the trace range.
    public static let trace2 = Severity(2)
    /// The third of the trace range.
    public static let trace3 = Severity(3)
    /// The fourth of the trace range.
    public static let trace4 = Severity(4)
    /// A debugging event.
    public static let debug = Severity(5)
    /// The second of the debug range.
    public static let debug2 = Severity(6)
    /// The third of the debug range.
    public static let debug3 = Severity(7)
    /// The fourth of the debug range.
    public static let debug4 = Severity(8)
    /// An informational event.
    public static let info = Severity(9)
    /// The second of the info range.
    public static let info2 = Severity(10)
    /// The third of the info range.
    public static let info3 = Severity(11)
    /// The fourth of the info range.
    public static let info4 = Severity(12)
    /// A warning: not an error, but likely more important than an informational event.
    public static let warn = Severity(13)
    /// The second of the warning range.
    public static let warn2 = Severity(14)
    /// The third of the warning range.
    public static let warn3 = Severity(15)
    /// The fourth of the warning range.
    public static let warn4 = Severity(16)
    /// Something went wrong.
    public static let error = Severity(17)
    /// The second of the error range.
    public static let error2 = Severity(18)
    /// The third of the error range.
    public static let error3 = Severity(19)
    /// The fourth of the error range.
    public static let error4 = Severity(20)
    /// An application or system crash.
    public static let fatal = Severity(21)
    /// The second of the fatal range.
    public static let fatal2 = Severity(22)
    /// The third of the fatal range.
    public static let fatal3 = Severity(23)
    /// The fourth of the fatal range.
    public static let fatal4 = Severity(24)

    /// The short name sent as `severity_text`.
    ///
    /// `TRACE`, `DEBUG2`, `INFO` and so on.
    public var name: String {
        Self.names[Int(rawValue) - 1]
    }

    private static let names = ["TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"].flatMap { range in
        [range, "\(range)2", "\(range)3", "\(range)4"]
    }

    /// Whether one is less severe than the other.
    public static func < (left: Severity, right: Severity) -> Bool {
        left.rawValue < right.rawValue
    }
}
