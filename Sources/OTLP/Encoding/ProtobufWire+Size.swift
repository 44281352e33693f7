extension ProtobufWire {
    /// The size of a length prefix and the `count` bytes behind it.
    @inlinable @inline(__always)
    package static func lengthDelimitedSize(_ count: Int) -> Int {
        varintSize(UInt64(truncatingIfNeeded: count)) + count
    }
}
