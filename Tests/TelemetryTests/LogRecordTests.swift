import OTLP
import Testing

@testable import Telemetry

/// Records are read back by the decoder, which is tested against an independent implementation.
struct LogRecordTests {
    @Test(arguments: [
        AttributeValue.string(""), .string("grüße, 世界"), .string(String(repeating: "x", count: 200)),
        .string(String(repeating: "y", count: 20_000)),
        .integer(0), .integer(127), .integer(128), .integer(.max), .integer(-1), .integer(.min),
        .double(0.1), .double(-.infinity), .boolean(true), .boolean(false),
        .array([]), ["a", "b"], [1, 2, 3], [true, 0.5, "mixed"], [["nested"], [[]]],
    ])
    func attributeValuesSurvive(value: AttributeValue) throws {
        let record = try decoded("event", ["key": value, "last": "end"])
        #expect(record.attributes.map(\.key) == ["key", "last"])
        #expect(record.attributes.first?.value == DecodedValue(value))
    }

    @Test func nameAndTimesAreWritten() throws {
        let record = try decoded("order.created", [:])
        #expect(record.eventName == "order.created")
        #expect(record.timeUnixNano == 1_700_000_000_123_456_789)
        #expect(record.observedTimeUnixNano == 1_700_000_000_123_456_789)
        #expect(record.attributes.isEmpty)
        #expect(record.severityNumber == 0)
        #expect(record.body == nil)
    }

    @Test func attributesKeepTheirOrder() throws {
        let keys = (0..<150).map { "key.\($0)" }
        var attributes = Attributes()
        for key in keys { attributes.append(key, "v") }
        #expect(try decoded("many", attributes).attributes.map(\.key) == keys)
    }

    @Test func arraysAreCutAtTheMaximumDepth() throws {
        var value: AttributeValue = "bottom"
        for _ in 0..<40 { value = .array([value]) }
        var depth = 0
        var rest = try decoded("deep", ["key": value]).attributes.first?.value
        while case .array(let values) = rest {
            depth += 1
            rest = values.first
        }
        #expect(depth == AttributeValue.maximumDepth)
    }

    private func decoded(_ name: String, _ attributes: Attributes) throws -> DecodedLogRecord {
        let bytes = attributes.withSlice { slice in
            encoded(
                LogRecord(time: 1_700_000_000_123_456_789, eventName: name, attributes: slice, context: nil)
            )
        }
        let envelope = SignalEnvelope(resource: [], scope: [])
        let records = try DecodedLogs(decoding: envelope.prefix(recordBytes: bytes.count) + bytes).logRecords
        return try #require(records.count == 1 ? records.first : nil)
    }
}

extension DecodedValue {
    /// What an attribute value must be after it went through the wire.
    init(_ value: AttributeValue) {
        switch value {
        case .string(let text): self = .string(text)
        case .integer(let number): self = .int(number)
        case .double(let number): self = .double(number)
        case .boolean(let flag): self = .bool(flag)
        case .array(let values): self = .array(values.map { DecodedValue($0) })
        }
    }
}
