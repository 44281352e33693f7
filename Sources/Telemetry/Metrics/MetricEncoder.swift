import OTLP

/// Writes snapshots of instruments as OTLP `Metric` messages.
///
/// Measured first and written then, as records are: the length prefixes are exact and the writing needs no checks.
///
/// Source: opentelemetry-proto `metrics/v1/metrics.proto`.
struct MetricEncoder {
    private let snapshot: InstrumentSnapshot
    private let descriptor: InstrumentDescriptor

    /// Prepares to write a snapshot.
    init(_ snapshot: InstrumentSnapshot) {
        self.snapshot = snapshot
        descriptor = snapshot.descriptor
    }

    /// Appends as many points to a chunk as it has room for, as one `Metric` with its tag and length.
    ///
    /// - Parameters:
    ///   - first: The series to begin with.
    ///   - chunk: Where to write.
    ///   - byteLimit: The size that the chunk is not to exceed; a single point in an empty chunk may.
    /// - Returns: The series to go on with, after the last one if all is written.
    func append(from first: Int, to chunk: inout Chunk, byteLimit: Int) -> Int {
        let texts = [descriptor.name, descriptor.description, descriptor.unit]
        let headerSize = texts.reduce(64) { $0 + $1.utf8.count }
        var pointBytes = 0
        var points: [(index: Int, size: Int)] = []
        var next = first
        while next < snapshot.series.count {
            guard snapshot.hasPoint(at: next) else {
                next += 1
                continue
            }
            let size = pointSize(at: next)
            let added = 1 + ProtobufWire.lengthDelimitedSize(size)
            let isOnly = points.isEmpty && chunk.byteCount == 0
            guard isOnly || chunk.byteCount + headerSize + pointBytes + added <= byteLimit else { break }
            pointBytes += added
            points.append((next, size))
            next += 1
        }
        guard !points.isEmpty else { return next }
        write(points, pointBytes: pointBytes, to: &chunk)
        return next
    }

    private func write(_ points: [(index: Int, size: Int)], pointBytes: Int, to chunk: inout Chunk) {
        let dataSize = pointBytes + (descriptor.kind == .gauge ? 0 : 2) + (isSum && descriptor.isMonotonic ? 2 : 0)
        let texts = [
            (MetricTag.name, descriptor.name), (MetricTag.description, descriptor.description),
            (MetricTag.unit, descriptor.unit),
        ].filter { !$0.1.isEmpty }
        let textSize = texts.reduce(0) { $0 + 1 + ProtobufWire.lengthDelimitedSize($1.1.utf8.count) }
        let metricSize = textSize + 1 + ProtobufWire.lengthDelimitedSize(dataSize)
        let size = 1 + ProtobufWire.lengthDelimitedSize(metricSize)
        if chunk.capacity < chunk.byteCount + size {
            chunk.grow(to: max(2 * chunk.capacity, chunk.byteCount + size))
        }

        var writer = ProtobufWriter(at: chunk.base + chunk.byteCount)
        writer.tag(ScopeMetricsTag.metrics)
        writer.varint(UInt64(metricSize))
        for (tag, text) in texts {
            writer.tag(tag)
            writer.lengthDelimited(text)
        }
        writer.tag(dataTag)
        writer.varint(UInt64(dataSize))
        for point in points {
            writer.tag(MetricDataTag.dataPoints)
            writer.varint(UInt64(point.size))
            write(pointAt: point.index, to: &writer)
        }
        if descriptor.kind != .gauge {
            writer.tag(MetricDataTag.aggregationTemporality)
            writer.byte(snapshot.temporality == .delta ? 1 : 2)
        }
        if isSum, descriptor.isMonotonic {
            writer.tag(MetricDataTag.isMonotonic)
            writer.byte(1)
        }
        chunk.byteCount += size
        chunk.itemCount += points.count
    }

    private var isSum: Bool {
        descriptor.kind == .counter || descriptor.kind == .upDownCounter
    }

    private var dataTag: UInt32 {
        switch descriptor.kind {
        case .counter, .upDownCounter: MetricTag.sum
        case .gauge: MetricTag.gauge
        case .histogram: MetricTag.histogram
        }
    }

    // MARK: - Points

    private func pointSize(at index: Int) -> Int {
        let attributes = snapshot.series[index].attributes.withSlice { $0.encodedSize() }
        guard descriptor.kind == .histogram else {
            return (snapshot.start(at: index) == nil ? 0 : 9) + 9 + 9 + attributes
        }
        let sum = snapshot.histogramSum(at: index) == nil ? 0 : 9
        let buckets = 1 + ProtobufWire.lengthDelimitedSize(8 * (descriptor.bounds.count + 1))
        let bounds = descriptor.bounds.isEmpty ? 0 : 1 + ProtobufWire.lengthDelimitedSize(8 * descriptor.bounds.count)
        return 9 + 9 + 9 + sum + buckets + bounds + attributes + 9 + 9
    }

    private func write(pointAt index: Int, to writer: inout ProtobufWriter) {
        if descriptor.kind == .histogram {
            writeHistogram(at: index, to: &writer)
        } else {
            writeNumber(at: index, to: &writer)
        }
    }

    private func writeNumber(at index: Int, to writer: inout ProtobufWriter) {
        if let start = snapshot.start(at: index) {
            writer.tag(NumberDataPointTag.startTimeUnixNano)
            writer.fixed64(start)
        }
        writer.tag(NumberDataPointTag.timeUnixNano)
        writer.fixed64(snapshot.time(at: index))
        writer.tag(descriptor.number == .integer ? NumberDataPointTag.asInt : NumberDataPointTag.asDouble)
        writer.fixed64(snapshot.word(SeriesWords.value, at: index))
        snapshot.series[index].attributes.withSlice { $0.encode(tag: NumberDataPointTag.attributes, to: &writer) }
    }

    private func writeHistogram(at index: Int, to writer: inout ProtobufWriter) {
        writer.tag(HistogramDataPointTag.startTimeUnixNano)
        writer.fixed64(snapshot.start(at: index) ?? 0)
        writer.tag(HistogramDataPointTag.timeUnixNano)
        writer.fixed64(snapshot.time(at: index))
        writer.tag(HistogramDataPointTag.count)
        writer.fixed64(snapshot.word(SeriesWords.count, at: index))
        if let sum = snapshot.histogramSum(at: index) {
            writer.tag(HistogramDataPointTag.sum)
            writer.fixed64(sum.bitPattern)
        }
        writer.tag(HistogramDataPointTag.bucketCounts)
        writer.varint(UInt64(8 * (descriptor.bounds.count + 1)))
        for count in snapshot.buckets(at: index) { writer.fixed64(count) }
        if !descriptor.bounds.isEmpty {
            writer.tag(HistogramDataPointTag.explicitBounds)
            writer.varint(UInt64(8 * descriptor.bounds.count))
            for bound in descriptor.bounds { writer.fixed64(bound.bitPattern) }
        }
        snapshot.series[index].attributes.withSlice { $0.encode(tag: HistogramDataPointTag.attributes, to: &writer) }
        writer.tag(HistogramDataPointTag.min)
        writer.fixed64(snapshot.word(SeriesWords.minimum, at: index))
        writer.tag(HistogramDataPointTag.max)
        writer.fixed64(snapshot.word(SeriesWords.maximum, at: index))
    }
}

/// Tags of `ScopeMetrics`.
private enum ScopeMetricsTag {
    /// `repeated Metric metrics = 2`.
    static var metrics: UInt32 { 0x12 }
}
