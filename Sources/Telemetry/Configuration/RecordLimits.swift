/// How much one record may hold; what is beyond is left out and counted.
///
/// Source: https://opentelemetry.io/docs/specs/otel/common/#attribute-limits,
/// https://opentelemetry.io/docs/specs/otel/trace/sdk/#span-limits
public struct RecordLimits: Sendable, Equatable {
    /// Attributes of an event, a log record or a span; 128 if not said.
    ///
    /// Zero or more.
    public var attributes: Int?
    /// The length of a string value, in bytes of UTF-8; unlimited if not said.
    ///
    /// Zero or more. A longer value is cut before the first character that would pass the limit.
    public var attributeValueLength: Int?
    /// Events of a span; 128 if not said.
    ///
    /// Zero or more.
    public var events: Int?
    /// Links of a span; 128 if not said.
    ///
    /// Zero or more.
    public var links: Int?
    /// Attributes of an event of a span; 128 if not said.
    ///
    /// Zero or more.
    public var attributesPerEvent: Int?
    /// Attributes of a link of a span; 128 if not said.
    ///
    /// Zero or more.
    public var attributesPerLink: Int?

    /// Limits that say nothing.
    public init() {}
}
