import OTLP

/// Sizes and encodings of values as OTLP `AnyValue` messages.
///
/// Source: opentelemetry-proto `common/v1/common.proto`.
extension AttributeValue {
    /// Arrays nested deeper than this are sent empty, so that no value can exhaust the stack or a decoder's limit.
    static let maximumDepth = 8

    /// The size of the value as an `AnyValue` message, without tag and length.
    @inline(__always)
    var encodedSize: Int {
        switch self {
        case .string(let text): 1 + ProtobufWire.lengthDelimitedSize(text.utf8.count)
        case .integer(let number): 1 + ProtobufWire.varintSize(UInt64(bitPattern: number))
        case .double: 9
        case .boolean: 2
        case .array(let values): 1 + ProtobufWire.lengthDelimitedSize(Self.arraySize(values, depth: 1))
        }
    }

    @inline(__always)
    func encode(to writer: inout ProtobufWriter) {
        switch self {
        case .string(let text):
            writer.tag(AnyValueTag.string)
            writer.lengthDelimited(text)
        case .integer(let number):
            writer.tag(AnyValueTag.int)
            writer.varint(UInt64(bitPattern: number))
        case .double(let number):
            writer.tag(AnyValueTag.double)
            writer.fixed64(number.bitPattern)
        case .boolean(let flag):
            writer.tag(AnyValueTag.bool)
            writer.byte(flag ? 1 : 0)
        case .array(let values):
            Self.encodeArray(values, depth: 1, to: &writer)
        }
    }

    @inline(never)
    private static func arraySize(_ values: [AttributeValue], depth: Int) -> Int {
        guard depth < maximumDepth else { return 0 }
        return values.reduce(0) { sum, value in
            sum + 1 + ProtobufWire.lengthDelimitedSize(elementSize(value, depth: depth))
        }
    }

    private static func elementSize(_ value: AttributeValue, depth: Int) -> Int {
        if case .array(let values) = value {
            return 1 + ProtobufWire.lengthDelimitedSize(arraySize(values, depth: depth + 1))
        }
        return value.encodedSize
    }

    @inline(never)
    private static func encodeArray(_ values: [AttributeValue], depth: Int, to writer: inout ProtobufWriter) {
        writer.tag(AnyValueTag.array)
        writer.varint(UInt64(arraySize(values, depth: depth)))
        guard depth < maximumDepth else { return }
        for value in values {
            writer.tag(ValueListTag.values)
            writer.varint(UInt64(elementSize(value, depth: depth)))
            if case .array(let nested) = value {
                encodeArray(nested, depth: depth + 1, to: &writer)
            } else {
                value.encode(to: &writer)
            }
        }
    }
}
