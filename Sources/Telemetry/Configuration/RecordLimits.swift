/// How much one record may hold; what is beyond is left out and counted.
///
/// Source: https://opentelemetry.io/docs/specs/otel/common/#attribute-limits,
/// https://opentelemetry.io/docs/specs/otel/trace/sdk/#span-limits
public struct RecordLimits: Sendable, Equatable {
    /// Attributes of an event, a log record or a span; 128 if not said.
    ///
    /// Zero or more. `OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT` for spans, `OTEL_LOGRECORD_ATTRIBUTE_COUNT_LIMIT` for logs, then
    /// `OTEL_ATTRIBUTE_COUNT_LIMIT`.
    public var attributes: Int?
    /// The length of a string value, in bytes of UTF-8; unlimited if not said.
    ///
    /// Zero or more. A longer value is cut before the first character that would pass the limit.
    /// `OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT` for spans, `OTEL_LOGRECORD_ATTRIBUTE_VALUE_LENGTH_LIMIT` for logs, then
    /// `OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT`.
    public var attributeValueLength: Int?
    /// Events of a span; 128 if not said.
    ///
    /// Zero or more. `OTEL_SPAN_EVENT_COUNT_LIMIT`.
    public var events: Int?
    /// Links of a span; 128 if not said.
    ///
    /// Zero or more. `OTEL_SPAN_LINK_COUNT_LIMIT`.
    public var links: Int?
    /// Attributes of an event of a span; 128 if not said.
    ///
    /// Zero or more. `OTEL_EVENT_ATTRIBUTE_COUNT_LIMIT`.
    public var attributesPerEvent: Int?
    /// Attributes of a link of a span; 128 if not said.
    ///
    /// Zero or more. `OTEL_LINK_ATTRIBUTE_COUNT_LIMIT`.
    public var attributesPerLink: Int?

    /// Characters of the body of a log record; 1,000 if not said.
    ///
    /// Zero or more. `TELEMETRY_LOG_BODY_LENGTH_LIMIT`.
    public var logBodyLength: Int?
    /// Characters of the message of an error, as an event and as the status of a span; 500 if not said.
    ///
    /// Zero or more. `TELEMETRY_ERROR_MESSAGE_LENGTH_LIMIT`.
    public var errorMessageLength: Int?

    /// Limits that say nothing.
    public init() {}
}
