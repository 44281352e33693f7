import OTLP

/// A prepared logs request in JSON whose events can be renumbered in place, as ``ItemsBody`` is in protobuf.
struct JSONBody {
    /// The request.
    private(set) var bytes: [UInt8] = []

    /// How many events it holds.
    let count: Int

    /// Offsets of the identities: 16 decimal digits each.
    private var idOffsets: [Int] = []
    private static let digits = 16

    /// A request of `count` events with `stringAttributes` attributes of 20 characters of key and of value beside their id.
    init(count: Int, stringAttributes: Int = 0) {
        self.count = count
        let name = #"{"key":"service.name","value":{"stringValue":"micro"}}"#
        let run = #"\#(name),{"key":"bench.run_id","value":{"stringValue":"micro"}}"#
        let scope = #""scopeLogs":[{"scope":{"name":"telemetry"},"logRecords":["#
        bytes += Array("{\"resourceLogs\":[{\"resource\":{\"attributes\":[\(run)]},\(scope)".utf8)
        var rest = #""}}"#
        for index in 0..<stringAttributes {
            rest +=
                ",{\"key\":\"attribute.number.\(100 + index)\",\"value\":{\"stringValue\":\"value.of.twenty.char\"}}"
        }
        let time = "1700000000000000000"
        let head =
            "{\"timeUnixNano\":\"\(time)\",\"observedTimeUnixNano\":\"\(time)\",\"severityNumber\":9,"
            + "\"eventName\":\"checkout.order.created\",\"attributes\":[{\"key\":\"bench.id\",\"value\":{\"intValue\":\""
        for index in 0..<count {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            bytes += Array(head.utf8)
            idOffsets.append(bytes.count)
            bytes += [UInt8](repeating: UInt8(ascii: "1"), count: Self.digits)
            bytes += Array("\(rest)]}".utf8)
        }
        bytes += Array("]}]}]}".utf8)
    }

    /// Gives the events the ids of the request with this number, counted from 0.
    mutating func renumber(request: UInt64) {
        // Producer 1,000: every id has 16 digits.
        let first = 1000 << 40 + request * UInt64(count)
        for (index, offset) in idOffsets.enumerated() {
            var rest = first + UInt64(index)
            for digit in (0..<Self.digits).reversed() {
                bytes[offset + digit] = UInt8(ascii: "0") + UInt8(rest % 10)
                rest /= 10
            }
        }
    }
}
