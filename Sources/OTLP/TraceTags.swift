// Tags (`field << 3 | wire type`) of the messages of an OTLP trace request that a logs request does not have. Source:
// open-telemetry/opentelemetry-proto `opentelemetry/proto/trace/v1/trace.proto`.

/// Tags of `Span`, one byte each but the last.
@usableFromInline package enum SpanTag {
    /// `bytes trace_id = 1`: 16 bytes.
    @inlinable package static var traceID: UInt32 { 0x0A }
    /// `bytes span_id = 2`: 8 bytes.
    @inlinable package static var spanID: UInt32 { 0x12 }
    /// `string trace_state = 3`.
    @inlinable package static var traceState: UInt32 { 0x1A }
    /// `bytes parent_span_id = 4`: 8 bytes, or none.
    @inlinable package static var parentSpanID: UInt32 { 0x22 }
    /// `string name = 5`.
    @inlinable package static var name: UInt32 { 0x2A }
    /// `SpanKind kind = 6`: 0 (unspecified) to 5.
    @inlinable package static var kind: UInt32 { 0x30 }
    /// `fixed64 start_time_unix_nano = 7`.
    @inlinable package static var startTimeUnixNano: UInt32 { 0x39 }
    /// `fixed64 end_time_unix_nano = 8`.
    @inlinable package static var endTimeUnixNano: UInt32 { 0x41 }
    /// `repeated KeyValue attributes = 9`.
    @inlinable package static var attributes: UInt32 { 0x4A }
    /// `uint32 dropped_attributes_count = 10`.
    @inlinable package static var droppedAttributesCount: UInt32 { 0x50 }
    /// `repeated Event events = 11`.
    @inlinable package static var events: UInt32 { 0x5A }
    /// `uint32 dropped_events_count = 12`.
    @inlinable package static var droppedEventsCount: UInt32 { 0x60 }
    /// `repeated Link links = 13`.
    @inlinable package static var links: UInt32 { 0x6A }
    /// `uint32 dropped_links_count = 14`.
    @inlinable package static var droppedLinksCount: UInt32 { 0x70 }
    /// `Status status = 15`.
    @inlinable package static var status: UInt32 { 0x7A }
    /// `fixed32 flags = 16`: two bytes, 0x85 0x01.
    ///
    /// The low eight bits are the W3C trace flags, 0x100 says that 0x200 (the parent is remote) is known.
    @inlinable package static var flags: UInt32 { 0x85 }
}

/// Tags of `Span.Event`.
@usableFromInline package enum SpanEventTag {
    /// `fixed64 time_unix_nano = 1`.
    @inlinable package static var timeUnixNano: UInt32 { 0x09 }
    /// `string name = 2`.
    @inlinable package static var name: UInt32 { 0x12 }
    /// `repeated KeyValue attributes = 3`.
    @inlinable package static var attributes: UInt32 { 0x1A }
    /// `uint32 dropped_attributes_count = 4`.
    @inlinable package static var droppedAttributesCount: UInt32 { 0x20 }
}

/// Tags of `Span.Link`.
@usableFromInline package enum SpanLinkTag {
    /// `bytes trace_id = 1`: 16 bytes.
    @inlinable package static var traceID: UInt32 { 0x0A }
    /// `bytes span_id = 2`: 8 bytes.
    @inlinable package static var spanID: UInt32 { 0x12 }
    /// `string trace_state = 3`.
    @inlinable package static var traceState: UInt32 { 0x1A }
    /// `repeated KeyValue attributes = 4`.
    @inlinable package static var attributes: UInt32 { 0x22 }
    /// `uint32 dropped_attributes_count = 5`.
    @inlinable package static var droppedAttributesCount: UInt32 { 0x28 }
    /// `fixed32 flags = 6`: as those of a span.
    @inlinable package static var flags: UInt32 { 0x35 }
}

/// Tags of `Status`.
@usableFromInline package enum SpanStatusTag {
    /// `string message = 2`.
    @inlinable package static var message: UInt32 { 0x12 }
    /// `StatusCode code = 3`: 0 unset, 1 ok, 2 error.
    @inlinable package static var code: UInt32 { 0x18 }
}
