/// What an instrument held at the moment of a collection.
struct InstrumentSnapshot {
    var descriptor: InstrumentDescriptor
    var temporality: AggregationTemporality
    var series: [SeriesTable.Series]
    /// The words of all series, one after the other.
    var words: [UInt64]
    /// When the collection was begun, nanoseconds since 1970.
    var time: UInt64
    /// When the interval of a delta began; nil for what is cumulative.
    var intervalStart: UInt64?

    /// Whether a series has anything to report.
    func hasPoint(at index: Int) -> Bool {
        words[index * stride + SeriesWords.count] > 0
    }

    /// One word of a series.
    func word(_ word: Int, at index: Int) -> UInt64 {
        words[index * stride + word]
    }

    /// The bucket counts of a histogram's series.
    func buckets(at index: Int) -> ArraySlice<UInt64> {
        words[(index * stride + SeriesWords.buckets)..<((index + 1) * stride)]
    }

    /// Since when the values of a series count; nil for gauges, whose values do not.
    ///
    /// Constant for a cumulative series; the end of the last interval for a delta.
    func start(at index: Int) -> UInt64? {
        descriptor.kind == .gauge ? nil : intervalStart ?? series[index].start
    }

    /// When the values of a series were read.
    ///
    /// Not before its start, although a series can come up while a collection is under way.
    func time(at index: Int) -> UInt64 {
        max(time, intervalStart == nil ? series[index].start : 0)
    }

    /// The sum of a histogram's values; nil if it may go down, since negative values were recorded.
    ///
    /// Source: opentelemetry-proto `metrics/v1/metrics.proto`: "Negative events *can* be recorded, but sum should not be
    /// filled out when doing so."
    func histogramSum(at index: Int) -> Double? {
        Double(bitPattern: word(SeriesWords.minimum, at: index)) < 0
            ? nil : Double(bitPattern: word(SeriesWords.value, at: index))
    }

    private var stride: Int {
        SeriesWords.stride(of: descriptor)
    }
}
