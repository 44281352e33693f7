import OTLP
import TestSupport
import Testing

@testable import CollectorSink

/// What `bench-sink --print` shows.
struct RecordPrinterTests {
    private func text(_ json: String, _ signal: OTLPSignal) throws -> String {
        var transcoder = OTLPJSONTranscoder()
        let bytes = Array(json.utf8)
        return try bytes.withUnsafeBytes { buffer in
            try transcoder.transcode(buffer, of: signal) { protobuf in
                Result { try RecordPrinter.text(of: protobuf, signal) }
            }
        }.get()
    }

    @Test func aLogIsALine() throws {
        let shown = try text(
            #"""
            {"resourceLogs": [{"scopeLogs": [{"logRecords": [
                {"timeUnixNano": "1544712660123000000", "severityNumber": 9, "body": {"stringValue": "on\nits way"},
                 "attributes": [{"key": "order", "value": {"intValue": "7"}}]},
                {"eventName": "order.created"}]}]}]}
            """#,
            .logs
        )
        #expect(
            shown == "log  2018-12-13T14:51:00.123Z  info  on its way  order=7\nlog  –  –  order.created\n",
            "\(shown)"
        )
    }

    @Test func aSpanIsALine() throws {
        let shown = try text(
            #"""
            {"resourceSpans": [{"scopeSpans": [{"spans": [
                {"name": "checkout", "kind": 2, "startTimeUnixNano": "1544712660000000000",
                 "endTimeUnixNano": "1544712660250000000", "status": {"code": 2}}]}]}]}
            """#,
            .traces
        )
        #expect(shown == "span  2018-12-13T14:51:00.250Z  server  checkout 250 ms error\n", "\(shown)")
    }

    @Test func everyPointIsALine() throws {
        let shown = try text(
            #"""
            {"resourceMetrics": [{"scopeMetrics": [{"metrics": [{"name": "orders", "unit": "{order}", "sum":
                {"dataPoints": [{"asInt": "3", "attributes": [{"key": "paid", "value": {"boolValue": true}}]},
                                {"asDouble": 0.5}]}}]}]}]}
            """#,
            .metrics
        )
        #expect(
            shown == "metric  –  sum  orders 3 {order}  paid=true\nmetric  –  sum  orders 0.5 {order}\n",
            "\(shown)"
        )
    }

    @Test("What is too much is cut, and the line says so")
    func limits() throws {
        let record = #"{"body": {"stringValue": "\#(String(repeating: "x", count: 500))"}}"#
        let records = Array(repeating: record, count: RecordPrinter.maximumLines + 3).joined(separator: ",")
        let shown = try text(#"{"resourceLogs": [{"scopeLogs": [{"logRecords": [\#(records)]}]}]}"#, .logs)
        let lines = shown.split(separator: "\n")
        #expect(lines.count == RecordPrinter.maximumLines + 1)
        #expect(lines.last == "… 3 more in this request")
        #expect(lines[0].hasSuffix(String(repeating: "x", count: RecordPrinter.maximumCharacters) + "…"))
    }
}
