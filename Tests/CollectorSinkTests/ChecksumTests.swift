import HarnessCore
import OTLP
import TestSupport
import Testing

@testable import CollectorSink

/// Items that carry checksums; the right sums are those of an implementation of the formula in Python.
struct ChecksumTests {
    let ledger = DeliveryLedger()

    static func attribute(_ message: inout ProtobufBytes, _ field: UInt64, _ key: String, _ value: String) {
        message.field(field) {
            $0.field(1, string: key)
            $0.field(2) { $0.field(1, string: value) }
        }
    }

    static func attribute(_ message: inout ProtobufBytes, _ field: UInt64, _ key: String, _ value: Int64) {
        message.field(field) {
            $0.field(1, string: key)
            $0.field(2) { $0.field(3, varint: UInt64(bitPattern: value)) }
        }
    }

    func receive(_ signal: OTLPSignal, _ item: (inout ProtobufBytes) -> Void) throws {
        let body = ProtobufBytes { request in
            request.field(1) { resource in
                resource.field(1) { Self.attribute(&$0, 1, "bench.run_id", "r") }
                resource.field(2) { $0.field(2, message: item) }
            }
        }.bytes
        var intake = Intake(ledger: ledger)
        try body.withUnsafeBytes { try intake.receive($0, of: signal) }
    }

    /// A log record of producer 3 with the sequence number 7.
    static func record(_ record: inout ProtobufBytes, sum: Int64?, _ value: String, _ extra: [(String, String)] = []) {
        record.field(5) { $0.field(1, string: "grüße") }
        attribute(&record, 6, "bench.attribute.0001", "")
        attribute(&record, 6, "bench.id", 1 << 62 | 3 << 40 | 7)
        if let sum { attribute(&record, 6, "bench.sum", sum) }
        attribute(&record, 6, "bench.attribute.0000", value)
        for (key, value) in extra { attribute(&record, 6, key, value) }
        record.field(12, string: "an event")
    }

    @Test func whatIsAsItWasIsNoted() throws {
        try receive(.logs) { Self.record(&$0, sum: 3_066_892_664, "abc", [("exception.type", "E")]) }
        try receive(.traces) { span in
            SpansIntakeTests.valid(&span)
            Self.attribute(&span, 9, "bench.attribute.0000", "value")
            Self.attribute(&span, 9, "bench.id", 1 << 62)
            Self.attribute(&span, 9, "bench.sum", 2_328_117_100)
        }
        let report = ledger.report(run: "r")
        #expect([report.distinct, report.findings.checksummed, report.findings.corrupted] == [2, 2, 0])
        #expect(report.signals.logs.findings.checksummed == 1)
        #expect(report.producers.map(\.producer) == [0, 3])
        #expect(report.producers.map(\.highestSequence) == [0, 7])
        #expect(report.examples.isEmpty)
    }

    @Test("A changed value, a missing one, a further one, another sum and none are all noticed")
    func whatIsNotIsCorrupted() throws {
        try receive(.logs) { Self.record(&$0, sum: 3_066_892_664, "ab") }
        try receive(.logs) { Self.record(&$0, sum: 3_066_892_664, "abc", [("bench.attribute.0002", "")]) }
        try receive(.logs) { Self.record(&$0, sum: 3_066_892_665, "abc") }
        try receive(.logs) { Self.record(&$0, sum: nil, "abc") }
        try receive(.traces) { span in
            SpansIntakeTests.valid(&span)
            Self.attribute(&span, 9, "bench.id", 1 << 62)
            Self.attribute(&span, 9, "bench.sum", 2_328_117_100)
        }
        let report = ledger.report(run: "r")
        #expect([report.findings.checksummed, report.findings.corrupted] == [5, 5])
        #expect([report.signals.logs.findings.corrupted, report.signals.spans.findings.corrupted] == [4, 1])
        #expect(report.examples.map(\.kind) == Array(repeating: .corrupted, count: 4))
        let text = try #require(report.examples.first?.text)
        #expect(text.hasPrefix("producer 3, sequence 7: its bench.sum is 3066892664, what arrived gives "))
        #expect(text.hasSuffix("bench.attribute.0000=ab"))
        #expect(report.examples.last?.text.contains("it has no bench.sum") == true)
    }

    @Test func negativeIDsCarryNoMark() throws {
        try receive(.logs) { Self.attribute(&$0, 6, "bench.id", -1) }
        let report = ledger.report(run: "r")
        #expect([report.foreign, report.findings.checksummed] == [1, 0])
    }

    @Test func whatOvertakesIsReordered() throws {
        var intake = Intake(ledger: ledger)
        try intake.receive(LogsRequest.bytes(run: "r", sequences: 10..<20))
        try intake.receive(LogsRequest.bytes(run: "r", sequences: 5..<25))
        try intake.receive(LogsRequest.bytes(run: "r", sequences: 15..<18))
        try intake.receive(LogsRequest.bytes(run: "r", producer: 1, sequences: 0..<5))
        // 5 to 9 came after 19; what came twice is a duplicate and not out of order.
        #expect(ledger.report(run: "r").findings.reordered == 5)
    }
}
