// Tags (`field << 3 | wire type`) of the messages that only a metrics request has; the messages around them have the
// numbers of a logs request. Source: open-telemetry/opentelemetry-proto `opentelemetry/proto/metrics/v1/metrics.proto`.

/// Tags of `Metric`, of whose data members at most one is set; 4, 6 and 8 are reserved.
@usableFromInline package enum MetricTag {
    /// `string name = 1`.
    @inlinable package static var name: UInt32 { 0x0A }
    /// `string description = 2`.
    @inlinable package static var description: UInt32 { 0x12 }
    /// `string unit = 3`: a UCUM unit.
    @inlinable package static var unit: UInt32 { 0x1A }
    /// `Gauge gauge = 5`.
    @inlinable package static var gauge: UInt32 { 0x2A }
    /// `Sum sum = 7`.
    @inlinable package static var sum: UInt32 { 0x3A }
    /// `Histogram histogram = 9`.
    @inlinable package static var histogram: UInt32 { 0x4A }
    /// `ExponentialHistogram exponential_histogram = 10`.
    @inlinable package static var exponentialHistogram: UInt32 { 0x52 }
    /// `Summary summary = 11`.
    @inlinable package static var summary: UInt32 { 0x5A }
    /// `repeated KeyValue metadata = 12`.
    @inlinable package static var metadata: UInt32 { 0x62 }
}

/// Tags of `Gauge`, `Sum`, `Histogram`, `ExponentialHistogram` and `Summary`, which number their fields alike.
@usableFromInline package enum MetricDataTag {
    /// `repeated … data_points = 1`.
    @inlinable package static var dataPoints: UInt32 { 0x0A }
    /// `AggregationTemporality aggregation_temporality = 2`: 1 delta, 2 cumulative; not of `Gauge` and `Summary`.
    @inlinable package static var aggregationTemporality: UInt32 { 0x10 }
    /// `bool is_monotonic = 3`, of `Sum` alone.
    @inlinable package static var isMonotonic: UInt32 { 0x18 }
}

/// Tags of `NumberDataPoint`; 1 is reserved.
@usableFromInline package enum NumberDataPointTag {
    /// `fixed64 start_time_unix_nano = 2`.
    @inlinable package static var startTimeUnixNano: UInt32 { 0x11 }
    /// `fixed64 time_unix_nano = 3`.
    @inlinable package static var timeUnixNano: UInt32 { 0x19 }
    /// `double as_double = 4`.
    @inlinable package static var asDouble: UInt32 { 0x21 }
    /// `repeated Exemplar exemplars = 5`.
    @inlinable package static var exemplars: UInt32 { 0x2A }
    /// `sfixed64 as_int = 6`.
    @inlinable package static var asInt: UInt32 { 0x31 }
    /// `repeated KeyValue attributes = 7`.
    @inlinable package static var attributes: UInt32 { 0x3A }
    /// `uint32 flags = 8`: 1 = no recorded value.
    @inlinable package static var flags: UInt32 { 0x40 }
}

/// Tags of `HistogramDataPoint`; 1 is reserved.
@usableFromInline package enum HistogramDataPointTag {
    /// `fixed64 start_time_unix_nano = 2`.
    @inlinable package static var startTimeUnixNano: UInt32 { 0x11 }
    /// `fixed64 time_unix_nano = 3`.
    @inlinable package static var timeUnixNano: UInt32 { 0x19 }
    /// `fixed64 count = 4`.
    @inlinable package static var count: UInt32 { 0x21 }
    /// `optional double sum = 5`.
    @inlinable package static var sum: UInt32 { 0x29 }
    /// `repeated fixed64 bucket_counts = 6`, packed.
    @inlinable package static var bucketCounts: UInt32 { 0x32 }
    /// `repeated double explicit_bounds = 7`, packed.
    @inlinable package static var explicitBounds: UInt32 { 0x3A }
    /// `repeated Exemplar exemplars = 8`.
    @inlinable package static var exemplars: UInt32 { 0x42 }
    /// `repeated KeyValue attributes = 9`.
    @inlinable package static var attributes: UInt32 { 0x4A }
    /// `uint32 flags = 10`.
    @inlinable package static var flags: UInt32 { 0x50 }
    /// `optional double min = 11`.
    @inlinable package static var min: UInt32 { 0x59 }
    /// `optional double max = 12`.
    @inlinable package static var max: UInt32 { 0x61 }
}

/// Tags of `ExponentialHistogramDataPoint`.
@usableFromInline package enum ExponentialHistogramDataPointTag {
    /// `repeated KeyValue attributes = 1`.
    @inlinable package static var attributes: UInt32 { 0x0A }
    /// `fixed64 start_time_unix_nano = 2`.
    @inlinable package static var startTimeUnixNano: UInt32 { 0x11 }
    /// `fixed64 time_unix_nano = 3`.
    @inlinable package static var timeUnixNano: UInt32 { 0x19 }
    /// `fixed64 count = 4`.
    @inlinable package static var count: UInt32 { 0x21 }
    /// `optional double sum = 5`.
    @inlinable package static var sum: UInt32 { 0x29 }
    /// `sint32 scale = 6`.
    @inlinable package static var scale: UInt32 { 0x30 }
    /// `fixed64 zero_count = 7`.
    @inlinable package static var zeroCount: UInt32 { 0x39 }
    /// `Buckets positive = 8`.
    @inlinable package static var positive: UInt32 { 0x42 }
    /// `Buckets negative = 9`.
    @inlinable package static var negative: UInt32 { 0x4A }
    /// `uint32 flags = 10`.
    @inlinable package static var flags: UInt32 { 0x50 }
    /// `repeated Exemplar exemplars = 11`.
    @inlinable package static var exemplars: UInt32 { 0x5A }
    /// `optional double min = 12`.
    @inlinable package static var min: UInt32 { 0x61 }
    /// `optional double max = 13`.
    @inlinable package static var max: UInt32 { 0x69 }
    /// `double zero_threshold = 14`.
    @inlinable package static var zeroThreshold: UInt32 { 0x71 }
}

/// Tags of `ExponentialHistogramDataPoint.Buckets`.
@usableFromInline package enum ExponentialBucketsTag {
    /// `sint32 offset = 1`.
    @inlinable package static var offset: UInt32 { 0x08 }
    /// `repeated uint64 bucket_counts = 2`, packed varints.
    @inlinable package static var bucketCounts: UInt32 { 0x12 }
}

/// Tags of `SummaryDataPoint`; 1 is reserved.
@usableFromInline package enum SummaryDataPointTag {
    /// `fixed64 start_time_unix_nano = 2`.
    @inlinable package static var startTimeUnixNano: UInt32 { 0x11 }
    /// `fixed64 time_unix_nano = 3`.
    @inlinable package static var timeUnixNano: UInt32 { 0x19 }
    /// `fixed64 count = 4`.
    @inlinable package static var count: UInt32 { 0x21 }
    /// `double sum = 5`.
    @inlinable package static var sum: UInt32 { 0x29 }
    /// `repeated ValueAtQuantile quantile_values = 6`.
    @inlinable package static var quantileValues: UInt32 { 0x32 }
    /// `repeated KeyValue attributes = 7`.
    @inlinable package static var attributes: UInt32 { 0x3A }
    /// `uint32 flags = 8`.
    @inlinable package static var flags: UInt32 { 0x40 }
}

/// Tags of `SummaryDataPoint.ValueAtQuantile`.
@usableFromInline package enum ValueAtQuantileTag {
    /// `double quantile = 1`.
    @inlinable package static var quantile: UInt32 { 0x09 }
    /// `double value = 2`.
    @inlinable package static var value: UInt32 { 0x11 }
}

/// Tags of `Exemplar`; 1 is reserved.
@usableFromInline package enum ExemplarTag {
    /// `fixed64 time_unix_nano = 2`.
    @inlinable package static var timeUnixNano: UInt32 { 0x11 }
    /// `double as_double = 3`.
    @inlinable package static var asDouble: UInt32 { 0x19 }
    /// `bytes span_id = 4`.
    @inlinable package static var spanID: UInt32 { 0x22 }
    /// `bytes trace_id = 5`.
    @inlinable package static var traceID: UInt32 { 0x2A }
    /// `sfixed64 as_int = 6`.
    @inlinable package static var asInt: UInt32 { 0x31 }
    /// `repeated KeyValue filtered_attributes = 7`.
    @inlinable package static var filteredAttributes: UInt32 { 0x3A }
}
