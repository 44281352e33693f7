import OTLP

/// Cuts a batch of metrics in two between two data points: a metric with points on both sides becomes two of its name.
///
/// Source: opentelemetry-proto `metrics/v1/metrics.proto`.
enum MetricSplitter {
    /// Cuts a batch in the middle.
    ///
    /// - Parameters:
    ///   - records: Encoded `Metric` messages, each with its tag and length.
    ///   - items: Their number of data points.
    /// - Returns: Two batches that hold all points between them; nil if there is a single one.
    static func split(_ records: UnsafeRawBufferPointer, items: Int) -> BatchHalves? {
        guard items > 1 else { return nil }
        var halves = BatchHalves(first: [], firstItems: items / 2, second: [])
        var pointsLeft = halves.firstItems
        do throws(OTLPDecodingError) {
            var cursor = ProtobufCursor(records)
            while !cursor.isAtEnd {
                let metric = try Field(from: &cursor, in: records)
                let parts = try metric.split(atPoint: pointsLeft)
                pointsLeft -= parts.firstPoints
                if parts.firstPoints > 0 { halves.first += parts.first }
                if parts.secondPoints > 0 { halves.second += parts.second }
            }
        } catch {
            preconditionFailure("a chunk holds whole metrics: \(error)")
        }
        return halves
    }
}

/// A field of a message, with its tag.
private struct Field {
    /// What became of a metric.
    struct Parts {
        var first: [UInt8] = []
        var firstPoints = 0
        var second: [UInt8] = []
        var secondPoints = 0

        /// Adds a field to both sides.
        mutating func append(_ field: Field) {
            first += field.bytes
            second += field.bytes
        }
    }

    let tag: UInt32
    /// The whole field.
    let bytes: UnsafeRawBufferPointer
    /// The bytes of the message in it; nil for another kind of value.
    let message: UnsafeRawBufferPointer?

    init(from cursor: inout ProtobufCursor, in source: UnsafeRawBufferPointer) throws(OTLPDecodingError) {
        let start = cursor.offset
        tag = try cursor.readTag()
        // The lowest three bits are the wire type, 2 for what has a length.
        if tag & 7 == 2 {
            let body = try cursor.readMessage()
            message = UnsafeRawBufferPointer(rebasing: source[(cursor.offset - body.remaining)..<cursor.offset])
        } else {
            try cursor.skipValue(of: tag, depth: 0)
            message = nil
        }
        bytes = UnsafeRawBufferPointer(rebasing: source[start..<cursor.offset])
    }

    /// The metric that the field holds, its first points on one side and the others on the other.
    func split(atPoint count: Int) throws(OTLPDecodingError) -> Parts {
        let metric = try fields()
        var parts = Parts()
        for field in metric {
            guard [MetricTag.gauge, MetricTag.sum, MetricTag.histogram].contains(field.tag) else {
                parts.append(field)
                continue
            }
            let data = try field.dataSplit(atPoint: count)
            parts.firstPoints = data.firstPoints
            parts.secondPoints = data.secondPoints
            parts.first += Self.encoded(field.tag, data.first)
            parts.second += Self.encoded(field.tag, data.second)
        }
        parts.first = Self.encoded(tag, parts.first)
        parts.second = Self.encoded(tag, parts.second)
        return parts
    }

    private func dataSplit(atPoint count: Int) throws(OTLPDecodingError) -> Parts {
        var parts = Parts()
        for field in try fields() {
            if field.tag != MetricDataTag.dataPoints {
                parts.append(field)
            } else if parts.firstPoints < count {
                parts.first += field.bytes
                parts.firstPoints += 1
            } else {
                parts.second += field.bytes
                parts.secondPoints += 1
            }
        }
        return parts
    }

    private func fields() throws(OTLPDecodingError) -> [Field] {
        let source = message ?? UnsafeRawBufferPointer(start: nil, count: 0)
        var cursor = ProtobufCursor(source)
        var fields: [Field] = []
        while !cursor.isAtEnd { fields.append(try Field(from: &cursor, in: source)) }
        return fields
    }

    /// A message as a field: a tag of one byte, the length, the bytes.
    private static func encoded(_ tag: UInt32, _ message: [UInt8]) -> [UInt8] {
        let size = 1 + ProtobufWire.lengthDelimitedSize(message.count)
        return [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
            var writer = ProtobufWriter(at: UnsafeMutableRawPointer(buffer.baseAddress.unsafelyUnwrapped))
            writer.tag(tag)
            message.withUnsafeBytes { writer.lengthDelimited($0) }
            count = size
        }
    }
}
