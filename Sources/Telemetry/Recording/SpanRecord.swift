import OTLP

/// A span that has ended, measured and ready to be written as an OTLP `Span`.
///
/// Source: opentelemetry-proto `trace/v1/trace.proto`
struct SpanRecord: SignalRecord {
    /// The size of the record as it stands in `ScopeSpans`, tag and length included.
    let encodedSize: Int
    private let bodySize: Int
    private let fields: SpanFields
    private let endTime: UInt64
    private let hasExtras: Bool

    /// Measures a span.
    ///
    /// - Parameters:
    ///   - fields: Everything but its end; they must live until the record is written.
    ///   - endTime: When it ended, in nanoseconds since 1970.
    @inline(__always)
    init(_ fields: SpanFields, endTime: UInt64) {
        self.fields = fields
        self.endTime = endTime
        let header = fields.header
        hasExtras =
            header.pointee.droppedAttributes | header.pointee.droppedEvents | header.pointee.droppedLinks != 0
            || header.pointee.status != .unset
        bodySize = header.pointee.count &+ 9 &+ (hasExtras ? Self.extrasSize(header.pointee) : 0)
        encodedSize = 1 + ProtobufWire.lengthDelimitedSize(bodySize)
    }

    @inline(__always)
    func write(at start: UnsafeMutableRawPointer) {
        var writer = ProtobufWriter(at: start)
        writer.tag(ScopeLogsTag.logRecords)
        writer.varint(UInt64(truncatingIfNeeded: bodySize))
        writer.bytes(fields.bytes)
        writer.tag(SpanTag.endTimeUnixNano)
        writer.fixed64(endTime)
        if hasExtras { Self.writeExtras(fields.header.pointee, to: &writer) }
    }

    // MARK: - Dropped counts and status

    @inline(never)
    private static func extrasSize(_ header: SpanFields.Header) -> Int {
        var size = 0
        for count in [header.droppedAttributes, header.droppedEvents, header.droppedLinks] where count > 0 {
            size += 1 + ProtobufWire.varintSize(UInt64(count))
        }
        if header.status != .unset {
            size += 1 + ProtobufWire.lengthDelimitedSize(statusSize(header.status))
        }
        return size
    }

    @inline(never)
    private static func writeExtras(_ header: SpanFields.Header, to writer: inout ProtobufWriter) {
        for (tag, count) in [
            (SpanTag.droppedAttributesCount, header.droppedAttributes),
            (SpanTag.droppedEventsCount, header.droppedEvents),
            (SpanTag.droppedLinksCount, header.droppedLinks),
        ] where count > 0 {
            writer.tag(tag)
            writer.varint(UInt64(count))
        }
        guard header.status != .unset else { return }
        writer.tag(SpanTag.status)
        writer.varint(UInt64(statusSize(header.status)))
        if case .error(let message) = header.status, !message.isEmpty {
            writer.tag(SpanStatusTag.message)
            writer.lengthDelimited(message)
        }
        writer.tag(SpanStatusTag.code)
        writer.byte(header.status.code)
    }

    private static func statusSize(_ status: SpanStatus) -> Int {
        guard case .error(let message) = status, !message.isEmpty else { return 2 }
        return 2 + 1 + ProtobufWire.lengthDelimitedSize(message.utf8.count)
    }
}
