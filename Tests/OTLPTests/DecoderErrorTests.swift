import TestSupport
import Testing

@testable import OTLP

/// Malformed input: the kind of the error and where it was found.
struct DecoderErrorTests {
    /// One malformed input.
    struct Case: CustomTestStringConvertible {
        var name: String
        var bytes: [UInt8]
        var kind: OTLPDecodingError.Kind
        var offset: Int

        var testDescription: String { name }
    }

    static let cases = [
        Case(name: "tag ends", bytes: [0x8A], kind: .truncated, offset: 0),
        Case(name: "length is missing", bytes: [0x0A], kind: .truncated, offset: 1),
        Case(name: "length beyond the end", bytes: [0x0A, 0x02, 0x00], kind: .lengthBeyondEnd, offset: 1),
        Case(
            name: "length of 2^64 - 1",
            bytes: [0x0A] + [UInt8](repeating: 0xFF, count: 9) + [0x01],
            kind: .lengthBeyondEnd,
            offset: 1
        ),
        Case(
            name: "length of 2^63",
            bytes: [0x0A] + [UInt8](repeating: 0x80, count: 9) + [0x01],
            kind: .lengthBeyondEnd,
            offset: 1
        ),
        Case(
            name: "varint of eleven bytes",
            bytes: [0x10] + [UInt8](repeating: 0x80, count: 10) + [0x00],
            kind: .overlongVarint,
            offset: 1
        ),
        Case(
            name: "varint of 65 bits",
            bytes: [0x10] + [UInt8](repeating: 0xFF, count: 9) + [0x02],
            kind: .overlongVarint,
            offset: 1
        ),
        Case(
            name: "varint of nine bytes that ends",
            bytes: [0x10] + [UInt8](repeating: 0xFF, count: 9),
            kind: .truncated,
            offset: 1
        ),
        Case(name: "field number 0", bytes: [0x02, 0x00], kind: .invalidFieldNumber, offset: 0),
        Case(
            name: "field number 2^29",
            bytes: [0x80, 0x80, 0x80, 0x80, 0x10, 0x00],
            kind: .invalidFieldNumber,
            offset: 0
        ),
        Case(name: "wire type 6", bytes: [0x16], kind: .invalidWireType, offset: 1),
        Case(name: "wire type 7", bytes: [0x17], kind: .invalidWireType, offset: 1),
        Case(name: "fixed64 ends", bytes: [0x11, 1, 2, 3, 4, 5, 6, 7], kind: .truncated, offset: 1),
        Case(name: "fixed32 ends", bytes: [0x15, 1, 2, 3], kind: .truncated, offset: 1),
        Case(name: "group without a start", bytes: [0x14], kind: .unbalancedGroup, offset: 1),
        Case(name: "group without an end", bytes: [0x13, 0x08, 0x01], kind: .unbalancedGroup, offset: 3),
        Case(name: "group closed by another", bytes: [0x13, 0x1C], kind: .unbalancedGroup, offset: 2),
        Case(
            name: "record's time ends with the record, though bytes follow",
            bytes: [0x0A, 0x0C, 0x12, 0x0A, 0x12, 0x08, 0x09, 0, 0, 0, 0, 0, 0, 0, 0x1A, 0x00],
            kind: .truncated,
            offset: 7
        ),
        Case(
            name: "attribute longer than its record",
            bytes: [0x0A, 0x09, 0x12, 0x07, 0x12, 0x03, 0x32, 0x02, 0x0A, 0x1A, 0x00],
            kind: .lengthBeyondEnd,
            offset: 7
        ),
    ]

    @Test(arguments: cases)
    func malformedInputIsRejected(input: Case) {
        let error = #expect(throws: OTLPDecodingError.self) { try DecodedLogs(decoding: input.bytes) }
        #expect(error == OTLPDecodingError(input.kind, at: input.offset))
    }

    @Test func messageNamesTheByteAndTheReason() {
        for kind in OTLPDecodingError.Kind.allCases {
            #expect(OTLPDecodingError(kind, at: 17).description.hasPrefix("malformed protobuf at byte 17: "))
        }
        #expect(
            OTLPDecodingError(.truncated, at: 3).description
                == "malformed protobuf at byte 3: the message ends inside a value"
        )
        #expect(OTLPDecodingError(.nestingTooDeep, at: 3).description.contains("64 levels"))
    }

    // MARK: - Nesting

    /// A request whose record's body is `depth` arrays deep around an integer.
    static func request(arrayDepth: Int) -> [UInt8] {
        var value = ProtobufBytes { $0.field(3, varint: 1) }
        for _ in 0..<arrayDepth {
            let inner = value.bytes
            value = ProtobufBytes { $0.field(5) { $0.field(1, bytes: inner) } }
        }
        return ProtobufBytes { $0.field(1) { $0.field(2) { $0.field(2) { $0.field(5, bytes: value.bytes) } } } }.bytes
    }

    @Test func valuesNestUpToTheLimit() throws {
        // The body is at level 4, and each array adds two: its own message and that of its element.
        let decoded = try DecodedLogs(decoding: Self.request(arrayDepth: 30))
        var value = try #require(decoded.logRecords[0].body)
        var depth = 0
        while case .array(let elements) = value {
            value = try #require(elements.first)
            depth += 1
        }
        #expect(depth == 30)
        #expect(value == .int(1))
    }

    @Test(arguments: [31, 32, 1000, 20_000])
    func deeperValuesAreRejected(arrayDepth: Int) {
        let error = #expect(throws: OTLPDecodingError.self) {
            try DecodedLogs(decoding: Self.request(arrayDepth: arrayDepth))
        }
        #expect(error?.kind == .nestingTooDeep)
    }

    @Test(arguments: [(64, true), (65, false), (100_000, false)])
    func groupsNestUpToTheLimit(depth: Int, isValid: Bool) {
        let bytes = [UInt8](repeating: 0x13, count: depth) + [UInt8](repeating: 0x14, count: depth)
        let decoded = Result { try DecodedLogs(decoding: bytes) }
        switch decoded {
        case .success(let logs): #expect(isValid && logs.resources.isEmpty)
        case .failure(let error):
            #expect(!isValid && error as? OTLPDecodingError == OTLPDecodingError(.nestingTooDeep, at: 65))
        }
    }

    // MARK: - Text

    @Test("A string that is not UTF-8 is an error when it is asked for, and only then")
    func invalidText() throws {
        let record = ProtobufBytes {
            $0.field(12, bytes: [0x66, 0xC3, 0x28])
            $0.field(6) {
                $0.field(1, string: "bench.id")
                $0.field(2) { $0.field(3, varint: 5) }
            }
        }
        let bytes = ProtobufBytes { $0.field(1) { $0.field(2) { $0.field(2, bytes: record.bytes) } } }.bytes
        let error = #expect(throws: OTLPDecodingError.self) { try DecodedLogs(decoding: bytes) }
        #expect(error == OTLPDecodingError(.invalidUTF8, at: 8))

        var visitor = CollectingVisitor()
        try bytes.withUnsafeBytes { try OTLPDecoder.decode($0, into: &visitor) }
        #expect(visitor.ids == [5])
        #expect(visitor.eventNames == [[0x66, 0xC3, 0x28]])
    }

    @Test(
        arguments: [[0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0x80], [0xE2, 0x82]] as [[UInt8]]
    )
    func malformedUTF8IsRejected(text: [UInt8]) {
        let bytes = ProtobufBytes {
            $0.field(1) { $0.field(1) { $0.field(1) { $0.field(1, bytes: text) } } }
        }.bytes
        let error = #expect(throws: OTLPDecodingError.self) { try DecodedLogs(decoding: bytes) }
        #expect(error?.kind == .invalidUTF8)
    }
}
