/// A `KeyValue` as a plain value.
package struct DecodedAttribute: Equatable, Sendable {
    /// The attribute's name.
    package var key: String
    /// The attribute's value.
    package var value: DecodedValue

    /// An attribute with this name and value.
    package init(key: String, value: DecodedValue) {
        self.key = key
        self.value = value
    }
}

/// An `AnyValue` as a plain value.
///
/// Equality of doubles is that of their bits, so that NaN equals itself and −0 differs from 0.
package indirect enum DecodedValue: Sendable {
    /// No member is set.
    case empty
    /// `string_value`.
    case string(String)
    /// `bool_value`.
    case bool(Bool)
    /// `int_value`.
    case int(Int64)
    /// `double_value`.
    case double(Double)
    /// `array_value`.
    case array([DecodedValue])
    /// `kvlist_value`.
    case keyValueList([DecodedAttribute])
    /// `bytes_value`.
    case bytes([UInt8])
}

extension DecodedValue: Equatable {
    /// Whether both hold the same kind and the same content, doubles bit by bit.
    package static func == (left: DecodedValue, right: DecodedValue) -> Bool {
        switch (left, right) {
        case (.empty, .empty): true
        case (.string(let left), .string(let right)): left == right
        case (.bool(let left), .bool(let right)): left == right
        case (.int(let left), .int(let right)): left == right
        case (.double(let left), .double(let right)): left.bitPattern == right.bitPattern
        case (.array(let left), .array(let right)): left == right
        case (.keyValueList(let left), .keyValueList(let right)): left == right
        case (.bytes(let left), .bytes(let right)): left == right
        default: false
        }
    }
}

extension [DecodedAttribute] {
    /// The value of the first attribute with this key, or nil.
    package subscript(key: String) -> DecodedValue? {
        first { $0.key == key }?.value
    }
}

extension AttributeList {
    /// The attributes as plain values, in order.
    ///
    /// Throws when a key or a string value is not UTF-8.
    package func decoded() throws(OTLPDecodingError) -> [DecodedAttribute] {
        var result: [DecodedAttribute] = []
        for attribute in self {
            result.append(DecodedAttribute(key: try attribute.key.string(), value: try attribute.value.decoded()))
        }
        return result
    }
}

extension AnyValueView {
    /// The value as a plain value; throws when a string in it is not UTF-8.
    ///
    /// Recursion is bounded in validated bytes; a resource or scope that is not validated yet ends at the fault, and its
    /// own nesting is bounded by `depth`.
    package func decoded(depth: Int = 0) throws(OTLPDecodingError) -> DecodedValue {
        guard depth <= OTLPDecoder.maximumNesting else {
            throw OTLPDecodingError(.nestingTooDeep, at: cursor.offset)
        }
        switch content {
        case .empty: return .empty
        case .string(let text): return .string(try text.string())
        case .bool(let value): return .bool(value)
        case .int(let value): return .int(value)
        case .double(let value): return .double(value)
        case .bytes(let text): return .bytes(Array(text.bytes))
        case .array(let elements):
            var values: [DecodedValue] = []
            for element in elements { values.append(try element.decoded(depth: depth + 1)) }
            return .array(values)
        case .keyValueList(let list):
            var attributes: [DecodedAttribute] = []
            for attribute in list {
                let value = try attribute.value.decoded(depth: depth + 1)
                attributes.append(DecodedAttribute(key: try attribute.key.string(), value: value))
            }
            return .keyValueList(attributes)
        }
    }
}
