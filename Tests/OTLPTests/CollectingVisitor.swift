@testable import OTLP

/// Keeps what a receiver would look at, through the views' own accessors.
struct CollectingVisitor: OTLPLogsVisitor {
    var runIDs: [[UInt8]?] = []
    var scopes = 0
    var ids: [Int64?] = []
    var times: [UInt64] = []
    var eventNames: [[UInt8]] = []

    mutating func resource(_ resource: ResourceView) {
        runIDs.append(resource.attributes.text(forKey: "bench.run_id").map { Array($0.bytes) })
    }

    mutating func scope(_ scope: ScopeView) {
        scopes += 1
    }

    mutating func logRecord(_ record: borrowing LogRecordView) {
        ids.append(record.attributes.int(forKey: "bench.id"))
        times.append(record.timeUnixNano)
        eventNames.append(Array(record.eventName.bytes))
    }
}
