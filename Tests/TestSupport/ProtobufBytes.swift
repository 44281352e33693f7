/// Builds protobuf messages field by field, naively, for tests of what reads them.
///
/// Deliberately independent of the encoder and of the tables of the sources under test, and able to write what is wrong.
package struct ProtobufBytes: Sendable {
    /// What has been written so far.
    package var bytes: [UInt8] = []

    /// An empty message.
    package init() {}

    /// A message written by `build`.
    package init(_ build: (inout ProtobufBytes) -> Void) {
        build(&self)
    }

    /// Appends a bare varint.
    package mutating func varint(_ value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            bytes.append(UInt8(rest & 0x7F) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }

    /// Appends the tag of a field.
    package mutating func tag(_ field: UInt64, wireType: UInt64) {
        varint(field << 3 | wireType)
    }

    /// Appends a varint field.
    package mutating func field(_ field: UInt64, varint value: UInt64) {
        tag(field, wireType: 0)
        varint(value)
    }

    /// Appends a field of eight bytes.
    package mutating func field(_ field: UInt64, fixed64 value: UInt64) {
        tag(field, wireType: 1)
        for shift in 0..<8 { bytes.append(UInt8(truncatingIfNeeded: value >> (8 * UInt64(shift)))) }
    }

    /// Appends a length-delimited field.
    package mutating func field(_ field: UInt64, bytes content: some Collection<UInt8>) {
        tag(field, wireType: 2)
        varint(UInt64(content.count))
        bytes.append(contentsOf: content)
    }

    /// Appends a string field.
    package mutating func field(_ field: UInt64, string: String) {
        self.field(field, bytes: Array(string.utf8))
    }

    /// Appends a message field, written by `build`.
    package mutating func field(_ field: UInt64, message build: (inout ProtobufBytes) -> Void) {
        self.field(field, bytes: ProtobufBytes(build).bytes)
    }
}
