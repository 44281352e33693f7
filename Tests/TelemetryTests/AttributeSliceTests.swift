import Dispatch
import Foundation
import OTLP
import Testing

@testable import Telemetry

/// Attributes are read where they lie, which must hold for every form that a string may have.
struct AttributeSliceTests {
    private static let long = "a string of more than fifteen bytes, of which some are ünïcode"

    /// Small, on the heap, literal, shared with a longer string, made by Foundation.
    private static let forms: [String] = [
        "", "x", "ü", "fifteen bytes !", "sixteen bytes !!", "a literal of more than fifteen bytes", long,
        long + long, String(long.dropFirst(3)), String(long.dropFirst(3).prefix(30)), "\([1, 2, 3])",
        String(repeating: "é", count: 99), String(repeating: "z", count: 20_000), "nul \u{0} within",
        String(decoding: [0x61, 0xFF, 0x62] as [UInt8], as: UTF8.self),
        NSString(string: "from Foundation, and long enough").substring(from: 2),
        String(NSMutableString(string: "mutable, from Foundation: ü")), String(format: "%05d ü", 7),
    ]

    @Test(arguments: forms)
    func everyFormOfStringIsEncoded(form: String) throws {
        let values: [AttributeValue] = [
            .string(form), .integer(-7), .integer(.max), .double(0.1), .boolean(true), .boolean(false),
            .array([.string(form), .array([.string(form)])]),
        ]
        for value in values {
            #expect(try decoded([form: value, "last": .string(form)]) == [DecodedValue(value), .string(form)])
            #expect(try keys([form: value, "last": 1]) == [form, "last"])
        }
    }

    @Test func manyThreadsEncodeTheSameAttributes() throws {
        var attributes = Attributes()
        for form in Self.forms { attributes.append(form, .string(form)) }
        let shared = attributes
        let expected = bytes(of: shared)
        DispatchQueue.concurrentPerform(iterations: 8) { _ in
            for _ in 0..<200 {
                // A copy that is changed leaves the others alone.
                var copy = shared
                copy.append("own", .array([.string(Self.long)]))
                #expect(bytes(of: shared) == expected && bytes(of: copy).count > expected.count)
            }
        }
    }

    @Test func attributesMayBeTheLastReferenceToTheirStrings() throws {
        for number in 0..<100 {
            let key = String(repeating: "k", count: 20) + "\(number)"
            #expect(try decoded([key: .string(key)]) == [.string(key)])
        }
    }

    private func bytes(of attributes: Attributes) -> [UInt8] {
        attributes.withSlice { slice in
            encoded(LogRecord(time: 1, eventName: "e", attributes: slice, context: nil))
        }
    }

    private func record(_ attributes: Attributes) throws -> DecodedLogRecord {
        let bytes = bytes(of: attributes)
        let envelope = SignalEnvelope(resource: [], scope: [])
        return try #require(
            try DecodedLogs(decoding: envelope.prefix(recordBytes: bytes.count) + bytes).logRecords.first
        )
    }

    private func decoded(_ attributes: Attributes) throws -> [DecodedValue] {
        try record(attributes).attributes.map(\.value)
    }

    private func keys(_ attributes: Attributes) throws -> [String] {
        try record(attributes).attributes.map(\.key)
    }
}
