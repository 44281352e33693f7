import Foundation
import HarnessCore
import OTLP
import TestSupport
import Testing

@testable import CollectorSink

/// One violation a time, in bytes made by hand from opentelemetry-proto's field numbers.
struct WireCheckTests {
    /// The wall clock of the tests.
    static let now: UInt64 = 1_800_000_000_000_000_000

    /// Sends a request, and returns what was found, by kind.
    static func found(_ signal: OTLPSignal, _ body: [UInt8]) throws -> [WireViolationKind: UInt64] {
        let ledger = DeliveryLedger()
        var intake = Intake(ledger: ledger, wallClock: { Self.now })
        try body.withUnsafeBytes { try intake.receive($0, of: signal) }
        let violations = ledger.violations()
        #expect(violations.allSatisfy { !$0.seen.isEmpty && $0.signal == "\(signal)" })
        #expect(violations.reduce(0) { $0 + $1.count } == intake.last.violations)
        return Dictionary(uniqueKeysWithValues: violations.map { ($0.kind, $0.count) })
    }

    /// An attribute with a string.
    static func attribute(_ field: UInt64, _ key: String, in message: inout ProtobufBytes) {
        message.field(field) {
            $0.field(1, string: key)
            $0.field(2) { $0.field(1, string: "value") }
        }
    }

    /// A request with a resource, a scope and one item.
    static func request(item: (inout ProtobufBytes) -> Void) -> [UInt8] {
        ProtobufBytes { request in
            request.field(1) { group in
                group.field(1) { attribute(1, "service.name", in: &$0) }
                group.field(2) { scope in
                    scope.field(1) { $0.field(1, string: "library") }
                    scope.field(2, message: item)
                }
            }
        }.bytes
    }

    /// A span that keeps to all rules, and what is added to it.
    static func span(
        trace: [UInt8] = Array(1...16),
        id: [UInt8] = Array(1...8),
        start: UInt64 = now - 2,
        end: UInt64 = now - 1,
        _ more: (inout ProtobufBytes) -> Void = { _ in }
    ) -> [UInt8] {
        request { span in
            span.field(1, bytes: trace)
            span.field(2, bytes: id)
            span.field(5, string: "name")
            if start != 0 { span.field(7, fixed64: start) }
            if end != 0 { span.field(8, fixed64: end) }
            more(&span)
        }
    }

    /// A log record that keeps to all rules, and what is added to it.
    static func log(time: UInt64 = now - 1, _ more: (inout ProtobufBytes) -> Void = { _ in }) -> [UInt8] {
        request { record in
            if time != 0 { record.field(1, fixed64: time) }
            more(&record)
        }
    }

    /// A gauge with one point of 1, and what is added to the point.
    static func gauge(_ more: (inout ProtobufBytes) -> Void = { _ in }) -> [UInt8] {
        request { metric in
            metric.field(1, string: "gauge")
            metric.field(5) { gauge in
                gauge.field(1) { point in
                    point.field(3, fixed64: now - 1)
                    point.field(6, fixed64: 1)
                    more(&point)
                }
            }
        }
    }

    @Test func whatKeepsToTheRulesIsNoViolation() throws {
        #expect(try Self.found(.traces, Self.span()) == [:])
        #expect(try Self.found(.logs, Self.log()) == [:])
        #expect(try Self.found(.metrics, Self.gauge()) == [:])
        // Observed only, an event outside its span, and a valid link.
        #expect(try Self.found(.logs, Self.log(time: 0) { $0.field(11, fixed64: 1) }) == [:])
        let rich = Self.span {
            $0.field(4, bytes: [UInt8](1...8))
            $0.field(11) { $0.field(1, fixed64: 1) }
            $0.field(13) {
                $0.field(1, bytes: [UInt8](1...16))
                $0.field(2, bytes: [UInt8](1...8))
            }
            $0.field(15) { $0.field(3, varint: 2) }
        }
        #expect(try Self.found(.traces, rich) == [:])
    }

    @Test func ids() throws {
        #expect(try Self.found(.traces, Self.span(trace: Array(1...15))) == [.idWidth: 1])
        #expect(try Self.found(.traces, Self.span(trace: Array(repeating: 0, count: 16))) == [.idZero: 1])
        #expect(try Self.found(.traces, Self.span(id: [])) == [.idWidth: 1])
        #expect(try Self.found(.traces, Self.span { $0.field(4, bytes: [1, 2]) }) == [.idWidth: 1])
        let link = Self.span { $0.field(13) { $0.field(1, bytes: [UInt8](repeating: 0, count: 16)) } }
        #expect(try Self.found(.traces, link) == [.idZero: 1, .idWidth: 1])
        #expect(try Self.found(.logs, Self.log { $0.field(9, bytes: [UInt8](1...32)) }) == [.idWidth: 1])
        let exemplar = Self.gauge { $0.field(5) { $0.field(4, bytes: [1]) } }
        #expect(try Self.found(.metrics, exemplar) == [.idWidth: 1])
    }

    @Test func fields() throws {
        #expect(try Self.found(.logs, Self.log { $0.field(13, varint: 1) }) == [.unknownField: 1])
        #expect(try Self.found(.logs, Self.log { $0.field(12, varint: 1) }) == [.fieldType: 1])
        #expect(try Self.found(.traces, Self.span { $0.field(17, varint: 1) }) == [.unknownField: 1])
        #expect(try Self.found(.traces, Self.span { $0.field(6, string: "2") }) == [.fieldType: 1])
        #expect(try Self.found(.metrics, Self.gauge { $0.field(1, varint: 1) }) == [.unknownField: 1])
        #expect(try Self.found(.metrics, Self.gauge { $0.field(8, string: "x") }) == [.fieldType: 1])
        let attribute = Self.log {
            $0.field(6) {
                $0.field(1, string: "key")
                $0.field(4, varint: 1)
            }
        }
        #expect(try Self.found(.logs, attribute) == [.unknownField: 1])
        #expect(try Self.found(.logs, Self.log { $0.field(2, varint: 25) }) == [.enumValue: 1])
        #expect(try Self.found(.traces, Self.span { $0.field(6, varint: 6) }) == [.enumValue: 1])
        #expect(try Self.found(.traces, Self.span { $0.field(15) { $0.field(3, varint: 3) } }) == [.enumValue: 1])
    }

    @Test func times() throws {
        let late = Self.now + WireCheck.futureTolerance + 1
        #expect(try Self.found(.logs, Self.log(time: 0)) == [.timeZero: 1])
        #expect(try Self.found(.logs, Self.log(time: late)) == [.timeFuture: 1])
        #expect(try Self.found(.logs, Self.log(time: late - 1)) == [:])
        #expect(try Self.found(.traces, Self.span(start: 0)) == [.timeZero: 1])
        #expect(try Self.found(.traces, Self.span(end: late)) == [.timeFuture: 1])
        #expect(try Self.found(.traces, Self.span(start: Self.now, end: Self.now - 1)) == [.timeReversed: 1])
        #expect(try Self.found(.metrics, Self.gauge { $0.field(3, fixed64: late) }) == [.timeFuture: 1])
        #expect(try Self.found(.metrics, Self.gauge { $0.field(3, fixed64: 0) }) == [.timeZero: 1])
    }

    @Test func keysThatOccurTwice() throws {
        func twice(_ field: UInt64) -> (inout ProtobufBytes) -> Void {
            { for _ in 0..<2 { Self.attribute(field, "key", in: &$0) } }
        }
        #expect(try Self.found(.logs, Self.log(twice(6))) == [.duplicateKey: 1])
        #expect(try Self.found(.traces, Self.span(twice(9))) == [.duplicateKey: 1])
        #expect(try Self.found(.traces, Self.span { $0.field(11, message: twice(3)) }) == [.duplicateKey: 1])
        #expect(try Self.found(.metrics, Self.gauge(twice(7))) == [.duplicateKey: 1])
        // Once in the form that takes one look, once with a text that has to be read.
        let mixed = Self.log {
            for text in ["plain", "nicht schlüssig"] {
                $0.field(6) {
                    $0.field(1, string: "key")
                    $0.field(2) { $0.field(1, string: text) }
                }
            }
        }
        #expect(try Self.found(.logs, mixed) == [.duplicateKey: 1])
        // The same key in another item, or in an event of the span, is no repetition.
        let both = Self.span {
            Self.attribute(9, "key", in: &$0)
            $0.field(11) { Self.attribute(3, "key", in: &$0) }
            Self.attribute(9, "other", in: &$0)
        }
        #expect(try Self.found(.traces, both) == [:])
    }

    @Test("Of thousands of keys, in one slot of the table or not, exactly the repeated ones are found")
    func manyKeys() throws {
        let keys = (0..<3_000).map { "key number \($0)" } + ["key number 7", "key number 2999", ""]
        let body = Self.log { for key in keys { Self.attribute(6, key, in: &$0) } }
        #expect(try Self.found(.logs, body) == [.duplicateKey: 2])
    }

    @Test("Strings are UTF-8, wherever the fault lies in them", arguments: [1, 3, 4, 7, 8, 9, 16, 21])
    func text(length: Int) throws {
        for position in 0..<length {
            var bytes = [UInt8](repeating: UInt8(ascii: "a"), count: length)
            bytes[position] = 0xFF
            #expect(try Self.found(.logs, Self.log { $0.field(12, bytes: bytes) }) == [.invalidUTF8: 1])
        }
        let accents = Self.log { $0.field(12, string: String(repeating: "é", count: length)) }
        #expect(try Self.found(.logs, accents) == [:])
    }

    @Test func envelopes() throws {
        #expect(try Self.found(.logs, []) == [.emptyEnvelope: 1])
        let nothing = ProtobufBytes { $0.field(1) { _ in } }.bytes
        #expect(try Self.found(.traces, nothing) == [.emptyEnvelope: 1, .missingResource: 1])
        let noItems = ProtobufBytes {
            $0.field(1) { group in
                group.field(1) { Self.attribute(1, "other", in: &$0) }
                group.field(2) { _ in }
            }
        }.bytes
        #expect(
            try Self.found(.metrics, noItems) == [.emptyEnvelope: 1, .missingScope: 1, .missingServiceName: 1]
        )
        let unknown = ProtobufBytes { $0.field(9, varint: 1) }.bytes
        #expect(try Self.found(.logs, unknown) == [.unknownField: 1, .emptyEnvelope: 1])
    }

    @Test("A violation says where it was, and belongs to the run of its resource")
    func example() throws {
        let ledger = DeliveryLedger()
        var intake = Intake(ledger: ledger, wallClock: { Self.now })
        intake.begin(request: 7)
        let body = LogsRequest.bytes(run: "r", ids: [1, 2], time: Self.now) + Self.log { $0.field(13, varint: 1) }
        try intake.receive(body)
        let own = ledger.report(run: "r").wireViolations
        #expect(own == [])
        let other = try #require(ledger.report(run: "").wireViolations.first)
        #expect(
            other.description == "unknown_field ×1: logRecord has no field 13 (wire type 0) (logs, request 7, item 2)"
        )
        #expect(ledger.totals().violations == 1)
    }

    @Test("Points that contradict the ones before are counted by what they do")
    func points() throws {
        func sum(_ value: UInt64, start: UInt64, time: UInt64) -> [UInt8] {
            Self.request { metric in
                metric.field(1, string: "sum")
                metric.field(7) { sum in
                    sum.field(1) { point in
                        point.field(2, fixed64: start)
                        point.field(3, fixed64: time)
                        point.field(6, fixed64: value)
                    }
                    sum.field(2, varint: 2)
                    sum.field(3, varint: 1)
                }
            }
        }
        let ledger = DeliveryLedger()
        var intake = Intake(ledger: ledger, wallClock: { Self.now })
        for body in [sum(5, start: 1, time: 2), sum(4, start: 1, time: 3), sum(6, start: 2, time: 4)] {
            try body.withUnsafeBytes { try intake.receive($0, of: .metrics) }
        }
        #expect(ledger.violations().map(\.kind) == [.pointBackwards, .pointStart])
    }

    @Test("The judge refuses what the decoder refuses, and takes what it takes")
    func agreesWithTheDecoder() throws {
        let bodies =
            [(OTLPSignal.traces, Self.span { $0.field(11) { Self.attribute(3, "key", in: &$0) } })]
            + [(.logs, Self.log { Self.attribute(6, "key", in: &$0) })]
        var random = SplitMix64(seed: 7)
        for _ in 0..<4_000 {
            for (signal, body) in bodies {
                var body = body
                body[Int(random.next() % UInt64(body.count))] = UInt8(truncatingIfNeeded: random.next())
                let ledgers = (DeliveryLedger(), DeliveryLedger())
                var judging = Intake(ledger: ledgers.0, wallClock: { Self.now })
                var plain = Intake(ledger: ledgers.1, isChecking: false, wallClock: { Self.now })
                let judged = Result { try body.withUnsafeBytes { try judging.receive($0, of: signal) } }
                let taken = Result { try body.withUnsafeBytes { try plain.receive($0, of: signal) } }
                #expect(((try? judged.get()) != nil) == ((try? taken.get()) != nil), "\(body)")
                #expect(ledgers.0.totals().invalid == ledgers.1.totals().invalid, "\(body)")
            }
        }
    }
}
