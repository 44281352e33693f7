private import HarnessCore

/// What an item holds, as far as its checksum goes: made once for all items that hold the same.
///
/// An item that ``ProducerContext/hasChecksum(_:)`` names carries ``ProducerContext/checkedIdentifier(of:)`` as its
/// `bench.id`, and ``ProducerContext/checksum(of:_:)`` as its attribute `bench.sum`, in the place of the last attribute
/// if it has more than one. The sink works the sum out anew from what arrives.
public struct ItemContent: Sendable {
    private var sum = ItemChecksum()

    /// The content of an item.
    ///
    /// - Parameters:
    ///   - text: the body of a log record, or the name of an event without one; the name of a span.
    ///   - attributes: string attributes with keys that begin with `bench.attribute.`, in any order.
    public init(text: String, attributes: some Sequence<(String, String)> = EmptyCollection()) {
        Self.withBytes(of: text) { sum.add(text: $0) }
        for (key, value) in attributes {
            Self.withBytes(of: key) { key in
                Self.withBytes(of: value) { sum.add(key: key, value: $0) }
            }
        }
    }

    /// The checksum of an item with this content.
    func checksum(ofItem id: Int64) -> Int64 { sum.value(ofItem: id) }

    private static func withBytes(of text: String, _ body: (UnsafeRawBufferPointer) -> Void) {
        var text = text
        text.withUTF8 { body(UnsafeRawBufferPointer($0)) }
    }
}

extension ProducerContext {
    /// Whether the item with this number is to carry a checksum: the first one does, and of the others one in
    /// ``Workload/checksumEvery`` on average, as the seed has it.
    ///
    /// An item with planted secrets carries none, for it is not to arrive as it was. At random rather than each n-th, so that a fault which strikes each n-th call is met all the same. Hot path: 2 ns.
    public func hasChecksum(_ number: UInt64) -> Bool {
        checksumLimit > 0 && !hasCanary(number)
            && (number == 0 || SeededHash.value(seed, itemBits(of: number)) < checksumLimit)
    }

    /// The `bench.id` of an item that carries a checksum.
    public func checkedIdentifier(of number: UInt64) -> Int64 {
        itemIdentifier(of: number) | ItemChecksum.mark
    }

    /// The `bench.sum` of an item.
    ///
    /// - Parameters:
    ///   - number: the number of the item.
    ///   - content: what it holds.
    /// - Returns: a number below 2^32.
    public func checksum(of number: UInt64, _ content: ItemContent) -> Int64 {
        content.checksum(ofItem: itemIdentifier(of: number))
    }

    private func itemBits(of number: UInt64) -> UInt64 { UInt64(bitPattern: itemIdentifier(of: number)) }
}
