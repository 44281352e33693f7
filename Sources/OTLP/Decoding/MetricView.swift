/// One metric with all its data points, where it lies in the input.
///
/// Its bytes have been validated. Valid only during the visitor's call; not copyable, so that it is not kept by accident.
@usableFromInline package struct MetricView: ~Copyable {
    /// The data of a metric.
    @usableFromInline package enum Data {
        /// No member is set.
        case none
        /// Values as they were last.
        case gauge(MetricPoints<NumberDataPointView>)
        /// Sums of increments.
        case sum(MetricPoints<NumberDataPointView>)
        /// Distributions over explicit bounds.
        case histogram(MetricPoints<HistogramDataPointView>)
        /// Distributions over exponential buckets.
        case exponentialHistogram(MetricPoints<ExponentialHistogramDataPointView>)
        /// Quantiles that the sender has computed.
        case summary(MetricPoints<SummaryDataPointView>)
    }

    /// The metric's name.
    @usableFromInline package var name: OTLPText
    /// What it measures, in words; empty when not set.
    @usableFromInline package var description: OTLPText
    /// The unit in UCUM; empty when not set.
    @usableFromInline package var unit: OTLPText
    /// The kind of data and its points.
    ///
    /// When the message sets several members of the oneof, the last one; one that occurs twice is not merged.
    @usableFromInline package var data = Data.none
    /// Attributes that describe the metric.
    @usableFromInline package var metadata: AttributeList

    /// Reads and validates all fields of the metric that `message` spans, its points included.
    ///
    /// - Parameters:
    ///   - message: The bytes of one `Metric`.
    ///   - depth: Nesting depth of the metric in the input, which is 3 in a request.
    /// - Throws: ``OTLPDecodingError`` when the bytes are malformed.
    @usableFromInline
    package init(_ message: ProtobufCursor, depth: Int = 3) throws(OTLPDecodingError) {
        let empty = OTLPText(emptyAt: message)
        name = empty
        description = empty
        unit = empty
        metadata = AttributeList(message, tag: MetricTag.metadata)
        var cursor = message
        while !cursor.isAtEnd {
            let tag = try cursor.readTag()
            switch tag {
            case MetricTag.name: name = try cursor.readText()
            case MetricTag.description: description = try cursor.readText()
            case MetricTag.unit: unit = try cursor.readText()
            case MetricTag.gauge: data = .gauge(try MetricPoints(cursor.readMessage(), depth: depth + 1))
            case MetricTag.sum: data = .sum(try MetricPoints(cursor.readMessage(), depth: depth + 1))
            case MetricTag.histogram: data = .histogram(try MetricPoints(cursor.readMessage(), depth: depth + 1))
            case MetricTag.exponentialHistogram:
                data = .exponentialHistogram(try MetricPoints(cursor.readMessage(), depth: depth + 1))
            case MetricTag.summary: data = .summary(try MetricPoints(cursor.readMessage(), depth: depth + 1))
            case MetricTag.metadata: try cursor.readMessage().validateKeyValue(depth: depth + 1)
            default: try cursor.skipValue(of: tag, depth: depth)
            }
        }
    }
}

/// What `Gauge`, `Sum`, `Histogram`, `ExponentialHistogram` and `Summary` have in common: their points, and how to add
/// them up.
@usableFromInline package struct MetricPoints<Point: MessageView> {
    /// The data points, in order.
    @usableFromInline package let points: MessageList<Point>
    /// 1 delta, 2 cumulative; 0 = unspecified, as always for gauges and summaries.
    @usableFromInline package private(set) var temporality: Int32 = 0
    /// Whether a sum never falls.
    @usableFromInline package private(set) var isMonotonic = false

    internal init(_ message: ProtobufCursor, depth: Int) throws(OTLPDecodingError) {
        points = MessageList(message, tag: MetricDataTag.dataPoints)
        var cursor = message
        while !cursor.isAtEnd {
            let tag = try cursor.readTag()
            switch tag {
            case MetricDataTag.dataPoints: _ = try Point(cursor.readMessage(), depth: depth + 1)
            case MetricDataTag.aggregationTemporality: temporality = Int32(truncatingIfNeeded: try cursor.readVarint())
            case MetricDataTag.isMonotonic: isMonotonic = try cursor.readVarint() != 0
            default: try cursor.skipValue(of: tag, depth: depth)
            }
        }
    }
}
