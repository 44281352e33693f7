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
    static let headerLength = 40
}

extension HistogramSnapshot {
    /// The histogram in HdrHistogram's V2 encoding, uncompressed.
    package func encodedV2() -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(Encoding.headerLength + counts.count)
        Self.append(HistogramCookie.plain.encoded, to: &bytes)
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
        var deflater = try Deflater(format: .zlib, strategy: .runs)
        let stream = deflater.compress(encodedV2())
        var bytes: [UInt8] = []
        bytes.reserveCapacity(8 + stream.count)
        Self.append(HistogramCookie.compressed.encoded, to: &bytes)
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
        // Written through a pointer: an append for each byte takes four times as long.
        bytes += [UInt8](unsafeUninitializedCapacity: 9 * Swift.max(counts.count, 1)) { buffer, length in
            if counts.isEmpty { Self.putZigZag(0, in: buffer, at: &length) }
            counts.withUnsafeBufferPointer { counts in
                var index = 0
                while index < counts.count {
                    let count = counts[index]
                    let start = index
                    index += 1
                    guard count == 0 else {
                        Self.putZigZag(Int64(clamping: count), in: buffer, at: &length)
                        continue
                    }
                    while index < counts.count, counts[index] == 0 { index += 1 }
                    let run = index - start
                    Self.putZigZag(run > 1 ? -Int64(run) : 0, in: buffer, at: &length)
                }
            }
        }
    }

    /// Eight groups of seven bits, and a ninth byte of eight: not protobuf's varint.
    private static func putZigZag(_ value: Int64, in buffer: UnsafeMutableBufferPointer<UInt8>, at length: inout Int) {
        var rest = UInt64(bitPattern: (value << 1) ^ (value >> 63))
        for _ in 0..<8 {
            guard rest >= 0x80 else { break }
            buffer[length] = UInt8(truncatingIfNeeded: rest) | 0x80
            length += 1
            rest >>= 7
        }
        buffer[length] = UInt8(truncatingIfNeeded: rest)
        length += 1
    }

    private static func append(_ value: some FixedWidthInteger, to bytes: inout [UInt8]) {
        withUnsafeBytes(of: value.bigEndian) { bytes.append(contentsOf: $0) }
    }
}
