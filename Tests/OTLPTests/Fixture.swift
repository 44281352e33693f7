import Foundation

@testable import OTLP

/// The stored requests; their origin is in `Fixtures/README.md`.
enum Fixture {
    /// The content of a file in `Fixtures`.
    static func bytes(_ name: String) throws -> [UInt8] {
        let folder = Bundle.module.resourceURL?.appendingPathComponent("Fixtures")
        guard let file = folder?.appendingPathComponent(name) else { throw CocoaError(.fileNoSuchFile) }
        return Array(try Data(contentsOf: file))
    }

    /// The request `name`.bin as bytes, and as the independent implementation read it.
    static func request(_ name: String) throws -> (bytes: [UInt8], content: [ResourceDescription]) {
        let description = Data(try bytes("\(name).json"))
        return (try bytes("\(name).bin"), try JSONDecoder().decode([ResourceDescription].self, from: description))
    }
}

/// A `ResourceLogs` in a fixture's JSON.
struct ResourceDescription: Decodable {
    var attributes: [AttributeDescription]
    var dropped: UInt32
    var schema_url: String
    var scopes: [ScopeDescription]

    var decoded: DecodedResource<DecodedLogRecord> {
        DecodedResource<DecodedLogRecord>(
            attributes: attributes.map(\.decoded),
            droppedAttributesCount: dropped,
            schemaURL: schema_url,
            scopes: scopes.map(\.decoded)
        )
    }
}

/// A `ScopeLogs` in a fixture's JSON.
struct ScopeDescription: Decodable {
    var name: String
    var version: String
    var attributes: [AttributeDescription]
    var dropped: UInt32
    var schema_url: String
    var log_records: [RecordDescription]

    var decoded: DecodedScope<DecodedLogRecord> {
        DecodedScope<DecodedLogRecord>(
            name: name,
            version: version,
            attributes: attributes.map(\.decoded),
            droppedAttributesCount: dropped,
            schemaURL: schema_url,
            items: log_records.map(\.decoded)
        )
    }
}

/// A `LogRecord` in a fixture's JSON.
struct RecordDescription: Decodable {
    var time: String
    var observed: String
    var severity_number: Int32
    var severity_text: String
    var event_name: String
    var body: ValueDescription?
    var attributes: [AttributeDescription]
    var dropped: UInt32
    var flags: UInt32
    var trace_id: String
    var span_id: String

    var decoded: DecodedLogRecord {
        DecodedLogRecord(
            timeUnixNano: UInt64(time)!,
            observedTimeUnixNano: UInt64(observed)!,
            severityNumber: severity_number,
            severityText: severity_text,
            eventName: event_name,
            body: body?.decoded,
            attributes: attributes.map(\.decoded),
            droppedAttributesCount: dropped,
            flags: flags,
            traceID: trace_id.hexadecimalBytes,
            spanID: span_id.hexadecimalBytes
        )
    }
}

/// A `KeyValue` in a fixture's JSON.
struct AttributeDescription: Decodable {
    var key: String
    var value: ValueDescription

    var decoded: DecodedAttribute { DecodedAttribute(key: key, value: value.decoded) }
}

/// An `AnyValue` in a fixture's JSON: an object whose one key says the kind.
struct ValueDescription: Decodable {
    var empty: Bool?
    var string: String?
    var bool: Bool?
    var int: String?
    var double: String?
    var bytes: String?
    var array: [ValueDescription]?
    var kvlist: [AttributeDescription]?

    var decoded: DecodedValue {
        if let string { return .string(string) }
        if let bool { return .bool(bool) }
        if let int { return .int(Int64(int)!) }
        if let double { return .double(Double(bitPattern: UInt64(double, radix: 16)!)) }
        if let bytes { return .bytes(bytes.hexadecimalBytes) }
        if let array { return .array(array.map(\.decoded)) }
        if let kvlist { return .keyValueList(kvlist.map(\.decoded)) }
        return .empty
    }
}

extension String {
    /// The bytes that this string of hexadecimal digits describes.
    var hexadecimalBytes: [UInt8] {
        let digits = Array(utf8).map { UInt8(String(UnicodeScalar($0)), radix: 16)! }
        return stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
    }
}
