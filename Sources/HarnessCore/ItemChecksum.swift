/// The checksum of an item that carries one: what the producer puts into `bench.sum`, and what the sink works out anew.
///
/// It covers the item's id, its text (the body of a log record, or the event's name where there is no body; the name of a
/// span), and each attribute whose key begins with ``coveredPrefix`` and whose value is a string. The parts are added up,
/// so the order of attributes does not matter: no specification keeps it.
///
///     sum = low 32 bits of (id · odd + Σ FNV-1a(part)), folded once
@usableFromInline package struct ItemChecksum: Equatable, Sendable {
    /// The attribute that carries the checksum.
    @inlinable package static var attributeKey: StaticString { "bench.sum" }
    /// What the keys of the attributes under the checksum begin with.
    @inlinable package static var coveredPrefix: StaticString { "bench.attribute." }
    /// The bit of `bench.id` that says that the item carries a checksum.
    ///
    /// So a checksum that is missing is noticed like one that is wrong.
    @inlinable package static var mark: Int64 { 1 << 62 }

    private var parts: UInt64 = 0

    /// The checksum of nothing so far.
    package init() {}

    /// Adds the item's text.
    package mutating func add(text: UnsafeRawBufferPointer) {
        parts &+= Self.hash(text, from: Self.hash(0, into: Self.offset))
    }

    /// Adds an attribute, whatever its key.
    package mutating func add(key: UnsafeRawBufferPointer, value: UnsafeRawBufferPointer) {
        // 0xFF stands in no UTF-8: keys and values cannot run into each other.
        parts &+= Self.hash(value, from: Self.hash(0xFF, into: Self.hash(key, from: Self.hash(1, into: Self.offset))))
    }

    /// The value of `bench.sum` for an item with this content.
    ///
    /// - Parameter id: The item's id without the ``mark``.
    /// - Returns: A number below 2^32.
    package func value(ofItem id: Int64) -> Int64 {
        // All arithmetic is modulo 2^64.
        let sum = UInt64(bitPattern: id) &* 0x9E37_79B9_7F4A_7C15 &+ parts
        return Int64((sum ^ (sum >> 32)) & 0xFFFF_FFFF)
    }

    // FNV-1a, 64 bit (http://www.isthe.com/chongo/tech/comp/fnv/).
    private static let offset: UInt64 = 0xCBF2_9CE4_8422_2325

    private static func hash(_ byte: UInt8, into state: UInt64) -> UInt64 {
        (state ^ UInt64(byte)) &* 0x100_0000_01B3
    }

    private static func hash(_ bytes: UnsafeRawBufferPointer, from state: UInt64) -> UInt64 {
        var state = state
        for byte in bytes { state = hash(byte, into: state) }
        return state
    }
}
