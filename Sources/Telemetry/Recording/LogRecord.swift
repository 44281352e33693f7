import OTLP

/// A log record, an event if it has an event name, measured and ready to be written as an OTLP `LogRecord`.
///
/// Source: opentelemetry-proto `logs/v1/logs.proto`; https://opentelemetry.io/docs/specs/otel/logs/data-model/
struct LogRecord: SignalRecord {
    /// The size of the record as it stands in `ScopeLogs`, tag and length included.
    let encodedSize: Int
    private let bodySize: Int
    private let time: UInt64
    private let eventName: String?
    private let message: String?
    private let severity: Severity?
    private let attributes: AttributeSlice
    private let context: SpanContext?

    /// Measures a record.
    ///
    /// - Parameters:
    ///   - time: When it happened, in nanoseconds since 1970; also its observed time.
    ///   - eventName: The name that makes it an event.
    ///   - message: Its body.
    ///   - severity: How severe it is; unspecified if nil.
    ///   - attributes: What else there is to say.
    ///   - context: The span that it belongs to.
    @inline(__always)
    init(
        time: UInt64,
        eventName: String?,
        message: String? = nil,
        severity: Severity? = nil,
        attributes: AttributeSlice,
        context: SpanContext?
    ) {
        var size = 9 + 9 + attributes.encodedSize(countTagSize: 1)
        if let eventName { size += 1 + ProtobufWire.lengthDelimitedSize(eventName.utf8.count) }
        if let message { size += 1 + ProtobufWire.lengthDelimitedSize(Self.bodyValueSize(message)) }
        if let severity { size += 2 + 1 + ProtobufWire.lengthDelimitedSize(severity.name.utf8.count) }
        if context != nil { size += 5 + 18 + 10 }
        bodySize = size
        encodedSize = 1 + ProtobufWire.lengthDelimitedSize(size)
        self.time = time
        self.eventName = eventName
        self.message = message
        self.severity = severity
        self.attributes = attributes
        self.context = context
    }

    @inline(__always)
    private static func bodyValueSize(_ message: String) -> Int {
        1 + ProtobufWire.lengthDelimitedSize(message.utf8.count)
    }

    @inline(__always)
    func write(at start: UnsafeMutableRawPointer) {
        var writer = ProtobufWriter(at: start)
        writer.tag(ScopeLogsTag.logRecords)
        writer.varint(UInt64(truncatingIfNeeded: bodySize))
        writer.tag(LogRecordTag.timeUnixNano)
        writer.fixed64(time)
        if let severity {
            writer.tag(LogRecordTag.severityNumber)
            writer.byte(severity.rawValue)
            writer.tag(LogRecordTag.severityText)
            writer.lengthDelimited(severity.name)
        }
        if let message {
            writer.tag(LogRecordTag.body)
            writer.varint(UInt64(truncatingIfNeeded: Self.bodyValueSize(message)))
            writer.tag(AnyValueTag.string)
            writer.lengthDelimited(message)
        }
        attributes.encode(tag: LogRecordTag.attributes, to: &writer)
        if attributes.droppedCount > 0 {
            writer.tag(LogRecordTag.droppedAttributesCount)
            writer.varint(UInt64(attributes.droppedCount))
        }
        if let context {
            writer.tag(LogRecordTag.flags)
            writer.fixed32(context.traceFlags)
            writer.tag(LogRecordTag.traceID)
            writer.traceID(context.traceID)
            writer.tag(LogRecordTag.spanID)
            writer.spanID(context.spanID)
        }
        writer.tag(LogRecordTag.observedTimeUnixNano)
        writer.fixed64(time)
        if let eventName {
            writer.tag(LogRecordTag.eventName)
            writer.lengthDelimited(eventName)
        }
    }
}

extension ProtobufWriter {
    /// Writes the length and the bytes of an id.
    @inline(__always)
    mutating func traceID(_ id: TraceID) {
        byte(16)
        fixed64(id.high.byteSwapped)
        fixed64(id.low.byteSwapped)
    }

    /// Writes the length and the bytes of an id.
    @inline(__always)
    mutating func spanID(_ id: SpanID) {
        byte(8)
        fixed64(id.rawValue.byteSwapped)
    }
}
