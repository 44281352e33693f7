// The data points of metrics, where they lie in the input; valid only during the visitor's call.

/// A number, of a data point or an exemplar.
@usableFromInline package enum NumberView: Equatable, Sendable {
    /// `as_int`.
    case int(Int64)
    /// `as_double`.
    case double(Double)
}

/// A `NumberDataPoint`: of a gauge or a sum.
@usableFromInline package struct NumberDataPointView: MessageView {
    /// Since when a sum has counted, in nanoseconds since 1970; 0 = not known.
    @usableFromInline package var startTimeUnixNano: UInt64 = 0
    /// When the value was read, in nanoseconds since 1970.
    @usableFromInline package var timeUnixNano: UInt64 = 0
    /// The value, or nil when none is set.
    @usableFromInline package var value: NumberView?
    /// What tells this stream from others of the metric.
    @usableFromInline package var attributes: AttributeList
    /// Sampled measurements.
    @usableFromInline package var exemplars: MessageList<ExemplarView>
    /// 1 = no recorded value.
    @usableFromInline package var flags: UInt32 = 0

    /// Reads and validates all fields.
    @usableFromInline
    package init(_ message: ProtobufCursor, depth: Int) throws(OTLPDecodingError) {
        attributes = AttributeList(message, tag: NumberDataPointTag.attributes)
        exemplars = MessageList(message, tag: NumberDataPointTag.exemplars)
        var cursor = message
        while !cursor.isAtEnd {
            let tag = try cursor.readTag()
            switch tag {
            case NumberDataPointTag.startTimeUnixNano: startTimeUnixNano = try cursor.readFixed64()
            case NumberDataPointTag.timeUnixNano: timeUnixNano = try cursor.readFixed64()
            case NumberDataPointTag.asDouble: value = .double(Double(bitPattern: try cursor.readFixed64()))
            case NumberDataPointTag.asInt: value = .int(Int64(bitPattern: try cursor.readFixed64()))
            case NumberDataPointTag.attributes: try cursor.readMessage().validateKeyValue(depth: depth + 1)
            case NumberDataPointTag.exemplars: _ = try ExemplarView(cursor.readMessage(), depth: depth + 1)
            case NumberDataPointTag.flags: flags = UInt32(truncatingIfNeeded: try cursor.readVarint())
            default: try cursor.skipValue(of: tag, depth: depth)
            }
        }
    }
}

/// A `HistogramDataPoint`.
@usableFromInline package struct HistogramDataPointView: MessageView {
    /// Since when it has counted, in nanoseconds since 1970; 0 = not known.
    @usableFromInline package var startTimeUnixNano: UInt64 = 0
    /// When it was read, in nanoseconds since 1970.
    @usableFromInline package var timeUnixNano: UInt64 = 0
    /// How many measurements.
    @usableFromInline package var count: UInt64 = 0
    /// Their sum, or nil when not set.
    @usableFromInline package var sum: Double?
    /// Measurements in each bucket, one more than there are bounds; or none.
    @usableFromInline package var bucketCounts: RepeatedNumbers
    /// Upper bounds of the buckets but the last, ascending, as the bits of doubles.
    @usableFromInline package var explicitBounds: RepeatedNumbers
    /// The least measurement, or nil when not set.
    @usableFromInline package var min: Double?
    /// The greatest measurement, or nil when not set.
    @usableFromInline package var max: Double?
    /// What tells this stream from others of the metric.
    @usableFromInline package var attributes: AttributeList
    /// Sampled measurements.
    @usableFromInline package var exemplars: MessageList<ExemplarView>
    /// 1 = no recorded value.
    @usableFromInline package var flags: UInt32 = 0

    /// Reads and validates all fields.
    @usableFromInline
    package init(_ message: ProtobufCursor, depth: Int) throws(OTLPDecodingError) {
        typealias Tag = HistogramDataPointTag
        let fixed64 = ProtobufWire.WireType.fixed64
        attributes = AttributeList(message, tag: Tag.attributes)
        exemplars = MessageList(message, tag: Tag.exemplars)
        bucketCounts = RepeatedNumbers(message, tag: Tag.bucketCounts, wireType: fixed64)
        explicitBounds = RepeatedNumbers(message, tag: Tag.explicitBounds, wireType: fixed64)
        var cursor = message
        while !cursor.isAtEnd {
            let tag = try cursor.readTag()
            switch tag {
            case Tag.startTimeUnixNano: startTimeUnixNano = try cursor.readFixed64()
            case Tag.timeUnixNano: timeUnixNano = try cursor.readFixed64()
            case Tag.count: count = try cursor.readFixed64()
            case Tag.sum: sum = Double(bitPattern: try cursor.readFixed64())
            case Tag.bucketCounts, Tag.explicitBounds: try cursor.readMessage().validateNumbers(fixed64)
            case Tag.min: min = Double(bitPattern: try cursor.readFixed64())
            case Tag.max: max = Double(bitPattern: try cursor.readFixed64())
            case Tag.attributes: try cursor.readMessage().validateKeyValue(depth: depth + 1)
            case Tag.exemplars: _ = try ExemplarView(cursor.readMessage(), depth: depth + 1)
            case Tag.flags: flags = UInt32(truncatingIfNeeded: try cursor.readVarint())
            default: try cursor.skipValue(of: tag, depth: depth)
            }
        }
    }
}

/// An `ExponentialHistogramDataPoint`.
@usableFromInline package struct ExponentialHistogramDataPointView: MessageView {
    /// Since when it has counted, in nanoseconds since 1970; 0 = not known.
    @usableFromInline package var startTimeUnixNano: UInt64 = 0
    /// When it was read, in nanoseconds since 1970.
    @usableFromInline package var timeUnixNano: UInt64 = 0
    /// How many measurements.
    @usableFromInline package var count: UInt64 = 0
    /// Their sum, or nil when not set.
    @usableFromInline package var sum: Double?
    /// Bucket boundaries are powers of 2^(2^−scale).
    @usableFromInline package var scale: Int32 = 0
    /// Measurements too close to zero for a bucket.
    @usableFromInline package var zeroCount: UInt64 = 0
    /// Buckets of the positive measurements.
    @usableFromInline package var positive: ExponentialBucketsView
    /// Buckets of the negative measurements.
    @usableFromInline package var negative: ExponentialBucketsView
    /// The least measurement, or nil when not set.
    @usableFromInline package var min: Double?
    /// The greatest measurement, or nil when not set.
    @usableFromInline package var max: Double?
    /// Half the width of the zero bucket.
    @usableFromInline package var zeroThreshold: Double = 0
    /// What tells this stream from others of the metric.
    @usableFromInline package var attributes: AttributeList
    /// Sampled measurements.
    @usableFromInline package var exemplars: MessageList<ExemplarView>
    /// 1 = no recorded value.
    @usableFromInline package var flags: UInt32 = 0

    /// Reads and validates all fields.
    @usableFromInline
    package init(_ message: ProtobufCursor, depth: Int) throws(OTLPDecodingError) {
        typealias Tag = ExponentialHistogramDataPointTag
        attributes = AttributeList(message, tag: Tag.attributes)
        exemplars = MessageList(message, tag: Tag.exemplars)
        let empty = ProtobufCursor(origin: message.origin, next: message.end, end: message.end)
        positive = try ExponentialBucketsView(empty, depth: depth)
        negative = positive
        var cursor = message
        while !cursor.isAtEnd {
            let tag = try cursor.readTag()
            switch tag {
            case Tag.attributes: try cursor.readMessage().validateKeyValue(depth: depth + 1)
            case Tag.startTimeUnixNano: startTimeUnixNano = try cursor.readFixed64()
            case Tag.timeUnixNano: timeUnixNano = try cursor.readFixed64()
            case Tag.count: count = try cursor.readFixed64()
            case Tag.sum: sum = Double(bitPattern: try cursor.readFixed64())
            case Tag.scale: scale = try cursor.readSigned32()
            case Tag.zeroCount: zeroCount = try cursor.readFixed64()
            case Tag.positive: positive = try ExponentialBucketsView(cursor.readMessage(), depth: depth + 1)
            case Tag.negative: negative = try ExponentialBucketsView(cursor.readMessage(), depth: depth + 1)
            case Tag.exemplars: _ = try ExemplarView(cursor.readMessage(), depth: depth + 1)
            case Tag.min: min = Double(bitPattern: try cursor.readFixed64())
            case Tag.max: max = Double(bitPattern: try cursor.readFixed64())
            case Tag.zeroThreshold: zeroThreshold = Double(bitPattern: try cursor.readFixed64())
            case Tag.flags: flags = UInt32(truncatingIfNeeded: try cursor.readVarint())
            default: try cursor.skipValue(of: tag, depth: depth)
            }
        }
    }
}

/// The buckets of an exponential histogram on one side of zero.
@usableFromInline package struct ExponentialBucketsView: MessageView {
    /// Index of the first bucket.
    @usableFromInline package var offset: Int32 = 0
    /// Measurements in each bucket, from the first on.
    @usableFromInline package var bucketCounts: RepeatedNumbers

    /// Reads and validates all fields.
    @usableFromInline
    package init(_ message: ProtobufCursor, depth: Int) throws(OTLPDecodingError) {
        let varint = ProtobufWire.WireType.varint
        bucketCounts = RepeatedNumbers(message, tag: ExponentialBucketsTag.bucketCounts, wireType: varint)
        var cursor = message
        while !cursor.isAtEnd {
            let tag = try cursor.readTag()
            switch tag {
            case ExponentialBucketsTag.offset: offset = try cursor.readSigned32()
            case ExponentialBucketsTag.bucketCounts: try cursor.readMessage().validateNumbers(varint)
            default: try cursor.skipValue(of: tag, depth: depth)
            }
        }
    }
}

/// A `SummaryDataPoint`.
@usableFromInline package struct SummaryDataPointView: MessageView {
    /// Since when it has counted, in nanoseconds since 1970; 0 = not known.
    @usableFromInline package var startTimeUnixNano: UInt64 = 0
    /// When it was read, in nanoseconds since 1970.
    @usableFromInline package var timeUnixNano: UInt64 = 0
    /// How many measurements.
    @usableFromInline package var count: UInt64 = 0
    /// Their sum.
    @usableFromInline package var sum: Double = 0
    /// The quantiles, in order.
    @usableFromInline package var quantiles: MessageList<QuantileView>
    /// What tells this stream from others of the metric.
    @usableFromInline package var attributes: AttributeList
    /// 1 = no recorded value.
    @usableFromInline package var flags: UInt32 = 0

    /// Reads and validates all fields.
    @usableFromInline
    package init(_ message: ProtobufCursor, depth: Int) throws(OTLPDecodingError) {
        attributes = AttributeList(message, tag: SummaryDataPointTag.attributes)
        quantiles = MessageList(message, tag: SummaryDataPointTag.quantileValues)
        var cursor = message
        while !cursor.isAtEnd {
            let tag = try cursor.readTag()
            switch tag {
            case SummaryDataPointTag.startTimeUnixNano: startTimeUnixNano = try cursor.readFixed64()
            case SummaryDataPointTag.timeUnixNano: timeUnixNano = try cursor.readFixed64()
            case SummaryDataPointTag.count: count = try cursor.readFixed64()
            case SummaryDataPointTag.sum: sum = Double(bitPattern: try cursor.readFixed64())
            case SummaryDataPointTag.quantileValues: _ = try QuantileView(cursor.readMessage(), depth: depth + 1)
            case SummaryDataPointTag.attributes: try cursor.readMessage().validateKeyValue(depth: depth + 1)
            case SummaryDataPointTag.flags: flags = UInt32(truncatingIfNeeded: try cursor.readVarint())
            default: try cursor.skipValue(of: tag, depth: depth)
            }
        }
    }
}

/// A `SummaryDataPoint.ValueAtQuantile`.
@usableFromInline package struct QuantileView: MessageView {
    /// The quantile, 0 to 1.
    @usableFromInline package var quantile: Double = 0
    /// The value at it.
    @usableFromInline package var value: Double = 0

    /// Reads and validates all fields.
    @usableFromInline
    package init(_ message: ProtobufCursor, depth: Int) throws(OTLPDecodingError) {
        var cursor = message
        while !cursor.isAtEnd {
            let tag = try cursor.readTag()
            switch tag {
            case ValueAtQuantileTag.quantile: quantile = Double(bitPattern: try cursor.readFixed64())
            case ValueAtQuantileTag.value: value = Double(bitPattern: try cursor.readFixed64())
            default: try cursor.skipValue(of: tag, depth: depth)
            }
        }
    }
}

/// An `Exemplar`: one measurement out of those that a data point adds up.
@usableFromInline package struct ExemplarView: MessageView {
    /// When it was measured, in nanoseconds since 1970.
    @usableFromInline package var timeUnixNano: UInt64 = 0
    /// The measurement, or nil when not set.
    @usableFromInline package var value: NumberView?
    /// Span during which it was measured; empty when not set.
    @usableFromInline package var spanID: OTLPText
    /// Trace during which it was measured; empty when not set.
    @usableFromInline package var traceID: OTLPText
    /// Attributes that the data point's own leave out.
    @usableFromInline package var filteredAttributes: AttributeList

    /// Reads and validates all fields.
    @usableFromInline
    package init(_ message: ProtobufCursor, depth: Int) throws(OTLPDecodingError) {
        spanID = OTLPText(emptyAt: message)
        traceID = OTLPText(emptyAt: message)
        filteredAttributes = AttributeList(message, tag: ExemplarTag.filteredAttributes)
        var cursor = message
        while !cursor.isAtEnd {
            let tag = try cursor.readTag()
            switch tag {
            case ExemplarTag.timeUnixNano: timeUnixNano = try cursor.readFixed64()
            case ExemplarTag.asDouble: value = .double(Double(bitPattern: try cursor.readFixed64()))
            case ExemplarTag.asInt: value = .int(Int64(bitPattern: try cursor.readFixed64()))
            case ExemplarTag.spanID: spanID = try cursor.readText()
            case ExemplarTag.traceID: traceID = try cursor.readText()
            case ExemplarTag.filteredAttributes: try cursor.readMessage().validateKeyValue(depth: depth + 1)
            default: try cursor.skipValue(of: tag, depth: depth)
            }
        }
    }
}
