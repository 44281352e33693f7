import OTLP

/// Sizes and encodings of attributes as OTLP `KeyValue` and `AnyValue` messages.
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

/// The attributes of a record while it is recorded: they lie in the caller's array, which outlives the call.
@usableFromInline
struct AttributeSlice {
    /// What is sent.
    @usableFromInline
    let elements: UnsafeBufferPointer<(String, AttributeValue)>
    /// How many attributes were left out because of a limit.
    @usableFromInline
    let droppedCount: Int

    /// Refers to attributes.
    @inlinable @inline(__always)
    init(_ elements: UnsafeBufferPointer<(String, AttributeValue)>, droppedCount: Int = 0) {
        self.elements = elements
        self.droppedCount = droppedCount
    }

    /// How many attributes are sent.
    @inline(__always)
    var count: Int {
        elements.count
    }

    /// The size of all attributes as repeated `KeyValue` fields, tags and lengths included.
    ///
    /// - Parameter countTagSize: The size of the tag of the count of dropped attributes, which is included if there are
    ///   any; 0 leaves it out.
    /// - Returns: A number of bytes.
    @inline(__always)
    func encodedSize(countTagSize: Int = 0) -> Int {
        var size = 0
        for index in 0..<elements.count {
            size &+= 1 &+ ProtobufWire.lengthDelimitedSize(keyValueSize(at: index))
        }
        if droppedCount > 0, countTagSize > 0 {
            size += countTagSize + ProtobufWire.varintSize(UInt64(droppedCount))
        }
        return size
    }

    /// Writes all attributes as repeated `KeyValue` fields.
    @inline(__always)
    func encode(tag: UInt32, to writer: inout ProtobufWriter) {
        for index in 0..<elements.count {
            encode(at: index, tag: tag, to: &writer)
        }
    }

    /// Whether nothing in the attributes must stay in the process.
    ///
    /// Hot: one look at the bytes of keys and texts; only what looks suspicious is examined. A function of its own, so
    /// that it does not keep the encoding from being inlined.
    @inline(never)
    var isClean: Bool {
        for index in 0..<elements.count where isSuspicious(at: index) {
            guard Self.isClean(elements[index]) else { return false }
        }
        return true
    }

    @inline(__always)
    private func isSuspicious(at index: Int) -> Bool {
        guard AttributeLayout.isKnown, let key = AttributeLayout.text(at: address(of: index)) else { return true }
        if SensitiveKey.isSuspicious(key) { return true }
        let value = address(of: index) + AttributeLayout.valueOffset
        switch value.load(fromByteOffset: AttributeLayout.caseOffset, as: UInt8.self) {
        case AttributeLayout.Case.string:
            return AttributeLayout.text(at: value).map { SensitiveText.isSuspicious($0) } ?? true
        case AttributeLayout.Case.array:
            return true
        default:
            return false
        }
    }

    @inline(never)
    private static func isClean(_ element: (String, AttributeValue)) -> Bool {
        PrivacyFilter.isClean(element.0, element.1)
    }

    @inline(__always)
    private func address(of index: Int) -> UnsafeRawPointer {
        UnsafeRawPointer(elements.baseAddress.unsafelyUnwrapped) + index &* AttributeLayout.stride
    }

    /// The UTF-8 of a key, and the size of its value; nil if they must be asked for politely.
    @inline(__always)
    private func parts(at index: Int) -> (key: UnsafeRawBufferPointer, valueSize: Int)? {
        guard AttributeLayout.isKnown, let key = AttributeLayout.text(at: address(of: index)) else { return nil }
        let value = address(of: index) + AttributeLayout.valueOffset
        switch value.load(fromByteOffset: AttributeLayout.caseOffset, as: UInt8.self) {
        case AttributeLayout.Case.string:
            guard let text = AttributeLayout.text(at: value) else { return nil }
            return (key, 1 &+ ProtobufWire.lengthDelimitedSize(text.count))
        case AttributeLayout.Case.integer:
            return (key, 1 &+ ProtobufWire.varintSize(value.load(as: UInt64.self)))
        case AttributeLayout.Case.double:
            return (key, 9)
        case AttributeLayout.Case.boolean:
            return (key, 2)
        default:
            return nil
        }
    }

    @inline(__always)
    private func keyValueSize(at index: Int) -> Int {
        guard let (key, valueSize) = parts(at: index) else { return Self.politeKeyValueSize(elements[index]) }
        return Self.keyValueSize(key: key.count, value: valueSize)
    }

    @inline(__always)
    private func encode(at index: Int, tag: UInt32, to writer: inout ProtobufWriter) {
        guard let (key, valueSize) = parts(at: index) else {
            return Self.politelyEncode(elements[index], tag: tag, to: &writer)
        }
        writer.tag(tag)
        writer.varint(UInt64(truncatingIfNeeded: Self.keyValueSize(key: key.count, value: valueSize)))
        writer.tag(KeyValueTag.key)
        writer.lengthDelimited(key)
        writer.tag(KeyValueTag.value)
        writer.varint(UInt64(truncatingIfNeeded: valueSize))
        let value = address(of: index) + AttributeLayout.valueOffset
        switch value.load(fromByteOffset: AttributeLayout.caseOffset, as: UInt8.self) {
        case AttributeLayout.Case.string:
            writer.tag(AnyValueTag.string)
            writer.lengthDelimited(AttributeLayout.text(at: value).unsafelyUnwrapped)
        case AttributeLayout.Case.integer:
            writer.tag(AnyValueTag.int)
            writer.varint(value.load(as: UInt64.self))
        case AttributeLayout.Case.double:
            writer.tag(AnyValueTag.double)
            writer.fixed64(value.load(as: UInt64.self))
        case AttributeLayout.Case.boolean:
            writer.tag(AnyValueTag.bool)
            writer.byte(value.load(as: UInt8.self) & 1)
        default:
            break
        }
    }

    @inline(__always)
    private static func keyValueSize(key: Int, value: Int) -> Int {
        1 &+ ProtobufWire.lengthDelimitedSize(key) &+ 1 &+ ProtobufWire.lengthDelimitedSize(value)
    }

    @inline(never)
    private static func politeKeyValueSize(_ element: (String, AttributeValue)) -> Int {
        keyValueSize(element)
    }

    @inline(never)
    private static func politelyEncode(
        _ element: (String, AttributeValue),
        tag: UInt32,
        to writer: inout ProtobufWriter
    ) {
        encode(element, tag: tag, to: &writer)
    }

    /// Writes one attribute as a `KeyValue` field.
    @inline(__always)
    static func encode(_ element: (String, AttributeValue), tag: UInt32, to writer: inout ProtobufWriter) {
        writer.tag(tag)
        writer.varint(UInt64(truncatingIfNeeded: keyValueSize(element)))
        writer.tag(KeyValueTag.key)
        writer.lengthDelimited(element.0)
        writer.tag(KeyValueTag.value)
        writer.varint(UInt64(truncatingIfNeeded: element.1.encodedSize))
        element.1.encode(to: &writer)
    }

    /// The size of one attribute as a `KeyValue` message, without tag and length.
    @inline(__always)
    static func keyValueSize(_ element: (String, AttributeValue)) -> Int {
        keyValueSize(key: element.0.utf8.count, value: element.1.encodedSize)
    }
}

extension Attributes {
    /// Calls `body` with the attributes where they lie.
    @inlinable @inline(__always)
    func withSlice<Result>(_ body: (AttributeSlice) -> Result) -> Result {
        elements.withUnsafeBufferPointer { body(AttributeSlice($0)) }
    }

    /// The size of all attributes as repeated `KeyValue` fields, tags and lengths included.
    func encodedSize() -> Int {
        withSlice { $0.encodedSize() }
    }

    /// Writes all attributes as repeated `KeyValue` fields.
    func encode(tag: UInt32, to writer: inout ProtobufWriter) {
        withSlice { $0.encode(tag: tag, to: &writer) }
    }

    /// The attributes of a slice, copied.
    init(_ slice: AttributeSlice) {
        elements = Array(slice.elements)
    }
}
