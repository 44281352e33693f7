// Fields of the messages of metrics. Source: open-telemetry/opentelemetry-proto
// `opentelemetry/proto/metrics/v1/metrics.proto`.

extension JSONMessage {
    /// `Metric`.
    internal static var metricFields: [JSONField] {
        [
            JSONField("name", MetricTag.name, .string),
            JSONField("description", MetricTag.description, .string),
            JSONField("unit", MetricTag.unit, .string),
            .member("gauge", MetricTag.gauge, .gauge),
            .member("sum", MetricTag.sum, .sum),
            .member("histogram", MetricTag.histogram, .histogram),
            .member("exponentialHistogram", MetricTag.exponentialHistogram, .exponentialHistogram),
            .member("summary", MetricTag.summary, .summary),
            .messages("metadata", MetricTag.metadata, .keyValue),
        ]
    }

    /// `Gauge`, `Sum`, `Histogram`, `ExponentialHistogram` and `Summary`.
    internal var metricDataFields: [JSONField] {
        let tag = MetricDataTag.dataPoints
        let temporality = JSONField("aggregationTemporality", MetricDataTag.aggregationTemporality, .enumeration)
        return switch self {
        case .gauge: [.messages("dataPoints", tag, .numberDataPoint)]
        case .sum:
            [
                .messages("dataPoints", tag, .numberDataPoint), temporality,
                JSONField("isMonotonic", MetricDataTag.isMonotonic, .bool),
            ]
        case .histogram: [.messages("dataPoints", tag, .histogramDataPoint), temporality]
        case .exponentialHistogram: [.messages("dataPoints", tag, .exponentialHistogramDataPoint), temporality]
        default: [.messages("dataPoints", tag, .summaryDataPoint)]
        }
    }

    /// `NumberDataPoint`.
    internal static var numberDataPointFields: [JSONField] {
        [
            .attributes(NumberDataPointTag.attributes),
            JSONField("startTimeUnixNano", NumberDataPointTag.startTimeUnixNano, .fixed64),
            JSONField("timeUnixNano", NumberDataPointTag.timeUnixNano, .fixed64),
            .member("asDouble", NumberDataPointTag.asDouble, .double),
            .member("asInt", NumberDataPointTag.asInt, .sfixed64),
            .messages("exemplars", NumberDataPointTag.exemplars, .exemplar),
            JSONField("flags", NumberDataPointTag.flags, .uint32),
        ]
    }

    /// `HistogramDataPoint`.
    internal static var histogramDataPointFields: [JSONField] {
        [
            .attributes(HistogramDataPointTag.attributes),
            JSONField("startTimeUnixNano", HistogramDataPointTag.startTimeUnixNano, .fixed64),
            JSONField("timeUnixNano", HistogramDataPointTag.timeUnixNano, .fixed64),
            JSONField("count", HistogramDataPointTag.count, .fixed64),
            JSONField("sum", HistogramDataPointTag.sum, .double),
            JSONField("bucketCounts", HistogramDataPointTag.bucketCounts, .fixed64, isRepeated: true),
            JSONField("explicitBounds", HistogramDataPointTag.explicitBounds, .double, isRepeated: true),
            .messages("exemplars", HistogramDataPointTag.exemplars, .exemplar),
            JSONField("flags", HistogramDataPointTag.flags, .uint32),
            JSONField("min", HistogramDataPointTag.min, .double),
            JSONField("max", HistogramDataPointTag.max, .double),
        ]
    }

    /// `ExponentialHistogramDataPoint`.
    internal static var exponentialHistogramDataPointFields: [JSONField] {
        [
            .attributes(ExponentialHistogramDataPointTag.attributes),
            JSONField("startTimeUnixNano", ExponentialHistogramDataPointTag.startTimeUnixNano, .fixed64),
            JSONField("timeUnixNano", ExponentialHistogramDataPointTag.timeUnixNano, .fixed64),
            JSONField("count", ExponentialHistogramDataPointTag.count, .fixed64),
            JSONField("sum", ExponentialHistogramDataPointTag.sum, .double),
            JSONField("scale", ExponentialHistogramDataPointTag.scale, .sint32),
            JSONField("zeroCount", ExponentialHistogramDataPointTag.zeroCount, .fixed64),
            JSONField("positive", ExponentialHistogramDataPointTag.positive, .message, message: .exponentialBuckets),
            JSONField("negative", ExponentialHistogramDataPointTag.negative, .message, message: .exponentialBuckets),
            JSONField("flags", ExponentialHistogramDataPointTag.flags, .uint32),
            .messages("exemplars", ExponentialHistogramDataPointTag.exemplars, .exemplar),
            JSONField("min", ExponentialHistogramDataPointTag.min, .double),
            JSONField("max", ExponentialHistogramDataPointTag.max, .double),
            JSONField("zeroThreshold", ExponentialHistogramDataPointTag.zeroThreshold, .double),
        ]
    }

    /// `SummaryDataPoint`, and the parts of data points.
    internal var dataPointPartFields: [JSONField] {
        switch self {
        case .exponentialBuckets:
            [
                JSONField("offset", ExponentialBucketsTag.offset, .sint32),
                JSONField("bucketCounts", ExponentialBucketsTag.bucketCounts, .uint64, isRepeated: true),
            ]
        case .summaryDataPoint:
            [
                .attributes(SummaryDataPointTag.attributes),
                JSONField("startTimeUnixNano", SummaryDataPointTag.startTimeUnixNano, .fixed64),
                JSONField("timeUnixNano", SummaryDataPointTag.timeUnixNano, .fixed64),
                JSONField("count", SummaryDataPointTag.count, .fixed64),
                JSONField("sum", SummaryDataPointTag.sum, .double),
                .messages("quantileValues", SummaryDataPointTag.quantileValues, .valueAtQuantile),
                JSONField("flags", SummaryDataPointTag.flags, .uint32),
            ]
        case .valueAtQuantile:
            [
                JSONField("quantile", ValueAtQuantileTag.quantile, .double),
                JSONField("value", ValueAtQuantileTag.value, .double),
            ]
        default:
            [
                .messages("filteredAttributes", ExemplarTag.filteredAttributes, .keyValue),
                JSONField("timeUnixNano", ExemplarTag.timeUnixNano, .fixed64),
                .member("asDouble", ExemplarTag.asDouble, .double),
                .member("asInt", ExemplarTag.asInt, .sfixed64),
                JSONField("spanId", ExemplarTag.spanID, .hexadecimal),
                JSONField("traceId", ExemplarTag.traceID, .hexadecimal),
            ]
        }
    }
}
