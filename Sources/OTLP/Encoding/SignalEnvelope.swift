/// Frames encoded items of one signal as one OTLP request without touching them.
///
/// The requests of all signals have the same shape: a few nested length prefixes, the resource and the scope, then the
/// items. In protobuf:
///
///     0A len ResourceLogs | ResourceSpans | ResourceMetrics
///        0A len Resource
///        12 len ScopeLogs | ScopeSpans | ScopeMetrics
///           0A len InstrumentationScope
///           12 len LogRecord | Span | Metric   ┐
///           12 len LogRecord | Span | Metric   ├ the items, written by the caller, each with its tag and length
///           …                                  ┘
///
/// In JSON the items are objects with a comma behind each; the last comma is cut, and brackets close the request.
///
/// Everything before the items depends on their total size at most, so it is built once they are complete and goes out
/// before them in the same `writev`.
///
/// Source: opentelemetry-proto `collector/*/v1/*_service.proto`, `{logs,trace,metrics}/v1/*.proto`.
package struct SignalEnvelope: Sendable {
    private enum Opening: Sendable {
        case protobuf(resourceField: [UInt8], scopeField: [UInt8])
        case json([UInt8])
    }

    private let opening: Opening
    /// The bytes behind the items; none in protobuf.
    package let suffix: [UInt8]
    /// How many bytes at the end of the items are not sent: in JSON the last comma.
    package let trimmedItemBytes: Int

    /// Prepares the protobuf envelope of one client: the same for all signals.
    ///
    /// - Parameters:
    ///   - resource: An encoded `Resource` message, without tag and length.
    ///   - scope: An encoded `InstrumentationScope` message, without tag and length.
    package init(resource: [UInt8], scope: [UInt8]) {
        opening = .protobuf(
            resourceField: Self.field(ResourceLogsTag.resource, resource),
            scopeField: Self.field(ScopeLogsTag.scope, scope)
        )
        suffix = []
        trimmedItemBytes = 0
    }

    /// Prepares the JSON envelope of one client for one signal.
    ///
    /// - Parameters:
    ///   - signal: The signal.
    ///   - resource: An encoded `Resource` message in protobuf, without tag and length.
    ///   - scope: An encoded `InstrumentationScope` message in protobuf, without tag and length.
    package init(jsonFor signal: OTLPSignal, resource: [UInt8], scope: [UInt8]) {
        var json = JSONBuffer()
        json.append(ascii: "{\"\(signal.resourceItemsName)\":[{\"resource\":")
        resource.withUnsafeBytes { json.append(.resource, protobuf: $0) }
        json.append(ascii: ",\"\(signal.scopeItemsName)\":[{\"scope\":")
        scope.withUnsafeBytes { json.append(.instrumentationScope, protobuf: $0) }
        json.append(ascii: ",\"\(signal.itemsName)\":[")
        opening = .json(json.withBytes { Array($0) })
        suffix = Array("]}]}]}".utf8)
        trimmedItemBytes = 1
    }

    /// The bytes that precede `recordBytes` bytes of items.
    package func prefix(recordBytes: Int) -> [UInt8] {
        switch opening {
        case .json(let bytes):
            return bytes
        case .protobuf(let resourceField, let scopeField):
            let scopeItemsSize = scopeField.count + recordBytes
            let resourceItemsSize = resourceField.count + 1 + ProtobufWire.lengthDelimitedSize(scopeItemsSize)
            var bytes: [UInt8] = []
            bytes.reserveCapacity(32 + resourceField.count + scopeField.count)
            Self.appendHeader(ExportLogsRequestTag.resourceLogs, resourceItemsSize, to: &bytes)
            bytes += resourceField
            Self.appendHeader(ResourceLogsTag.scopeLogs, scopeItemsSize, to: &bytes)
            bytes += scopeField
            return bytes
        }
    }

    private static func field(_ tag: UInt32, _ message: [UInt8]) -> [UInt8] {
        var bytes: [UInt8] = []
        appendHeader(tag, message.count, to: &bytes)
        return bytes + message
    }

    private static func appendHeader(_ tag: UInt32, _ length: Int, to bytes: inout [UInt8]) {
        bytes.append(UInt8(tag))
        var rest = UInt64(length)
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }
}
