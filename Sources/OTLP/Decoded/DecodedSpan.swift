/// A `Span` as a plain value; the fields are those of ``SpanView``.
package struct DecodedSpan: DecodedItem {
    /// 16 bytes when valid.
    package var traceID: [UInt8]
    /// 8 bytes when valid.
    package var spanID: [UInt8]
    /// Empty when not set.
    package var traceState: String
    /// 8 bytes when valid; empty for a root span.
    package var parentSpanID: [UInt8]
    /// The operation's name.
    package var name: String
    /// 0 unspecified, 1 internal, 2 server, 3 client, 4 producer, 5 consumer.
    package var kind: Int32
    /// Nanoseconds since 1970.
    package var startTimeUnixNano: UInt64
    /// Nanoseconds since 1970.
    package var endTimeUnixNano: UInt64
    /// In order; keys may repeat.
    package var attributes: [DecodedAttribute]
    /// How many attributes the sender says it dropped.
    package var droppedAttributesCount: UInt32
    /// In order.
    package var events: [Event]
    /// How many events the sender says it dropped.
    package var droppedEventsCount: UInt32
    /// In order.
    package var links: [Link]
    /// How many links the sender says it dropped.
    package var droppedLinksCount: UInt32
    /// 0 unset, 1 ok, 2 error.
    package var statusCode: Int32
    /// Empty when not set.
    package var statusMessage: String
    /// W3C trace flags in the low eight bits.
    package var flags: UInt32

    /// A `Span.Event` as a plain value.
    package struct Event: Equatable, Sendable {
        /// Nanoseconds since 1970.
        package var timeUnixNano: UInt64
        /// The event's name.
        package var name: String
        /// In order; keys may repeat.
        package var attributes: [DecodedAttribute]
        /// How many attributes the sender says it dropped.
        package var droppedAttributesCount: UInt32
    }

    /// A `Span.Link` as a plain value.
    package struct Link: Equatable, Sendable {
        /// 16 bytes when valid.
        package var traceID: [UInt8]
        /// 8 bytes when valid.
        package var spanID: [UInt8]
        /// Empty when not set.
        package var traceState: String
        /// In order; keys may repeat.
        package var attributes: [DecodedAttribute]
        /// How many attributes the sender says it dropped.
        package var droppedAttributesCount: UInt32
        /// As the flags of a span.
        package var flags: UInt32
    }

    /// The value of the first attribute with this key, or nil.
    package subscript(key: String) -> DecodedValue? { attributes[key] }
}

extension DecodedSpan {
    /// The items of ``OTLPSignal/traces``.
    package static var signal: OTLPSignal { .traces }

    /// Reads a span.
    package init(message: ProtobufCursor) throws(OTLPDecodingError) {
        let span = try SpanView(message, depth: 3)
        var events: [Event] = []
        for event in span.events {
            events.append(
                Event(
                    timeUnixNano: event.timeUnixNano,
                    name: try event.name.string(),
                    attributes: try event.attributes.decoded(),
                    droppedAttributesCount: event.droppedAttributesCount
                )
            )
        }
        var links: [Link] = []
        for link in span.links {
            links.append(
                Link(
                    traceID: Array(link.traceID.bytes),
                    spanID: Array(link.spanID.bytes),
                    traceState: try link.traceState.string(),
                    attributes: try link.attributes.decoded(),
                    droppedAttributesCount: link.droppedAttributesCount,
                    flags: link.flags
                )
            )
        }
        self.init(
            traceID: Array(span.traceID.bytes),
            spanID: Array(span.spanID.bytes),
            traceState: try span.traceState.string(),
            parentSpanID: Array(span.parentSpanID.bytes),
            name: try span.name.string(),
            kind: span.kind,
            startTimeUnixNano: span.startTimeUnixNano,
            endTimeUnixNano: span.endTimeUnixNano,
            attributes: try span.attributes.decoded(),
            droppedAttributesCount: span.droppedAttributesCount,
            events: events,
            droppedEventsCount: span.droppedEventsCount,
            links: links,
            droppedLinksCount: span.droppedLinksCount,
            statusCode: span.statusCode,
            statusMessage: try span.statusMessage.string(),
            flags: span.flags
        )
    }
}
