// Fields of the messages of traces. Source: open-telemetry/opentelemetry-proto `opentelemetry/proto/trace/v1/trace.proto`.

extension JSONMessage {
    /// `Span`.
    internal static var spanFields: [JSONField] {
        [
            JSONField("traceId", SpanTag.traceID, .hexadecimal),
            JSONField("spanId", SpanTag.spanID, .hexadecimal),
            JSONField("traceState", SpanTag.traceState, .string),
            JSONField("parentSpanId", SpanTag.parentSpanID, .hexadecimal),
            JSONField("name", SpanTag.name, .string),
            JSONField("kind", SpanTag.kind, .enumeration),
            JSONField("startTimeUnixNano", SpanTag.startTimeUnixNano, .fixed64),
            JSONField("endTimeUnixNano", SpanTag.endTimeUnixNano, .fixed64),
            .attributes(SpanTag.attributes),
            JSONField("droppedAttributesCount", SpanTag.droppedAttributesCount, .uint32),
            .messages("events", SpanTag.events, .spanEvent),
            JSONField("droppedEventsCount", SpanTag.droppedEventsCount, .uint32),
            .messages("links", SpanTag.links, .spanLink),
            JSONField("droppedLinksCount", SpanTag.droppedLinksCount, .uint32),
            JSONField("status", SpanTag.status, .message, message: .spanStatus),
            JSONField("flags", SpanTag.flags, .fixed32),
        ]
    }

    /// `Span.Event`, `Span.Link` and `Status`.
    internal var spanPartFields: [JSONField] {
        switch self {
        case .spanEvent:
            [
                JSONField("timeUnixNano", SpanEventTag.timeUnixNano, .fixed64),
                JSONField("name", SpanEventTag.name, .string),
                .attributes(SpanEventTag.attributes),
                JSONField("droppedAttributesCount", SpanEventTag.droppedAttributesCount, .uint32),
            ]
        case .spanLink:
            [
                JSONField("traceId", SpanLinkTag.traceID, .hexadecimal),
                JSONField("spanId", SpanLinkTag.spanID, .hexadecimal),
                JSONField("traceState", SpanLinkTag.traceState, .string),
                .attributes(SpanLinkTag.attributes),
                JSONField("droppedAttributesCount", SpanLinkTag.droppedAttributesCount, .uint32),
                JSONField("flags", SpanLinkTag.flags, .fixed32),
            ]
        default:
            [
                JSONField("message", SpanStatusTag.message, .string),
                JSONField("code", SpanStatusTag.code, .enumeration),
            ]
        }
    }
}
