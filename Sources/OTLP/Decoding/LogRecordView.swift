/// One log record, or event, where it lies in the input.
///
/// Its bytes have been validated.
/// Valid only during the visitor's call; not copyable, so that it is not kept by accident. Fields that a visitor does not
/// use cost nothing once the decoder is specialised for it.
@usableFromInline package struct LogRecordView: ~Copyable {
    /// When the event happened, in nanoseconds since 1970; 0 = not known.
    @usableFromInline package var timeUnixNano: UInt64 = 0
    /// When it was observed, in nanoseconds since 1970; 0 = not known.
    @usableFromInline package var observedTimeUnixNano: UInt64 = 0
    /// Severity from 1 (trace) to 24 (fatal4); 0 = unspecified.
    ///
    /// The wire format does not limit it to that range.
    @usableFromInline package var severityNumber: Int32 = 0
    /// The severity's name at the source; empty when not set.
    @usableFromInline package var severityText: OTLPText
    /// The event's name; empty when the record is not an event.
    @usableFromInline package var eventName: OTLPText
    /// The record's body, or nil when not set.
    @usableFromInline package var body: AnyValueView?
    /// The record's attributes.
    @usableFromInline package var attributes: AttributeList
    /// How many attributes the sender says it dropped.
    @usableFromInline package var droppedAttributesCount: UInt32 = 0
    /// W3C trace flags in the low eight bits.
    @usableFromInline package var flags: UInt32 = 0
    /// Trace id, 16 bytes when valid; empty when not set.
    @usableFromInline package var traceID: OTLPText
    /// Span id, 8 bytes when valid; empty when not set.
    @usableFromInline package var spanID: OTLPText

    /// Reads and validates all fields of the record that `message` spans.
    ///
    /// - Parameters:
    ///   - message: The bytes of one `LogRecord`.
    ///   - depth: Nesting depth of the record in the input, which is 3 in a request.
    /// - Throws: ``OTLPDecodingError`` when the bytes are malformed.
    @inlinable @inline(__always)
    package init(_ message: ProtobufCursor, depth: Int = 3) throws(OTLPDecodingError) {
        let empty = OTLPText(emptyAt: message)
        severityText = empty
        eventName = empty
        traceID = empty
        spanID = empty
        body = nil
        // The list begins at the first attribute, so that a look-up does not read the other fields again.
        var attributesStart = message.end
        var cursor = message
        while !cursor.isAtEnd {
            let fieldStart = cursor.next
            let tag = try cursor.readTag()
            switch tag {
            case LogRecordTag.timeUnixNano: timeUnixNano = try cursor.readFixed64()
            case LogRecordTag.observedTimeUnixNano: observedTimeUnixNano = try cursor.readFixed64()
            case LogRecordTag.eventName: eventName = try cursor.readText()
            case LogRecordTag.attributes:
                if attributesStart == message.end { attributesStart = fieldStart }
                try cursor.readMessage().validateKeyValue(depth: depth + 1)
            case LogRecordTag.severityNumber: severityNumber = Int32(truncatingIfNeeded: try cursor.readVarint())
            case LogRecordTag.severityText: severityText = try cursor.readText()
            case LogRecordTag.body:
                let value = try cursor.readMessage()
                try value.validateAnyValue(depth: depth + 1)
                body = AnyValueView(value)
            case LogRecordTag.droppedAttributesCount:
                droppedAttributesCount = UInt32(truncatingIfNeeded: try cursor.readVarint())
            case LogRecordTag.flags: flags = try cursor.readFixed32()
            case LogRecordTag.traceID: traceID = try cursor.readText()
            case LogRecordTag.spanID: spanID = try cursor.readText()
            default: try cursor.skipValue(of: tag, depth: depth)
            }
        }
        attributes = AttributeList(
            ProtobufCursor(origin: message.origin, next: attributesStart, end: message.end),
            tag: LogRecordTag.attributes
        )
    }
}
