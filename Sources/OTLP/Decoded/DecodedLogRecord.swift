/// A `LogRecord` as a plain value; the fields are those of ``LogRecordView``.
package struct DecodedLogRecord: DecodedItem {
    /// Nanoseconds since 1970; 0 = not known.
    package var timeUnixNano: UInt64
    /// Nanoseconds since 1970; 0 = not known.
    package var observedTimeUnixNano: UInt64
    /// 1 to 24; 0 = unspecified.
    package var severityNumber: Int32
    /// Empty when not set.
    package var severityText: String
    /// Empty when the record is not an event.
    package var eventName: String
    /// Nil when not set.
    package var body: DecodedValue?
    /// In order; keys may repeat.
    package var attributes: [DecodedAttribute]
    /// How many attributes the sender says it dropped.
    package var droppedAttributesCount: UInt32
    /// W3C trace flags in the low eight bits.
    package var flags: UInt32
    /// 16 bytes when valid; empty when not set.
    package var traceID: [UInt8]
    /// 8 bytes when valid; empty when not set.
    package var spanID: [UInt8]

    /// The value of the first attribute with this key, or nil.
    package subscript(key: String) -> DecodedValue? { attributes[key] }
}

extension DecodedLogRecord {
    /// The items of ``OTLPSignal/logs``.
    package static var signal: OTLPSignal { .logs }

    /// Reads a record.
    package init(message: ProtobufCursor) throws(OTLPDecodingError) {
        let record = try LogRecordView(message, depth: 3)
        self.init(
            timeUnixNano: record.timeUnixNano,
            observedTimeUnixNano: record.observedTimeUnixNano,
            severityNumber: record.severityNumber,
            severityText: try record.severityText.string(),
            eventName: try record.eventName.string(),
            body: try record.body?.decoded(),
            attributes: try record.attributes.decoded(),
            droppedAttributesCount: record.droppedAttributesCount,
            flags: record.flags,
            traceID: Array(record.traceID.bytes),
            spanID: Array(record.spanID.bytes)
        )
    }
}
