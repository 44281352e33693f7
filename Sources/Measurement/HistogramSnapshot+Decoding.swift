import Compression
import FoundationEssentials

extension HistogramSnapshot {
    /// More than this is no histogram that anybody has reason to write: five digits over eight decades.
    private static var maximumLength: Int { 8 << 20 }

    /// Reads HdrHistogram's compressed V2 encoding from Base64.
    ///
    /// - Throws: ``HistogramDecodingError``.
    package init(base64V2Compressed text: String) throws(HistogramDecodingError) {
        guard let data = Data(base64Encoded: text) else { throw .notBase64 }
        try self.init(decodingV2: data)
    }

    /// Reads HdrHistogram's V2 encoding, compressed or not, of any range and number of digits.
    ///
    /// A histogram of another layout than ours is brought into ours as HdrHistogram's own `add` does it: all values of a
    /// slot count as its smallest. Values above one hour in nanoseconds are refused.
    ///
    /// - Throws: ``HistogramDecodingError``.
    package init(decodingV2 bytes: some Collection<UInt8>) throws(HistogramDecodingError) {
        var reader = HistogramReader(Array(bytes))
        let cookie = try reader.integer(UInt32.self)
        switch HistogramCookie(cookie) {
        case .plain:
            try self.init(body: reader)
        case .compressed:
            let length = try reader.integer(UInt32.self)
            try reader.expect(Int(length))
            let plain: [UInt8]
            do {
                var inflater = try Inflater(format: .zlib)
                plain = try inflater.decompress(reader.rest, limit: Self.maximumLength)
            } catch {
                throw .compression(error.description)
            }
            var inner = HistogramReader(plain)
            let innerCookie = try inner.integer(UInt32.self)
            guard HistogramCookie(innerCookie) == .plain else { throw .unknownCookie(innerCookie) }
            try self.init(body: inner)
        case nil:
            throw .unknownCookie(cookie)
        }
    }

    private init(body: HistogramReader) throws(HistogramDecodingError) {
        var reader = body
        let length = try reader.integer(UInt32.self)
        let offset = try reader.integer(UInt32.self)
        let digits = try reader.integer(UInt32.self)
        let lowest = try reader.integer(UInt64.self)
        let highest = try reader.integer(UInt64.self)
        let ratio = Double(bitPattern: try reader.integer(UInt64.self))
        guard offset == 0 else { throw .unsupported("its normalising index offset is \(offset) instead of 0") }
        guard ratio == 1 else { throw .unsupported("its integer to double ratio is \(ratio) instead of 1") }
        try reader.expect(Int(length))
        let geometry = try HistogramGeometry(lowest: lowest, highest: highest, digits: digits)
        if geometry.isOurs {
            try self.init(counts: reader.counts(upTo: HistogramLayout.slotCount))
        } else {
            try self.init(reader.counts(upTo: geometry.slotCount), of: geometry)
        }
    }

    /// Brings counts of another layout into ours.
    private init(_ foreign: [UInt64], of geometry: HistogramGeometry) throws(HistogramDecodingError) {
        var counts: [UInt64] = []
        // From the top: the first one makes the array as long as it has to be.
        for index in foreign.indices.reversed() where foreign[index] != 0 {
            let value = geometry.lowestValue(at: index)
            guard value <= HistogramLayout.highestTrackableValue else {
                throw .invalidCounts(HistogramReader.outOfRange)
            }
            let slot = HistogramLayout.index(of: value)
            if counts.isEmpty { counts = Array(repeating: 0, count: slot + 1) }
            counts[slot] += foreign[index]
        }
        self.init(counts: counts)
    }
}

/// What the first four bytes of an encoded histogram say.
enum HistogramCookie: UInt32 {
    /// The header and the counts follow.
    case plain = 0x1c84_9303
    /// A zlib stream of the above follows.
    case compressed = 0x1c84_9304

    /// Bits 4 to 7 are the size of a word, which V2 does not use: HdrHistogram writes 1 there and reads any.
    init?(_ cookie: UInt32) {
        self.init(rawValue: cookie & ~0xF0)
    }

    /// The cookie as it is written.
    var encoded: UInt32 { rawValue | 0x10 }
}

/// Steps through the bytes of an encoded histogram, never beyond their end.
struct HistogramReader {
    static let outOfRange = "it has values above one hour or more counts than there are slots"

    private let bytes: [UInt8]
    private var position = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// What has not been read.
    var rest: ArraySlice<UInt8> { bytes[position...] }

    /// Checks how many bytes remain.
    func expect(_ length: Int) throws(HistogramDecodingError) {
        let remaining = bytes.count - position
        guard remaining >= length else { throw .truncated }
        guard remaining == length else { throw .trailingBytes(remaining - length) }
    }

    /// Reads a big-endian number.
    mutating func integer<Value: FixedWidthInteger>(_: Value.Type) throws(HistogramDecodingError) -> Value {
        let size = Value.bitWidth / 8
        guard bytes.count - position >= size else { throw .truncated }
        defer { position += size }
        return bytes[position..<position + size].reduce(0) { $0 << 8 | Value($1) }
    }

    /// Reads all counts.
    ///
    /// - Parameter slotCount: how many there may be.
    /// - Returns: the counts by slot, as far as they are written.
    /// - Throws: ``HistogramDecodingError`` if there are more, or they cannot be counts.
    mutating func counts(upTo slotCount: Int) throws(HistogramDecodingError) -> [UInt64] {
        var total: UInt64 = 0
        var counts: [UInt64] = []
        counts.reserveCapacity(Swift.min(slotCount, bytes.count - position))
        while position < bytes.count {
            let value = try zigZag()
            let room = slotCount - counts.count
            guard value < 0 ? value.magnitude <= UInt64(room) : room > 0 else {
                throw .invalidCounts(Self.outOfRange)
            }
            if value < 0 {
                counts.append(contentsOf: repeatElement(0, count: Int(value.magnitude)))
            } else {
                let (sum, overflow) = total.addingReportingOverflow(UInt64(value))
                guard !overflow else { throw .invalidCounts("its counts exceed 2^64") }
                total = sum
                counts.append(UInt64(value))
            }
        }
        return counts
    }

    private mutating func zigZag() throws(HistogramDecodingError) -> Int64 {
        var value: UInt64 = 0
        for group in 0..<9 {
            guard position < bytes.count else { throw .truncated }
            let byte = UInt64(bytes[position])
            position += 1
            value |= (group == 8 ? byte : byte & 0x7F) << UInt64(7 * group)
            if byte < 0x80 { break }
        }
        return Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1)
    }
}
