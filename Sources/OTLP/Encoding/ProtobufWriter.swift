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

    /// Writes four bytes, little-endian.
    @inlinable @inline(__always)
    package mutating func fixed32(_ value: UInt32) {
        cursor.storeBytes(of: value.littleEndian, as: UInt32.self)
        cursor += 4
    }

    /// Copies bytes as they are.
    ///
    /// Eight to 32 of them, as most keys and values have, are copied by two overlapping moves instead of a call.
    @inlinable @inline(__always)
    package mutating func bytes(_ source: UnsafeRawBufferPointer) {
        guard let start = source.baseAddress else { return }
        let count = source.count
        if count >= 16, count <= 32 {
            let first = start.loadUnaligned(as: SIMD2<UInt64>.self)
            let last = (start + (count &- 16)).loadUnaligned(as: SIMD2<UInt64>.self)
            cursor.storeBytes(of: first, as: SIMD2<UInt64>.self)
            (cursor + (count &- 16)).storeBytes(of: last, as: SIMD2<UInt64>.self)
        } else if count >= 8, count < 16 {
            let first = start.loadUnaligned(as: UInt64.self)
            let last = (start + (count &- 8)).loadUnaligned(as: UInt64.self)
            cursor.storeBytes(of: first, as: UInt64.self)
            (cursor + (count &- 8)).storeBytes(of: last, as: UInt64.self)
        } else {
            cursor.copyMemory(from: start, byteCount: count)
        }
        cursor += count
    }

    /// Writes the length of bytes, then the bytes.
    @inlinable @inline(__always)
    package mutating func lengthDelimited(_ source: UnsafeRawBufferPointer) {
        varint(UInt64(truncatingIfNeeded: source.count))
        bytes(source)
    }

    /// Writes the tag of a field below 16, the length of fewer than 128 bytes, and the bytes.
    @inlinable @inline(__always)
    package mutating func shortField(_ tag: UInt32, _ source: UnsafeRawBufferPointer) {
        shortLength(tag, source.count)
        bytes(source)
    }

    /// Writes the tag of a field below 16, and a length below 128.
    @inlinable @inline(__always)
    package mutating func shortLength(_ tag: UInt32, _ length: Int) {
        self.tag(tag)
        byte(UInt8(truncatingIfNeeded: length))
    }

    /// Writes the length of a string in bytes, then its UTF-8.
    @inlinable @inline(__always)
    package mutating func lengthDelimited(_ string: String) {
        string.withBytes { lengthDelimited($0) }
    }
}
