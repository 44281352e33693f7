/// A whole logs request as plain values: comfortable, and slow beside the views.
///
/// For tests and tools. The receiver's hot path uses ``OTLPLogsDecoder`` with a visitor.
package struct DecodedLogs: Equatable, Sendable {
    /// The groups of the request, one for each `ResourceLogs`, in order.
    package var resources: [DecodedResourceLogs] = []

    /// Decodes a request.
    ///
    /// - Parameter bytes: An `ExportLogsServiceRequest` in protobuf.
    /// - Throws: ``OTLPDecodingError`` when the bytes are malformed or any string is not UTF-8.
    package init(decoding bytes: UnsafeRawBufferPointer) throws(OTLPDecodingError) {
        var builder = DecodedLogsBuilder()
        try OTLPLogsDecoder.decode(bytes, into: &builder)
        resources = builder.resources
    }

    /// Decodes a request from an array.
    ///
    /// - Parameter bytes: An `ExportLogsServiceRequest` in protobuf.
    /// - Throws: ``OTLPDecodingError`` when the bytes are malformed or any string is not UTF-8.
    package init(decoding bytes: [UInt8]) throws(OTLPDecodingError) {
        // Through a span: the closure of Array.withUnsafeBytes would lose the error's type.
        self = try bytes.span.bytes.withUnsafeBytes { (buffer) throws(OTLPDecodingError) in
            try DecodedLogs(decoding: buffer)
        }
    }

    /// All records in order, whatever resource and scope they belong to.
    package var logRecords: [DecodedLogRecord] {
        resources.flatMap { $0.scopes.flatMap(\.logRecords) }
    }
}

/// A `ResourceLogs` as a plain value.
package struct DecodedResourceLogs: Equatable, Sendable {
    /// Attributes of the resource, in order.
    package var attributes: [DecodedAttribute]
    /// How many attributes the sender says it dropped.
    package var droppedAttributesCount: UInt32
    /// Schema URL; empty when not set.
    package var schemaURL: String
    /// The groups of records, one for each `ScopeLogs`, in order.
    package var scopes: [DecodedScopeLogs] = []
}

/// A `ScopeLogs` as a plain value.
package struct DecodedScopeLogs: Equatable, Sendable {
    /// Name of the instrumentation scope; empty when not set.
    package var name: String
    /// Version of the instrumentation scope; empty when not set.
    package var version: String
    /// Attributes of the scope, in order.
    package var attributes: [DecodedAttribute]
    /// How many attributes the sender says it dropped.
    package var droppedAttributesCount: UInt32
    /// Schema URL; empty when not set.
    package var schemaURL: String
    /// The records, in order.
    package var logRecords: [DecodedLogRecord] = []
}

/// A `LogRecord` as a plain value; the fields are those of ``LogRecordView``.
package struct DecodedLogRecord: Equatable, Sendable {
    /// Nanoseconds since 1970; 0 = not known.
    package var timeUnixNano: UInt64
    /// Nanoseconds since 1970; 0 = not known.
    package var observedTimeUnixNano: UInt64
    /// 1 to 24; 0 = unspecified.
    package var severityNumber: Int32
    /// Empty when not set.
    package var severityText: String
    /// Empty when the record is not an event.
    package var eventName: String
    /// Nil when not set.
    package var body: DecodedValue?
    /// In order; keys may repeat.
    package var attributes: [DecodedAttribute]
    /// How many attributes the sender says it dropped.
    package var droppedAttributesCount: UInt32
    /// W3C trace flags in the low eight bits.
    package var flags: UInt32
    /// 16 bytes when valid; empty when not set.
    package var traceID: [UInt8]
    /// 8 bytes when valid; empty when not set.
    package var spanID: [UInt8]

    /// The value of the first attribute with this key, or nil.
    package subscript(key: String) -> DecodedValue? {
        attributes.first { $0.key == key }?.value
    }
}

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
