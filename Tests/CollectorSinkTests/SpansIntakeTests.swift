import Measurement
import OTLP
import TestSupport
import Testing

@testable import CollectorSink

/// Spans in the ledger, beside logs.
struct SpansIntakeTests {
    let ledger = DeliveryLedger()

    /// A request of spans, each written by `build`, which also gets its id.
    static func request(run: String, ids: [Int64?], _ build: (inout ProtobufBytes) -> Void = valid) -> [UInt8] {
        ProtobufBytes { request in
            request.field(1) { resourceSpans in
                resourceSpans.field(1) { resource in
                    resource.field(1) {
                        $0.field(1, string: "bench.run_id")
                        $0.field(2) { $0.field(1, string: run) }
                    }
                }
                resourceSpans.field(2) { scopeSpans in
                    for id in ids {
                        scopeSpans.field(2) { span in
                            build(&span)
                            guard let id else { return }
                            span.field(9) {
                                $0.field(1, string: "bench.id")
                                $0.field(2) { $0.field(3, varint: UInt64(bitPattern: id)) }
                            }
                        }
                    }
                }
            }
        }.bytes
    }

    /// A span that began at 100 and ended at 200.
    static func valid(_ span: inout ProtobufBytes) {
        span.field(1, bytes: [UInt8](repeating: 1, count: 16))
        span.field(2, bytes: [UInt8](repeating: 2, count: 8))
        span.field(5, string: "name")
        span.field(7, fixed64: 100)
        span.field(8, fixed64: 200)
    }

    func receive(_ body: [UInt8], now: UInt64 = 1_200) throws {
        var intake = Intake(ledger: ledger, wallClock: { now })
        try body.withUnsafeBytes { try intake.receive($0, of: .traces) }
    }

    @Test func spansAreEnteredBesideLogs() throws {
        try receive(Self.request(run: "r", ids: [0, 2, 2, nil]))
        var intake = Intake(ledger: ledger, wallClock: { 1_200 })
        try intake.receive(LogsRequest.bytes(run: "r", ids: [1, 3]))
        let report = ledger.report(run: "r")
        #expect([report.items, report.distinct, report.duplicated, report.foreign] == [6, 4, 1, 1])
        #expect(
            [report.signals.spans.items, report.signals.spans.distinct, report.signals.spans.duplicated] == [4, 2, 1]
        )
        #expect([report.signals.logs.items, report.signals.logs.distinct] == [2, 2])
        #expect([report.requests, report.signals.spans.requests, report.signals.logs.requests] == [2, 1, 1])
        // What one signal misses, the other has.
        #expect(report.producers.map(\.distinct) == [4])
        #expect(report.producers.map(\.highestSequence) == [3])
        #expect(report.producers.map(\.missingBelowHighest) == [0])
        #expect(report.signals.spans.invalid == 0)
    }

    @Test func freshnessCountsFromTheEndOfASpan() throws {
        try receive(Self.request(run: "r", ids: [0]), now: 1_200)
        #expect(ledger.report(run: "r").phase.freshness.hdr.totalCount == 1)
        try receive(Self.request(run: "r", ids: [1]), now: 199)
        #expect(ledger.report(run: "r").phase.freshness.negative == 1)
    }

    @Test func malformedSpansLeaveNoTrace() throws {
        let body = Self.request(run: "r", ids: [0, 1]) { span in
            Self.valid(&span)
            span.field(11, bytes: [0x09, 0x00])
        }
        #expect(throws: OTLPDecodingError.self) { try receive(body) }
        #expect(ledger.report(run: "r").items == 0)
        #expect(ledger.report(run: "r").signals.spans.malformedRequests == 1)
        #expect(ledger.report(run: "r").malformedRequests == 1)
    }

    /// What is wrong with a span.
    enum Fault: CaseIterable {
        case noTraceID, zeroTraceID, shortTraceID, noSpanID, zeroSpanID, shortParentID, zeroParentID, endsBeforeItBegins
    }

    @Test(
        "Spans that break the specification are counted as invalid, and still as delivered",
        arguments: Fault.allCases
    )
    func invalidSpans(fault: Fault) throws {
        func identifier(_ byte: UInt8, _ count: Int) -> [UInt8] { [UInt8](repeating: byte, count: count) }
        let body = Self.request(run: "r", ids: [0]) { span in
            switch fault {
            case .noTraceID: break
            case .zeroTraceID: span.field(1, bytes: identifier(0, 16))
            case .shortTraceID: span.field(1, bytes: identifier(1, 15))
            default: span.field(1, bytes: identifier(1, 16))
            }
            switch fault {
            case .noSpanID: break
            case .zeroSpanID: span.field(2, bytes: identifier(0, 8))
            default: span.field(2, bytes: identifier(2, 8))
            }
            if fault == .shortParentID { span.field(4, bytes: identifier(3, 7)) }
            if fault == .zeroParentID { span.field(4, bytes: identifier(0, 8)) }
            span.field(7, fixed64: fault == .endsBeforeItBegins ? 201 : 200)
            span.field(8, fixed64: 200)
        }
        try receive(body)
        #expect(ledger.report(run: "r").signals.spans.invalid == 1)
        #expect(ledger.report(run: "r").distinct == 1)
    }
}
