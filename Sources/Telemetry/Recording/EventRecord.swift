import OTLP

/// An event, measured and ready to be written as an OTLP `LogRecord` with an event name.
///
/// Measuring first costs a pass over the attributes and saves everything else: the length prefixes are exact, one
/// comparison checks the room for the whole record, and the writing needs no checks.
///
/// Source: opentelemetry-proto `logs/v1/logs.proto`; https://opentelemetry.io/docs/specs/otel/logs/data-model/#event-name
struct EventRecord {
    /// The size of the record as it stands in `ScopeLogs`, tag and length included.
    let encodedSize: Int
    private let bodySize: Int

    @inline(__always)
    init(name: String, attributes: Attributes) {
        bodySize = 18 + 1 + ProtobufWire.lengthDelimitedSize(name.utf8.count) + attributes.encodedSize()
        encodedSize = 1 + ProtobufWire.lengthDelimitedSize(bodySize)
    }

    /// Writes the record; exactly `encodedSize` bytes.
    ///
    /// - Parameters:
    ///   - name: The name the record was measured with.
    ///   - attributes: The attributes the record was measured with.
    ///   - time: When the event happened, in nanoseconds since 1970; also its observed time.
    ///   - start: Memory with room for `encodedSize` bytes.
    @inline(__always)
    func write(name: String, attributes: Attributes, time: UInt64, at start: UnsafeMutableRawPointer) {
        var writer = ProtobufWriter(at: start)
        writer.tag(ScopeLogsTag.logRecords)
        writer.varint(UInt64(truncatingIfNeeded: bodySize))
        writer.tag(LogRecordTag.timeUnixNano)
        writer.fixed64(time)
        attributes.encode(tag: LogRecordTag.attributes, to: &writer)
        writer.tag(LogRecordTag.observedTimeUnixNano)
        writer.fixed64(time)
        writer.tag(LogRecordTag.eventName)
        writer.lengthDelimited(name)
    }
}
