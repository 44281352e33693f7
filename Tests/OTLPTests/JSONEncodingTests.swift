import Foundation
import Testing

@testable import OTLP

/// JSON that is made of protobuf, by the rules of https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding.
struct JSONEncodingTests {
    @Test(
        arguments: [
            ("", "\"\""), ("plain", "\"plain\""), ("a \"quoted\" \\ text", #""a \"quoted\" \\ text""#),
            ("line\nfeed\ttab\r", #""line\nfeed\ttab\r""#), ("\u{0}\u{1F}\u{7F}", "\"\\u0000\\u001f\u{7F}\""),
            ("grüße, 世界 🎉", "\"grüße, 世界 🎉\""),
        ]
    )
    func stringsAreEscaped(text: String, expected: String) {
        #expect(json { $0.append(string: text) } == expected)
    }

    @Test(
        arguments: [
            (0, "0.0"), (0.1, "0.1"), (-1.5e300, "-1.5e+300"), (.greatestFiniteMagnitude, "1.7976931348623157e+308"),
            (.nan, "\"NaN\""), (.infinity, "\"Infinity\""), (-.infinity, "\"-Infinity\""),
        ] as [(Double, String)]
    )
    func doublesReadBackAsTheSame(value: Double, expected: String) {
        #expect(json { $0.append(double: value) } == expected)
    }

    @Test(arguments: [0, 9, 10, 12_345, UInt64.max])
    func integersAreDecimal(value: UInt64) {
        #expect(json { $0.append(decimal: value) } == "\(value)")
    }

    @Test func theSmallestIntegerIsDecimal() {
        #expect(json { $0.append(decimal: Int64.min) } == "-9223372036854775808")
    }

    /// The examples of RFC 4648, section 10.
    @Test(arguments: [
        ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("foobar", "Zm9vYmFy"),
    ])
    func bytesAreBase64(text: String, expected: String) {
        #expect(json { buffer in Array(text.utf8).withUnsafeBytes { buffer.append(base64: $0) } } == expected)
    }

    /// The span of the specification's example,
    /// https://github.com/open-telemetry/opentelemetry-proto/blob/main/examples/trace.json.
    @Test func theExampleOfTheSpecificationIsMade() throws {
        let keyValue = message { $0.string(1, "my.span.attr") + $0.bytes(2, $0.string(1, "some value")) }
        let span = message {
            $0.bytes(
                1,
                [0x5B, 0x8E, 0xFF, 0xF7, 0x98, 0x03, 0x81, 0x03, 0xD2, 0x69, 0xB6, 0x33, 0x81, 0x3F, 0xC6, 0x0C]
            )
                + $0.bytes(2, [0xEE, 0xE1, 0x9B, 0x7E, 0xC3, 0xC1, 0xB1, 0x74])
                + $0.bytes(4, [0xEE, 0xE1, 0x9B, 0x7E, 0xC3, 0xC1, 0xB1, 0x73]) + $0.string(5, "I'm a server span")
                + $0.varint(6, 2) + $0.fixed64(7, 1_544_712_660_000_000_000) + $0.fixed64(8, 1_544_712_661_000_000_000)
                + $0.bytes(9, keyValue)
        }
        let resource = message { $0.bytes(1, $0.string(1, "service.name") + $0.bytes(2, $0.string(1, "my.service"))) }
        let scope = message { $0.string(1, "my.library") + $0.string(2, "1.0.0") }
        let envelope = SignalEnvelope(jsonFor: .traces, resource: resource, scope: scope)
        var buffer = JSONBuffer()
        span.withUnsafeBytes { buffer.append(.span, protobuf: $0) }
        buffer.append(byte: UInt8(ascii: ","))
        let items = buffer.withBytes { Array($0) }
        let request =
            envelope.prefix(recordBytes: items.count) + items.dropLast(envelope.trimmedItemBytes)
            + envelope.suffix
        let expected = """
            {"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"my.service"}}]},\
            "scopeSpans":[{"scope":{"name":"my.library","version":"1.0.0"},"spans":[{\
            "traceId":"5b8efff798038103d269b633813fc60c","spanId":"eee19b7ec3c1b174","parentSpanId":"eee19b7ec3c1b173",\
            "name":"I'm a server span","kind":2,"startTimeUnixNano":"1544712660000000000",\
            "endTimeUnixNano":"1544712661000000000",\
            "attributes":[{"key":"my.span.attr","value":{"stringValue":"some value"}}]}]}]}]}
            """
        #expect(String(decoding: request, as: UTF8.self) == expected)
        #expect(throws: Never.self) { try JSONSerialization.jsonObject(with: Data(request)) }
    }

    @Test func listsOfMessagesAndNumbersAreArrays() {
        let point = message {
            $0.fixed64(4, 3) + $0.fixed64(5, (1.5).bitPattern) + $0.bytes(6, $0.raw([1, 2]))
                + $0.bytes(7, $0.raw([(0.5).bitPattern]))
        }
        let histogram = message { $0.bytes(1, point) + $0.bytes(1, point) + $0.varint(2, 2) }
        let metric = message { $0.string(1, "latency") + $0.bytes(9, histogram) }
        let one = #"{"count":"3","sum":1.5,"bucketCounts":["1","2"],"explicitBounds":[0.5]}"#
        let text = json { buffer in metric.withUnsafeBytes { buffer.append(.metric, protobuf: $0) } }
        #expect(text == #"{"name":"latency","histogram":{"dataPoints":[\#(one),\#(one)],"aggregationTemporality":2}}"#)
    }

    @Test func everyKindOfValueHasItsName() {
        let values: [(String, [UInt8])] = [
            (#"{"stringValue":"x"}"#, message { $0.string(1, "x") }),
            (#"{"boolValue":true}"#, message { $0.varint(2, 1) }),
            (#"{"intValue":"-1"}"#, message { $0.varint(3, .max) }),
            (#"{"doubleValue":2.5}"#, message { $0.fixed64(4, (2.5).bitPattern) }),
            (
                #"{"arrayValue":{"values":[{"intValue":"1"},{}]}}"#,
                message { $0.bytes(5, $0.bytes(1, $0.varint(3, 1)) + $0.bytes(1, [])) }
            ),
            (#"{"arrayValue":{}}"#, message { $0.bytes(5, []) }),
            (#"{"bytesValue":"Zm9v"}"#, message { $0.string(7, "foo") }),
        ]
        for (expected, bytes) in values {
            #expect(json { buffer in bytes.withUnsafeBytes { buffer.append(.anyValue, protobuf: $0) } } == expected)
        }
    }

    private func json(_ write: (inout JSONBuffer) -> Void) -> String {
        var buffer = JSONBuffer(capacity: 1)
        write(&buffer)
        return buffer.withBytes { String(decoding: $0, as: UTF8.self) }
    }

    private func message(_ fields: (Fields) -> [UInt8]) -> [UInt8] {
        fields(Fields())
    }

    /// Writes protobuf fields one by one.
    private struct Fields {
        func varint(_ field: UInt8, _ value: UInt64) -> [UInt8] {
            [field << 3] + encoded(value)
        }

        func fixed64(_ field: UInt8, _ value: UInt64) -> [UInt8] {
            [field << 3 | 1] + raw([value])
        }

        func bytes(_ field: UInt8, _ value: [UInt8]) -> [UInt8] {
            [field << 3 | 2] + encoded(UInt64(value.count)) + value
        }

        func string(_ field: UInt8, _ value: String) -> [UInt8] {
            bytes(field, Array(value.utf8))
        }

        func raw(_ values: [UInt64]) -> [UInt8] {
            values.flatMap { value in (0..<8).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) } }
        }

        private func encoded(_ value: UInt64) -> [UInt8] {
            value < 0x80 ? [UInt8(value)] : [UInt8(value & 0x7F) | 0x80] + encoded(value >> 7)
        }
    }
}
