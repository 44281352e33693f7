import OTLP

extension SpanReader {
    /// Reads a span as ``read(_:)`` does, and judges it in the same pass.
    ///
    /// Events may lie outside the span: the specification allows it.
    @inline(__always)
    internal static func read(
        _ message: ProtobufCursor,
        _ check: inout WireCheck
    ) throws(OTLPDecodingError) -> ReadItem {
        check.beginItem()
        var id: Int64?
        var hasID = false
        var start: UInt64 = 0
        var end: UInt64 = 0
        var traceID: OTLPText?
        var spanID: OTLPText?
        var parentID: OTLPText?
        var cursor = message
        while !cursor.isAtEnd {
            let tag = try cursor.readTag()
            switch tag {
            case SpanTag.traceID: traceID = try cursor.readText()
            case SpanTag.spanID: spanID = try cursor.readText()
            case SpanTag.parentSpanID: parentID = try cursor.readText()
            case SpanTag.name, SpanTag.traceState: check.text(try cursor.readText())
            case SpanTag.kind:
                let kind = try cursor.readVarint()
                if kind > 5 { check.note(.enumValue, "the kind of span is none of 0 to 5:", kind) }
            case SpanTag.startTimeUnixNano: start = try cursor.readFixed64()
            case SpanTag.endTimeUnixNano: end = try cursor.readFixed64()
            case SpanTag.attributes:
                let attribute = try check.attribute(cursor.readMessage(), depth: 4)
                if !hasID, attribute.key.equals(ItemID.attributeKey) { (hasID, id) = (true, attribute.int) }
            case SpanTag.droppedAttributesCount, SpanTag.droppedEventsCount, SpanTag.droppedLinksCount:
                _ = try cursor.readVarint()
            case SpanTag.events: try check.walk(cursor.readMessage(), .spanEvent, depth: 4)
            case SpanTag.links: try check.walk(cursor.readMessage(), .spanLink, depth: 4)
            case SpanTag.status: try check.walk(cursor.readMessage(), .spanStatus, depth: 4)
            case SpanTag.flags: _ = try cursor.readFixed32()
            default:
                check.noteField(tag, of: .span)
                try cursor.skipValue(of: tag, depth: 3)
            }
        }
        if start == 0 || end == 0 { check.note(.timeZero) { "a span has no \(start == 0 ? "start" : "end")" } }
        if start > end, end != 0 { check.note(.timeReversed) { "a span starts at \(start) and ends at \(end)" } }
        check.time(max(start, end))
        let isTrace = check.id(traceID, bytes: 16, isOptional: false, "trace id")
        let isSpan = check.id(spanID, bytes: 8, isOptional: false, "span id")
        let isParent = check.id(parentID, bytes: 8, isOptional: true, "parent span id")
        return ReadItem(id: id, timeUnixNano: end, isValid: isTrace && isSpan && isParent && start <= end)
    }
}
