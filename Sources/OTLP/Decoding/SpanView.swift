/// One span, where it lies in the input.
///
/// Its bytes have been validated.
/// Valid only during the visitor's call; not copyable, so that it is not kept by accident. Fields that a visitor does not
/// use cost nothing once the decoder is specialised for it.
@usableFromInline package struct SpanView: ~Copyable {
    /// Trace id, 16 bytes when valid.
    @usableFromInline package var traceID: OTLPText
    /// Span id, 8 bytes when valid.
    @usableFromInline package var spanID: OTLPText
    /// W3C trace state; empty when not set.
    @usableFromInline package var traceState: OTLPText
    /// Span id of the parent, 8 bytes when valid; empty for a root span.
    @usableFromInline package var parentSpanID: OTLPText
    /// The operation's name.
    @usableFromInline package var name: OTLPText
    /// 1 internal, 2 server, 3 client, 4 producer, 5 consumer; 0 = unspecified.
    @usableFromInline package var kind: Int32 = 0
    /// When the operation began, in nanoseconds since 1970.
    @usableFromInline package var startTimeUnixNano: UInt64 = 0
    /// When it ended, in nanoseconds since 1970.
    @usableFromInline package var endTimeUnixNano: UInt64 = 0
    /// The span's attributes.
    @usableFromInline package var attributes: AttributeList
    /// How many attributes the sender says it dropped.
    @usableFromInline package var droppedAttributesCount: UInt32 = 0
    /// The span's events, in order.
    @usableFromInline package var events: MessageList<SpanEventView>
    /// How many events the sender says it dropped.
    @usableFromInline package var droppedEventsCount: UInt32 = 0
    /// The span's links, in order.
    @usableFromInline package var links: MessageList<SpanLinkView>
    /// How many links the sender says it dropped.
    @usableFromInline package var droppedLinksCount: UInt32 = 0
    /// Status code: 0 unset, 1 ok, 2 error.
    @usableFromInline package var statusCode: Int32 = 0
    /// Status message; empty when not set.
    @usableFromInline package var statusMessage: OTLPText
    /// W3C trace flags in the low eight bits, then "is the parent remote" in bits 8 (known) and 9.
    @usableFromInline package var flags: UInt32 = 0

    /// Reads and validates all fields of the span that `message` spans.
    ///
    /// Hot path: about 40 ns with one attribute.
    ///
    /// - Parameters:
    ///   - message: The bytes of one `Span`.
    ///   - depth: Nesting depth of the span in the input, which is 3 in a request.
    /// - Throws: ``OTLPDecodingError`` when the bytes are malformed.
    @inlinable @inline(__always)
    package init(_ message: ProtobufCursor, depth: Int = 3) throws(OTLPDecodingError) {
        let empty = OTLPText(emptyAt: message)
        traceID = empty
        spanID = empty
        traceState = empty
        parentSpanID = empty
        name = empty
        statusMessage = empty
        // Each list begins at its first element, so that a look-up does not read the other fields again.
        var attributesStart = message.end
        var eventsStart = message.end
        var linksStart = message.end
        var cursor = message
        while !cursor.isAtEnd {
            let fieldStart = cursor.next
            let tag = try cursor.readTag()
            switch tag {
            case SpanTag.traceID: traceID = try cursor.readText()
            case SpanTag.spanID: spanID = try cursor.readText()
            case SpanTag.traceState: traceState = try cursor.readText()
            case SpanTag.parentSpanID: parentSpanID = try cursor.readText()
            case SpanTag.name: name = try cursor.readText()
            case SpanTag.kind: kind = Int32(truncatingIfNeeded: try cursor.readVarint())
            case SpanTag.startTimeUnixNano: startTimeUnixNano = try cursor.readFixed64()
            case SpanTag.endTimeUnixNano: endTimeUnixNano = try cursor.readFixed64()
            case SpanTag.attributes:
                if attributesStart == message.end { attributesStart = fieldStart }
                try cursor.readMessage().validateKeyValue(depth: depth + 1)
            case SpanTag.droppedAttributesCount:
                droppedAttributesCount = UInt32(truncatingIfNeeded: try cursor.readVarint())
            case SpanTag.events:
                if eventsStart == message.end { eventsStart = fieldStart }
                _ = try SpanEventView(cursor.readMessage(), depth: depth + 1)
            case SpanTag.droppedEventsCount:
                droppedEventsCount = UInt32(truncatingIfNeeded: try cursor.readVarint())
            case SpanTag.links:
                if linksStart == message.end { linksStart = fieldStart }
                _ = try SpanLinkView(cursor.readMessage(), depth: depth + 1)
            case SpanTag.droppedLinksCount:
                droppedLinksCount = UInt32(truncatingIfNeeded: try cursor.readVarint())
            case SpanTag.status:
                // A status that occurs twice is merged, as protobuf demands.
                var status = try cursor.readMessage()
                while !status.isAtEnd {
                    let tag = try status.readTag()
                    switch tag {
                    case SpanStatusTag.message: statusMessage = try status.readText()
                    case SpanStatusTag.code: statusCode = Int32(truncatingIfNeeded: try status.readVarint())
                    default: try status.skipValue(of: tag, depth: depth + 1)
                    }
                }
            case SpanTag.flags: flags = try cursor.readFixed32()
            default: try cursor.skipValue(of: tag, depth: depth)
            }
        }
        let origin = message.origin
        let end = message.end
        attributes = AttributeList(
            ProtobufCursor(origin: origin, next: attributesStart, end: end),
            tag: SpanTag.attributes
        )
        events = MessageList(ProtobufCursor(origin: origin, next: eventsStart, end: end), tag: SpanTag.events)
        links = MessageList(ProtobufCursor(origin: origin, next: linksStart, end: end), tag: SpanTag.links)
    }
}

/// An event of a span, where it lies in the input; valid only during the visitor's call.
@usableFromInline package struct SpanEventView: MessageView {
    /// When it happened, in nanoseconds since 1970.
    @usableFromInline package var timeUnixNano: UInt64 = 0
    /// The event's name.
    @usableFromInline package var name: OTLPText
    /// The event's attributes.
    @usableFromInline package var attributes: AttributeList
    /// How many attributes the sender says it dropped.
    @usableFromInline package var droppedAttributesCount: UInt32 = 0

    /// Reads and validates all fields.
    @usableFromInline
    package init(_ message: ProtobufCursor, depth: Int) throws(OTLPDecodingError) {
        name = OTLPText(emptyAt: message)
        attributes = AttributeList(message, tag: SpanEventTag.attributes)
        var cursor = message
        while !cursor.isAtEnd {
            let tag = try cursor.readTag()
            switch tag {
            case SpanEventTag.timeUnixNano: timeUnixNano = try cursor.readFixed64()
            case SpanEventTag.name: name = try cursor.readText()
            case SpanEventTag.attributes: try cursor.readMessage().validateKeyValue(depth: depth + 1)
            case SpanEventTag.droppedAttributesCount:
                droppedAttributesCount = UInt32(truncatingIfNeeded: try cursor.readVarint())
            default: try cursor.skipValue(of: tag, depth: depth)
            }
        }
    }
}

/// A link of a span to another, where it lies in the input; valid only during the visitor's call.
@usableFromInline package struct SpanLinkView: MessageView {
    /// Trace id of the other span, 16 bytes when valid.
    @usableFromInline package var traceID: OTLPText
    /// Span id of the other span, 8 bytes when valid.
    @usableFromInline package var spanID: OTLPText
    /// W3C trace state; empty when not set.
    @usableFromInline package var traceState: OTLPText
    /// The link's attributes.
    @usableFromInline package var attributes: AttributeList
    /// How many attributes the sender says it dropped.
    @usableFromInline package var droppedAttributesCount: UInt32 = 0
    /// As the flags of a span.
    @usableFromInline package var flags: UInt32 = 0

    /// Reads and validates all fields.
    @usableFromInline
    package init(_ message: ProtobufCursor, depth: Int) throws(OTLPDecodingError) {
        let empty = OTLPText(emptyAt: message)
        traceID = empty
        spanID = empty
        traceState = empty
        attributes = AttributeList(message, tag: SpanLinkTag.attributes)
        var cursor = message
        while !cursor.isAtEnd {
            let tag = try cursor.readTag()
            switch tag {
            case SpanLinkTag.traceID: traceID = try cursor.readText()
            case SpanLinkTag.spanID: spanID = try cursor.readText()
            case SpanLinkTag.traceState: traceState = try cursor.readText()
            case SpanLinkTag.attributes: try cursor.readMessage().validateKeyValue(depth: depth + 1)
            case SpanLinkTag.droppedAttributesCount:
                droppedAttributesCount = UInt32(truncatingIfNeeded: try cursor.readVarint())
            case SpanLinkTag.flags: flags = try cursor.readFixed32()
            default: try cursor.skipValue(of: tag, depth: depth)
            }
        }
    }
}
