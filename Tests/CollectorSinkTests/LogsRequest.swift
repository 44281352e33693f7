import TestSupport

@testable import CollectorSink

/// Builds logs requests for tests, with ``ProtobufBytes`` alone.
struct LogsRequest {
    /// The items of one resource.
    struct Group {
        var run: String?
        var ids: [Int64?]
        var time: UInt64 = 0
        /// Whether the resource stands after its records, which protobuf allows.
        var resourceLast = false
    }

    /// A request of these groups.
    static func bytes(_ groups: [Group]) -> [UInt8] {
        ProtobufBytes { request in
            for group in groups {
                request.field(1) { resourceLogs in
                    if !group.resourceLast { add(resource: group.run, to: &resourceLogs) }
                    resourceLogs.field(2) { scopeLogs in
                        scopeLogs.field(1) { $0.field(1, string: "tests") }
                        for id in group.ids { add(record: id, time: group.time, to: &scopeLogs) }
                    }
                    if group.resourceLast { add(resource: group.run, to: &resourceLogs) }
                }
            }
        }.bytes
    }

    /// A request of one run.
    static func bytes(run: String?, ids: [Int64?], time: UInt64 = 0) -> [UInt8] {
        bytes([Group(run: run, ids: ids, time: time)])
    }

    /// A request of consecutive items of one producer.
    static func bytes(run: String, producer: Int = 0, sequences: Range<Int64>, time: UInt64 = 0) -> [UInt8] {
        bytes(run: run, ids: sequences.map { ItemID(producer: producer, sequence: $0).rawValue }, time: time)
    }

    private static func add(resource run: String?, to message: inout ProtobufBytes) {
        message.field(1) { resource in
            resource.field(1) {
                $0.field(1, string: "service.name")
                $0.field(2) { $0.field(1, string: "test") }
            }
            guard let run else { return }
            resource.field(1) {
                $0.field(1, string: "bench.run_id")
                $0.field(2) { $0.field(1, string: run) }
            }
        }
    }

    private static func add(record id: Int64?, time: UInt64, to message: inout ProtobufBytes) {
        message.field(2) { record in
            if time != 0 { record.field(1, fixed64: time) }
            // When it was observed: without any time it would break the rules.
            record.field(11, fixed64: 1)
            record.field(12, string: "event")
            guard let id else { return }
            record.field(6) {
                $0.field(1, string: "bench.id")
                $0.field(2) { $0.field(3, varint: UInt64(bitPattern: id)) }
            }
        }
    }
}

extension Intake {
    /// Takes a request from an array.
    mutating func receive(_ body: [UInt8]) throws {
        try body.withUnsafeBytes { try receive($0) }
    }
}
