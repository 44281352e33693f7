/// The protobuf wire format: wire types, tags and the limits of a varint.
///
/// Source: https://protobuf.dev/programming-guides/encoding/. Shared by the encoder and the decoder, and inlinable so that
/// both see constants.
@usableFromInline package enum ProtobufWire {
    /// How the value of a field is laid out: the low three bits of its tag.
    @usableFromInline package enum WireType {
        /// Base 128 integer of 1 to 10 bytes: int32/64, uint32/64, bool, enum, and zig-zag sint32/64.
        @inlinable package static var varint: UInt32 { 0 }
        /// Eight bytes, little endian: fixed64, sfixed64, double.
        @inlinable package static var fixed64: UInt32 { 1 }
        /// A varint length, then as many bytes: string, bytes, message, packed repeated scalars.
        @inlinable package static var length: UInt32 { 2 }
        /// Opens a group: deprecated, still skipped correctly where an unknown field uses it.
        @inlinable package static var startGroup: UInt32 { 3 }
        /// Closes the group that has the same field number.
        @inlinable package static var endGroup: UInt32 { 4 }
        /// Four bytes, little endian: fixed32, sfixed32, float.
        @inlinable package static var fixed32: UInt32 { 5 }
    }

    /// Most bytes that a 64-bit varint takes.
    @inlinable package static var maximumVarintBytes: Int { 10 }

    /// Highest field number: a tag is a 32-bit number of which three bits are the wire type.
    @inlinable package static var maximumFieldNumber: UInt32 { (1 << 29) - 1 }

    /// The tag of a field: `field << 3 | wireType`.
    ///
    /// - Parameters:
    ///   - field: Field number, 1 to ``maximumFieldNumber``.
    ///   - wireType: One of ``WireType``.
    /// - Returns: The tag, to be written as a varint.
    @inlinable
    package static func tag(_ field: UInt32, _ wireType: UInt32) -> UInt32 {
        field << 3 | wireType
    }

    /// Bytes that a varint of `value` takes: 1 to 10.
    @inlinable
    package static func varintSize(_ value: UInt64) -> Int {
        // Seven bits a byte; `| 1` gives zero its one byte.
        (70 - (value | 1).leadingZeroBitCount) / 7
    }
}
