import OTLP

extension LogRecordReader {
    /// Reads a log record as ``read(_:)`` does, and judges it in the same pass.
    ///
    /// A record may do without ids, and without a time when it says when it was observed.
    @inline(__always)
    internal static func read(
        _ message: ProtobufCursor,
        _ check: inout WireCheck
    ) throws(OTLPDecodingError) -> ReadItem {
        check.beginItem()
        var id: Int64?
        var hasID = false
        var time: UInt64 = 0
        var observed: UInt64 = 0
        var traceID: OTLPText?
        var spanID: OTLPText?
        var cursor = message
        while !cursor.isAtEnd {
            let tag = try cursor.readTag()
            switch tag {
            case LogRecordTag.timeUnixNano: time = try cursor.readFixed64()
            case LogRecordTag.observedTimeUnixNano: observed = try cursor.readFixed64()
            case LogRecordTag.eventName, LogRecordTag.severityText: check.text(try cursor.readText())
            case LogRecordTag.attributes:
                let attribute = try check.attribute(cursor.readMessage(), depth: 4)
                if !hasID, attribute.key.equals(ItemID.attributeKey) { (hasID, id) = (true, attribute.int) }
            case LogRecordTag.severityNumber:
                let number = try cursor.readVarint()
                if number > 24 { check.note(.enumValue, "the severity is none of 0 to 24:", number) }
            case LogRecordTag.body: _ = try check.value(cursor.readMessage(), depth: 4)
            case LogRecordTag.droppedAttributesCount: _ = try cursor.readVarint()
            case LogRecordTag.flags: _ = try cursor.readFixed32()
            case LogRecordTag.traceID: traceID = try cursor.readText()
            case LogRecordTag.spanID: spanID = try cursor.readText()
            default:
                check.noteField(tag, of: .logRecord)
                try cursor.skipValue(of: tag, depth: 3)
            }
        }
        if time | observed == 0 { check.note(.timeZero) { "a log record has neither time nor time of observation" } }
        check.time(max(time, observed))
        let isTrace = check.id(traceID, bytes: 16, isOptional: true, "trace id")
        let isSpan = check.id(spanID, bytes: 8, isOptional: true, "span id")
        return ReadItem(id: id, timeUnixNano: time, isValid: isTrace && isSpan)
    }
}
