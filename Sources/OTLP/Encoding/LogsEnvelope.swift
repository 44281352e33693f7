/// Frames encoded log records as one `ExportLogsServiceRequest` without touching them.
///
/// A request is a few nested length prefixes, the resource and the scope, then the records:
///
///     0A len ResourceLogs
///        0A len Resource
///        12 len ScopeLogs
///           0A len InstrumentationScope
///           12 len LogRecord   ┐
///           12 len LogRecord   ├ the records, written by the caller, each with its tag and length
///           …                  ┘
///
/// Everything before the records depends on their total size only, so it is built once they are complete and goes out
/// before them in the same `writev`.
///
/// Source: opentelemetry-proto `collector/logs/v1/logs_service.proto` and `logs/v1/logs.proto`.
package struct LogsEnvelope: Sendable {
    private let resourceField: [UInt8]
    private let scopeField: [UInt8]

    /// Prepares the envelope of one client.
    ///
    /// - Parameters:
    ///   - resource: An encoded `Resource` message, without tag and length.
    ///   - scope: An encoded `InstrumentationScope` message, without tag and length.
    package init(resource: [UInt8], scope: [UInt8]) {
        self.resourceField = Self.field(ResourceLogsTag.resource, resource)
        self.scopeField = Self.field(ScopeLogsTag.scope, scope)
    }

    /// The bytes that precede `recordBytes` bytes of records.
    package func prefix(recordBytes: Int) -> [UInt8] {
        let scopeLogsSize = scopeField.count + recordBytes
        let resourceLogsSize = resourceField.count + 1 + ProtobufWire.lengthDelimitedSize(scopeLogsSize)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(32 + resourceField.count + scopeField.count)
        Self.appendHeader(ExportLogsRequestTag.resourceLogs, resourceLogsSize, to: &bytes)
        bytes += resourceField
        Self.appendHeader(ResourceLogsTag.scopeLogs, scopeLogsSize, to: &bytes)
        bytes += scopeField
        return bytes
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
