import HarnessCore
import OTLP

/// Works out anew the checksum of an item that carries one.
internal struct ChecksumCheck {
    private var checksum = ItemChecksum()
    private var seen: Int64?

    /// Reads what the checksum covers.
    ///
    /// - Parameters:
    ///   - text: The item's text.
    ///   - attributes: Its attributes.
    internal init(text: OTLPText?, attributes: AttributeList) {
        if let text { checksum.add(text: text.bytes) }
        for attribute in attributes {
            if attribute.key.equals(ItemChecksum.attributeKey) {
                seen = attribute.value.int
            } else if attribute.key.isCovered, case .string(let value) = attribute.value.content {
                checksum.add(key: attribute.key.bytes, value: value.bytes)
            }
        }
    }

    /// What is wrong with the item, or nil if what arrived is what was handed to the system.
    internal func problem(ofItem id: ItemID, attributes: AttributeList) -> LedgerExample? {
        let expected = checksum.value(ofItem: id.rawValue)
        guard seen != expected else { return nil }
        let said = seen.map { "its \(ItemChecksum.attributeKey) is \($0)" } ?? "it has no \(ItemChecksum.attributeKey)"
        let shown = attributes.prefix(8).map(Self.shortened).joined(separator: ", ")
        return LedgerExample(
            .corrupted,
            "producer \(id.producer), sequence \(id.sequence): \(said), what arrived gives \(expected); \(shown)"
        )
    }

    private static func shortened(_ attribute: AttributeView) -> String {
        let key = String(decoding: attribute.key.bytes.prefix(32), as: UTF8.self)
        switch attribute.value.content {
        case .string(let text):
            let value = String(decoding: text.bytes.prefix(16), as: UTF8.self)
            return text.count > 16 ? "\(key)=\(value)… (\(text.count) bytes)" : "\(key)=\(value)"
        case .int(let value): return "\(key)=\(value)"
        default: return "\(key)=?"
        }
    }
}

extension OTLPText {
    /// Whether this is the key of an attribute that a checksum covers.
    fileprivate var isCovered: Bool {
        let prefix = ItemChecksum.coveredPrefix
        guard count >= prefix.utf8CodeUnitCount else { return false }
        return bytes.starts(with: UnsafeRawBufferPointer(start: prefix.utf8Start, count: prefix.utf8CodeUnitCount))
    }
}
