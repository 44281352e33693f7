/// A request of log records as small as the sink accepts them, in protobuf.
///
///     ExportLogsServiceRequest { 1: ResourceLogs {
///         1: Resource { 1: KeyValue { "bench.run_id", string } }
///         2: ScopeLogs { 2: LogRecord { 6: KeyValue { "bench.id", int } } … } } }
///
/// https://github.com/open-telemetry/opentelemetry-proto/blob/main/opentelemetry/proto/logs/v1/logs.proto
enum CalibrationLogs {
    /// Makes the body of a request to `/v1/logs`.
    ///
    /// - Parameters:
    ///   - run: the run that the items are of.
    ///   - items: how many; their ids are 0, 1, 2, …
    /// - Returns: the bytes.
    static func request(run: String, items: Int) -> [UInt8] {
        let runValue = field(1, Array(run.utf8))
        var scope: [UInt8] = []
        for item in 0..<items {
            scope += field(2, field(6, field(1, Array("bench.id".utf8)) + field(2, [3 << 3] + varint(UInt64(item)))))
        }
        let resource = field(1, field(1, Array("bench.run_id".utf8)) + field(2, runValue))
        return field(1, field(1, resource) + field(2, scope))
    }

    /// A field of wire type 2: key, length, bytes.
    private static func field(_ number: UInt64, _ bytes: [UInt8]) -> [UInt8] {
        varint(number << 3 | 2) + varint(UInt64(bytes.count)) + bytes
    }

    private static func varint(_ value: UInt64) -> [UInt8] {
        var rest = value
        var bytes: [UInt8] = []
        repeat {
            bytes.append(UInt8(rest & 0x7F) | (rest > 0x7F ? 0x80 : 0))
            rest >>= 7
        } while rest > 0
        return bytes
    }
}
