/// A `Metric` as a plain value.
///
/// Equality of doubles is that of their values here: NaN differs from itself.
package struct DecodedMetric: DecodedItem {
    /// The metric's name.
    package var name: String
    /// Empty when not set.
    package var description: String
    /// UCUM; empty when not set.
    package var unit: String
    /// The kind of data and its points.
    package var data: Data
    /// Attributes that describe the metric.
    package var metadata: [DecodedAttribute]

    /// The data of a metric; a temporality is 1 for delta and 2 for cumulative.
    package enum Data: Equatable, Sendable {
        /// No member is set.
        case none
        /// Values as they were last.
        case gauge([NumberPoint])
        /// Sums of increments.
        case sum([NumberPoint], temporality: Int32, isMonotonic: Bool)
        /// Distributions over explicit bounds.
        case histogram([HistogramPoint], temporality: Int32)
        /// Distributions over exponential buckets.
        case exponentialHistogram([ExponentialHistogramPoint], temporality: Int32)
        /// Quantiles that the sender has computed.
        case summary([SummaryPoint])
    }

    /// A `NumberDataPoint`.
    package struct NumberPoint: Equatable, Sendable {
        /// Nanoseconds since 1970; 0 = not known.
        package var startTimeUnixNano: UInt64
        /// Nanoseconds since 1970.
        package var timeUnixNano: UInt64
        /// Nil when not set.
        package var value: NumberView?
        /// In order.
        package var attributes: [DecodedAttribute]
        /// In order.
        package var exemplars: [Exemplar]
        /// 1 = no recorded value.
        package var flags: UInt32
    }

    /// A `HistogramDataPoint`.
    package struct HistogramPoint: Equatable, Sendable {
        /// Nanoseconds since 1970; 0 = not known.
        package var startTimeUnixNano: UInt64
        /// Nanoseconds since 1970.
        package var timeUnixNano: UInt64
        /// How many measurements.
        package var count: UInt64
        /// Nil when not set.
        package var sum: Double?
        /// One more than bounds, or none.
        package var bucketCounts: [UInt64]
        /// Ascending.
        package var explicitBounds: [Double]
        /// Nil when not set.
        package var min: Double?
        /// Nil when not set.
        package var max: Double?
        /// In order.
        package var attributes: [DecodedAttribute]
        /// In order.
        package var exemplars: [Exemplar]
        /// 1 = no recorded value.
        package var flags: UInt32
    }

    /// An `ExponentialHistogramDataPoint`.
    package struct ExponentialHistogramPoint: Equatable, Sendable {
        /// Nanoseconds since 1970; 0 = not known.
        package var startTimeUnixNano: UInt64
        /// Nanoseconds since 1970.
        package var timeUnixNano: UInt64
        /// How many measurements.
        package var count: UInt64
        /// Nil when not set.
        package var sum: Double?
        /// Bucket boundaries are powers of 2^(2^−scale).
        package var scale: Int32
        /// Measurements too close to zero for a bucket.
        package var zeroCount: UInt64
        /// Index of the first positive bucket.
        package var positiveOffset: Int32
        /// Counts of the positive buckets.
        package var positiveCounts: [UInt64]
        /// Index of the first negative bucket.
        package var negativeOffset: Int32
        /// Counts of the negative buckets.
        package var negativeCounts: [UInt64]
        /// Nil when not set.
        package var min: Double?
        /// Nil when not set.
        package var max: Double?
        /// Half the width of the zero bucket.
        package var zeroThreshold: Double
        /// In order.
        package var attributes: [DecodedAttribute]
        /// In order.
        package var exemplars: [Exemplar]
        /// 1 = no recorded value.
        package var flags: UInt32
    }

    /// A `SummaryDataPoint`.
    package struct SummaryPoint: Equatable, Sendable {
        /// Nanoseconds since 1970; 0 = not known.
        package var startTimeUnixNano: UInt64
        /// Nanoseconds since 1970.
        package var timeUnixNano: UInt64
        /// How many measurements.
        package var count: UInt64
        /// Their sum.
        package var sum: Double
        /// Pairs of a quantile and the value at it.
        package var quantiles: [[Double]]
        /// In order.
        package var attributes: [DecodedAttribute]
        /// 1 = no recorded value.
        package var flags: UInt32
    }

    /// An `Exemplar`.
    package struct Exemplar: Equatable, Sendable {
        /// Nanoseconds since 1970.
        package var timeUnixNano: UInt64
        /// Nil when not set.
        package var value: NumberView?
        /// Empty when not set.
        package var spanID: [UInt8]
        /// Empty when not set.
        package var traceID: [UInt8]
        /// In order.
        package var filteredAttributes: [DecodedAttribute]
    }
}

extension DecodedMetric {
    /// The items of ``OTLPSignal/metrics``.
    package static var signal: OTLPSignal { .metrics }

    /// Reads a metric.
    package init(message: ProtobufCursor) throws(OTLPDecodingError) {
        let metric = try MetricView(message, depth: 3)
        let data: Data =
            switch metric.data {
            case .none: .none
            case .gauge(let gauge): .gauge(try Self.numberPoints(gauge))
            case .sum(let sum):
                .sum(try Self.numberPoints(sum), temporality: sum.temporality, isMonotonic: sum.isMonotonic)
            case .histogram(let histogram):
                .histogram(try Self.histogramPoints(histogram), temporality: histogram.temporality)
            case .exponentialHistogram(let histogram):
                .exponentialHistogram(try Self.exponentialPoints(histogram), temporality: histogram.temporality)
            case .summary(let summary): .summary(try Self.summaryPoints(summary))
            }
        self.init(
            name: try metric.name.string(),
            description: try metric.description.string(),
            unit: try metric.unit.string(),
            data: data,
            metadata: try metric.metadata.decoded()
        )
    }

    private static func numberPoints(
        _ data: MetricPoints<NumberDataPointView>
    ) throws(OTLPDecodingError) -> [NumberPoint] {
        var points: [NumberPoint] = []
        for point in data.points {
            points.append(
                NumberPoint(
                    startTimeUnixNano: point.startTimeUnixNano,
                    timeUnixNano: point.timeUnixNano,
                    value: point.value,
                    attributes: try point.attributes.decoded(),
                    exemplars: try exemplars(point.exemplars),
                    flags: point.flags
                )
            )
        }
        return points
    }

    private static func histogramPoints(
        _ data: MetricPoints<HistogramDataPointView>
    ) throws(OTLPDecodingError) -> [HistogramPoint] {
        var points: [HistogramPoint] = []
        for point in data.points {
            points.append(
                HistogramPoint(
                    startTimeUnixNano: point.startTimeUnixNano,
                    timeUnixNano: point.timeUnixNano,
                    count: point.count,
                    sum: point.sum,
                    bucketCounts: Array(point.bucketCounts),
                    explicitBounds: point.explicitBounds.doubles,
                    min: point.min,
                    max: point.max,
                    attributes: try point.attributes.decoded(),
                    exemplars: try exemplars(point.exemplars),
                    flags: point.flags
                )
            )
        }
        return points
    }

    private static func exponentialPoints(
        _ data: MetricPoints<ExponentialHistogramDataPointView>
    ) throws(OTLPDecodingError) -> [ExponentialHistogramPoint] {
        var points: [ExponentialHistogramPoint] = []
        for point in data.points {
            points.append(
                ExponentialHistogramPoint(
                    startTimeUnixNano: point.startTimeUnixNano,
                    timeUnixNano: point.timeUnixNano,
                    count: point.count,
                    sum: point.sum,
                    scale: point.scale,
                    zeroCount: point.zeroCount,
                    positiveOffset: point.positive.offset,
                    positiveCounts: Array(point.positive.bucketCounts),
                    negativeOffset: point.negative.offset,
                    negativeCounts: Array(point.negative.bucketCounts),
                    min: point.min,
                    max: point.max,
                    zeroThreshold: point.zeroThreshold,
                    attributes: try point.attributes.decoded(),
                    exemplars: try exemplars(point.exemplars),
                    flags: point.flags
                )
            )
        }
        return points
    }

    private static func summaryPoints(
        _ data: MetricPoints<SummaryDataPointView>
    ) throws(OTLPDecodingError) -> [SummaryPoint] {
        var points: [SummaryPoint] = []
        for point in data.points {
            points.append(
                SummaryPoint(
                    startTimeUnixNano: point.startTimeUnixNano,
                    timeUnixNano: point.timeUnixNano,
                    count: point.count,
                    sum: point.sum,
                    quantiles: point.quantiles.map { [$0.quantile, $0.value] },
                    attributes: try point.attributes.decoded(),
                    flags: point.flags
                )
            )
        }
        return points
    }

    private static func exemplars(_ list: MessageList<ExemplarView>) throws(OTLPDecodingError) -> [Exemplar] {
        var exemplars: [Exemplar] = []
        for exemplar in list {
            exemplars.append(
                Exemplar(
                    timeUnixNano: exemplar.timeUnixNano,
                    value: exemplar.value,
                    spanID: Array(exemplar.spanID.bytes),
                    traceID: Array(exemplar.traceID.bytes),
                    filteredAttributes: try exemplar.filteredAttributes.decoded()
                )
            )
        }
        return exemplars
    }
}
