import OTLP

/// A prepared request of log records or spans whose items can be renumbered in place, as if it were the next request of a sender.
///
/// Written by hand rather than by the SDK's encoder, so that the receiver is measured against bytes that do not change
/// with the sender.
struct ItemsBody {
    /// What the items are.
    enum Item {
        /// Log records that are events.
        case event
        /// Spans, in the shape of OpenTelemetry's own benchmark.
        case span

        /// The signal that carries them.
        var signal: OTLPSignal { self == .span ? .traces : .logs }
    }

    /// The request in protobuf.
    private(set) var bytes: [UInt8] = []

    /// What the items are.
    let item: Item

    /// How many items it holds.
    let count: Int

    /// Offsets of the seven-byte varints of `bench.id`.
    private var idOffsets: [Int] = []
    private let producers: UInt64

    /// A request of items.
    ///
    /// - Parameters:
    ///   - item: What the items are.
    ///   - count: How many.
    ///   - producers: The items belong to this many producers in turn, 1 to 100.
    ///   - stringAttributes: How many attributes of 20 characters of key and of value each item has beside its id.
    init(_ item: Item = .event, count: Int, producers: Int = 1, stringAttributes: Int = 0) {
        self.item = item
        self.count = count
        self.producers = UInt64(producers)
        let name = Self.field(0x0A, Array("micro".utf8))
        let resource = ["service.name", "bench.run_id"].flatMap { Self.field(0x0A, Self.attribute($0, name)) }
        let scope = Self.field(0x0A, Self.field(0x0A, Array("telemetry".utf8)))
        let record = Self.record(item, stringAttributes: stringAttributes)
        // The id is the last varint of its attribute, which comes before all others.
        let idOffset = record.idOffset
        var records: [UInt8] = []
        var offsets: [Int] = []
        for _ in 0..<count {
            let field = Self.field(0x12, record.bytes)
            offsets.append(records.count + field.count - record.bytes.count + idOffset)
            records += field
        }
        let scopeLogs = Self.field(0x12, scope + records)
        let inScopeLogs = scopeLogs.count - records.count
        let resourceLogs = Self.field(0x0A, Self.field(0x0A, resource) + scopeLogs)
        bytes = resourceLogs
        let base = resourceLogs.count - scopeLogs.count + inScopeLogs
        idOffsets = offsets.map { base + $0 }
    }

    /// Gives the items the ids of the request with this number, counted from 0.
    mutating func renumber(request: UInt64) {
        let first = request * UInt64(count)
        bytes.withUnsafeMutableBytes { buffer in
            for (index, offset) in idOffsets.enumerated() {
                let number = first + UInt64(index)
                // Producers count from 4, which makes every id a varint of seven bytes.
                let id = (number % producers + 4) << 40 | number / producers
                for byte in 0..<7 {
                    let more: UInt8 = byte < 6 ? 0x80 : 0
                    buffer[offset + byte] = UInt8(truncatingIfNeeded: id >> (7 * UInt64(byte))) & 0x7F | more
                }
            }
        }
    }

    /// A record with time stamps, a name, an id to be filled in and string attributes.
    private static func record(_ item: Item, stringAttributes: Int) -> (bytes: [UInt8], idOffset: Int) {
        let time: [UInt8] = [0x00, 0x10, 0xA5, 0xD4, 0xE8, 0x00, 0x98, 0x17]
        var bytes: [UInt8]
        let attributeTag: UInt8
        switch item {
        case .event:
            attributeTag = 0x32
            bytes = [0x09] + time + [0x59] + time + [0x10, 0x09] + field(0x62, Array("checkout.order.created".utf8))
        case .span:
            attributeTag = 0x4A
            bytes = field(0x0A, [UInt8](1...16)) + field(0x12, [UInt8](1...8)) + field(0x2A, Array("GET /orders".utf8))
            bytes += [0x30, 0x02, 0x39] + time + [0x41] + time
        }
        bytes += field(attributeTag, attribute("bench.id", [0x18] + [UInt8](repeating: 0x80, count: 6) + [0x01]))
        let idOffset = bytes.count - 7
        for index in 0..<stringAttributes {
            let key = "attribute.number.\(100 + index)"
            bytes += field(attributeTag, attribute(key, field(0x0A, Array("value.of.twenty.chars".utf8.prefix(20)))))
        }
        return (bytes, idOffset)
    }

    /// A `KeyValue` whose `AnyValue` has this content.
    private static func attribute(_ key: String, _ value: [UInt8]) -> [UInt8] {
        field(0x0A, Array(key.utf8)) + field(0x12, value)
    }

    /// A length-delimited field with a tag of one byte.
    private static func field(_ tag: UInt8, _ content: [UInt8]) -> [UInt8] {
        var length: [UInt8] = []
        var rest = content.count
        while rest >= 0x80 {
            length.append(UInt8(rest & 0x7F) | 0x80)
            rest >>= 7
        }
        return [tag] + length + [UInt8(rest)] + content
    }
}
