/// Writes protobuf fields into memory whose size the caller has computed beforehand with `ProtobufWire`'s sizes.
///
/// Hot path (each event passes here): no bounds checks, no allocation. The caller owns the memory and guarantees that
/// it holds at least what those say of the same values.
///
/// Source: https://protobuf.dev/programming-guides/encoding/
@usableFromInline
package struct ProtobufWriter {
    /// Where the next byte goes.
    @usableFromInline
    package var cursor: UnsafeMutableRawPointer

    /// Starts writing at `start`.
    @inlinable @inline(__always)
    package init(at start: UnsafeMutableRawPointer) {
        self.cursor = start
    }

    /// Writes the tag of a field below 16: one byte.
    @inlinable @inline(__always)
    package mutating func tag(_ tag: UInt32) {
        byte(UInt8(truncatingIfNeeded: tag))
    }

    /// Writes one byte.
    @inlinable @inline(__always)
    package mutating func byte(_ value: UInt8) {
        cursor.storeBytes(of: value, as: UInt8.self)
        cursor += 1
    }

    /// Writes a base-128 varint, 1 to 10 bytes.
    @inlinable @inline(__always)
    package mutating func varint(_ value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            byte(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        byte(UInt8(truncatingIfNeeded: rest))
    }

    /// Writes eight bytes, little-endian.
    @inlinable @inline(__always)
    package mutating func fixed64(_ value: UInt64) {
        cursor.storeBytes(of: value.littleEndian, as: UInt64.self)
        cursor += 8
    }

    /// Copies bytes as they are.
    @inlinable @inline(__always)
    package mutating func bytes(_ source: UnsafeRawBufferPointer) {
        guard let base = source.baseAddress else { return }
        cursor.copyMemory(from: base, byteCount: source.count)
        cursor += source.count
    }

    /// Writes the length of a string in bytes, then its UTF-8.
    @inlinable @inline(__always)
    package mutating func lengthDelimited(_ string: String) {
        // A native Swift string (every string on Linux) has contiguous UTF-8, so the copy in `withUTF8` never happens.
        var string = string
        string.withUTF8 { utf8 in
            varint(UInt64(utf8.count))
            bytes(UnsafeRawBufferPointer(utf8))
        }
    }
}
