import Compression
import FoundationEssentials

/// The constants of HdrHistogram's V2 encoding.
///
/// The layout (HdrHistogram/HdrHistogram `AbstractHistogram.java`), big-endian:
///
///     0   cookie 0x1c849313           i32
///     4   length of the counts, bytes i32
///     8   normalising index offset    i32    0
///     12  significant digits          i32    3
///     16  lowest discernible value    i64    1
///     24  highest trackable value     i64    3,600,000,000,000
///     32  integer to double ratio     f64    1
///     40  counts up to the last one that is not zero, each as ZigZag LEB128 of at most 9 bytes;
///         a run of more than one zero is the negative of its length
///
/// Compressed, it is a cookie 0x1c849314, the length of the rest, and a zlib stream of the above.
private enum Encoding {
    static let cookie: UInt32 = 0x1c84_9313
    static let compressedCookie: UInt32 = 0x1c84_9314
    static let headerLength = 40
    /// Every slot as a nine-byte number.
    static let maximumLength = headerLength + HistogramLayout.slotCount * 9
}

extension HistogramSnapshot {
    /// The histogram in HdrHistogram's V2 encoding, uncompressed.
    package func encodedV2() -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(Encoding.headerLength + counts.count)
        Self.append(Encoding.cookie, to: &bytes)
        Self.append(UInt32(0), to: &bytes)
        Self.append(UInt32(0), to: &bytes)
        Self.append(UInt32(HistogramLayout.significantDigits), to: &bytes)
        Self.append(HistogramLayout.lowestDiscernibleValue, to: &bytes)
        Self.append(HistogramLayout.highestTrackableValue, to: &bytes)
        Self.append((1.0).bitPattern, to: &bytes)
        appendCounts(to: &bytes)
        let length = UInt32(bytes.count - Encoding.headerLength)
        for (index, shift) in [24, 16, 8, 0].enumerated() {
            bytes[4 + index] = UInt8(truncatingIfNeeded: length >> UInt32(shift))
        }
        return bytes
    }

    /// The histogram in HdrHistogram's compressed V2 encoding.
    ///
    /// - Throws: ``CompressionError/outOfMemory``.
    package func encodedV2Compressed() throws -> [UInt8] {
        var deflater = try Deflater(format: .zlib)
        let stream = deflater.compress(encodedV2())
        var bytes: [UInt8] = []
        bytes.reserveCapacity(8 + stream.count)
        Self.append(Encoding.compressedCookie, to: &bytes)
        Self.append(UInt32(stream.count), to: &bytes)
        bytes.append(contentsOf: stream)
        return bytes
    }

    /// The histogram in HdrHistogram's compressed V2 encoding, as Base64: the form of logs and results.
    ///
    /// - Throws: ``CompressionError/outOfMemory``.
    package func base64V2Compressed() throws -> String {
        Data(try encodedV2Compressed()).base64EncodedString()
    }

    /// An empty histogram is written as one count of zero, as HdrHistogram writes it.
    private func appendCounts(to bytes: inout [UInt8]) {
        if counts.isEmpty { Self.appendZigZag(0, to: &bytes) }
        var index = 0
        while index < counts.count {
            guard counts[index] == 0 else {
                Self.appendZigZag(Int64(clamping: counts[index]), to: &bytes)
                index += 1
                continue
            }
            let start = index
            while index < counts.count, counts[index] == 0 { index += 1 }
            let run = index - start
            Self.appendZigZag(run > 1 ? -Int64(run) : 0, to: &bytes)
        }
    }

    /// Eight groups of seven bits, and a ninth byte of eight: not protobuf's varint.
    private static func appendZigZag(_ value: Int64, to bytes: inout [UInt8]) {
        var rest = UInt64(bitPattern: (value << 1) ^ (value >> 63))
        for _ in 0..<8 {
            guard rest >= 0x80 else { break }
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(truncatingIfNeeded: rest))
    }

    private static func append(_ value: some FixedWidthInteger, to bytes: inout [UInt8]) {
        withUnsafeBytes(of: value.bigEndian) { bytes.append(contentsOf: $0) }
    }
}

// MARK: - Decoding

extension HistogramSnapshot {
    /// Reads HdrHistogram's compressed V2 encoding from Base64.
    ///
    /// - Throws: ``HistogramDecodingError``.
    package init(base64V2Compressed text: String) throws(HistogramDecodingError) {
        guard let data = Data(base64Encoded: text) else { throw .notBase64 }
        try self.init(decodingV2: data)
    }

    /// Reads HdrHistogram's V2 encoding, compressed or not.
    ///
    /// Three significant digits and a lowest discernible value of 1 are required; values above one hour are not.
    ///
    /// - Throws: ``HistogramDecodingError``.
    package init(decodingV2 bytes: some Collection<UInt8>) throws(HistogramDecodingError) {
        var reader = Reader(bytes: Array(bytes))
        let cookie = try reader.integer(UInt32.self)
        switch cookie {
        case Encoding.cookie:
            try self.init(body: reader)
        case Encoding.compressedCookie:
            let length = try reader.integer(UInt32.self)
            guard reader.remaining >= Int(length) else { throw .truncated }
            guard reader.remaining == Int(length) else { throw .trailingBytes(reader.remaining - Int(length)) }
            let plain: [UInt8]
            do {
                var inflater = try Inflater(format: .zlib)
                plain = try inflater.decompress(reader.rest, limit: Encoding.maximumLength)
            } catch {
                throw .compression(error.description)
            }
            var inner = Reader(bytes: plain)
            let innerCookie = try inner.integer(UInt32.self)
            guard innerCookie == Encoding.cookie else { throw .unknownCookie(innerCookie) }
            try self.init(body: inner)
        default:
            throw .unknownCookie(cookie)
        }
    }

    private init(body: Reader) throws(HistogramDecodingError) {
        var reader = body
        let length = try reader.integer(UInt32.self)
        let offset = try reader.integer(UInt32.self)
        let digits = try reader.integer(UInt32.self)
        let lowest = try reader.integer(UInt64.self)
        _ = try reader.integer(UInt64.self)
        let ratio = Double(bitPattern: try reader.integer(UInt64.self))
        guard offset == 0 else { throw .unsupported("its normalising index offset is \(offset) instead of 0") }
        guard digits == UInt32(HistogramLayout.significantDigits) else {
            throw .unsupported("it has \(digits) significant digits instead of 3")
        }
        guard lowest == 1 else { throw .unsupported("its lowest discernible value is \(lowest) instead of 1") }
        guard ratio == 1 else { throw .unsupported("its integer to double ratio is \(ratio) instead of 1") }
        guard reader.remaining >= Int(length) else { throw .truncated }
        guard reader.remaining == Int(length) else { throw .trailingBytes(reader.remaining - Int(length)) }
        try self.init(counts: reader.counts())
    }

    /// Steps through the bytes, never beyond their end.
    private struct Reader {
        let bytes: [UInt8]
        var position = 0

        init(bytes: [UInt8]) {
            self.bytes = bytes
        }

        var remaining: Int { bytes.count - position }
        var rest: ArraySlice<UInt8> { bytes[position...] }

        mutating func integer<Value: FixedWidthInteger>(_: Value.Type) throws(HistogramDecodingError) -> Value {
            let size = Value.bitWidth / 8
            guard remaining >= size else { throw .truncated }
            defer { position += size }
            return bytes[position..<position + size].reduce(0) { $0 << 8 | Value($1) }
        }

        mutating func zigZag() throws(HistogramDecodingError) -> Int64 {
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

        mutating func counts() throws(HistogramDecodingError) -> [UInt64] {
            var counts: [UInt64] = []
            var total: UInt64 = 0
            while position < bytes.count {
                let value = try zigZag()
                let room = HistogramLayout.slotCount - counts.count
                guard value < 0 ? value.magnitude <= UInt64(room) : room > 0 else {
                    throw .invalidCounts("it has values above one hour or more counts than there are slots")
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
    }
}

// MARK: - Codable

extension HistogramSnapshot: Codable {
    /// Reads the Base64 string of ``base64V2Compressed()``.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        do throws(HistogramDecodingError) {
            try self.init(base64V2Compressed: text)
        } catch {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: error.description)
        }
    }

    /// Writes the Base64 string of ``base64V2Compressed()``.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(try base64V2Compressed())
    }
}
