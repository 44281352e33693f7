/// Protobuf of a size that is not known beforehand, in memory that grows and is used again.
internal struct ProtobufOutput: ~Copyable {
    /// Bytes of a padded length: 35 bits.
    private static let lengthBytes = 5

    /// Bytes written so far.
    internal private(set) var count = 0
    private var storage: UnsafeMutableRawBufferPointer

    /// An output without memory of its own yet.
    internal init() {
        storage = UnsafeMutableRawBufferPointer(start: nil, count: 0)
    }

    deinit {
        storage.deallocate()
    }

    /// The bytes written so far, valid until more are written.
    internal var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: storage[..<count]) }

    /// Makes room for so many more bytes.
    @inline(__always)
    internal mutating func reserve(_ more: Int) {
        if storage.count - count < more { grow(more) }
    }

    @inline(never)
    private mutating func grow(_ more: Int) {
        let grown = UnsafeMutableRawBufferPointer.allocate(
            byteCount: max(count + more, storage.count * 2, 4096),
            alignment: 16
        )
        grown.copyMemory(from: bytes)
        storage.deallocate()
        storage = grown
    }

    /// Forgets what was written, and gives back memory beyond `capacity` bytes.
    internal mutating func clear(keeping capacity: Int) {
        count = 0
        if storage.count > capacity {
            storage.deallocate()
            storage = UnsafeMutableRawBufferPointer(start: nil, count: 0)
        }
    }

    /// Appends a varint.
    @inline(__always)
    internal mutating func append(varint value: UInt64) {
        reserve(ProtobufWire.maximumVarintBytes)
        var rest = value
        while rest >= 0x80 {
            storage[count] = UInt8(truncatingIfNeeded: rest) | 0x80
            count += 1
            rest >>= 7
        }
        storage[count] = UInt8(truncatingIfNeeded: rest)
        count += 1
    }

    /// Appends eight bytes, little endian.
    @inline(__always)
    internal mutating func append(fixed64 value: UInt64) {
        reserve(8)
        storage.storeBytes(of: value.littleEndian, toByteOffset: count, as: UInt64.self)
        count += 8
    }

    /// Appends four bytes, little endian.
    internal mutating func append(fixed32 value: UInt32) {
        reserve(4)
        storage.storeBytes(of: value.littleEndian, toByteOffset: count, as: UInt32.self)
        count += 4
    }

    /// Appends one byte.
    @inline(__always)
    internal mutating func append(byte: UInt8) {
        reserve(1)
        storage[count] = byte
        count += 1
    }

    /// Appends the length of some bytes, then the bytes.
    @inline(__always)
    internal mutating func append(lengthDelimited bytes: UnsafeRawBufferPointer) {
        append(varint: UInt64(truncatingIfNeeded: bytes.count))
        reserve(bytes.count)
        UnsafeMutableRawBufferPointer(rebasing: storage[count...]).copyMemory(from: bytes)
        count += bytes.count
    }

    /// Begins something whose length is not known yet; returns what ``end(_:)`` needs.
    @inline(__always)
    internal mutating func begin() -> Int {
        reserve(Self.lengthBytes)
        count += Self.lengthBytes
        return count
    }

    /// Ends what began there: writes its length, padded, before it.
    @inline(__always)
    internal mutating func end(_ start: Int) {
        var rest = UInt64(truncatingIfNeeded: count - start)
        for index in 0..<Self.lengthBytes {
            let more: UInt8 = index < Self.lengthBytes - 1 ? 0x80 : 0
            storage[start - Self.lengthBytes + index] = UInt8(truncatingIfNeeded: rest) & 0x7F | more
            rest >>= 7
        }
    }
}
