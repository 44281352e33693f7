import TestSupport
import Testing

@testable import OTLP

/// Varints and their neighbours, in every position relative to the end of the input.
struct ProtobufCursorTests {
    /// Every power of two with its neighbours, and the ends of the range.
    static let values: [UInt64] = {
        var values: [UInt64] = [0, 1, .max, .max - 1]
        for bit in 0..<64 {
            let power: UInt64 = 1 << UInt64(bit)
            values += [power, power - 1, power + 1]
        }
        return values
    }()

    @Test(arguments: [0, 1, 2, 7, 8, 9, 16])
    func varintsOfEverySizeAreReadBackWithAnyNumberOfBytesBehind(padding: Int) throws {
        for value in Self.values {
            var message = ProtobufBytes()
            message.varint(value)
            let size = message.bytes.count
            #expect(ProtobufWire.varintSize(value) == size)
            try (message.bytes + [UInt8](repeating: 0xFF, count: padding)).withUnsafeBytes { buffer in
                var cursor = ProtobufCursor(buffer)
                let varint = try cursor.readVarint()
                #expect(varint == value)
                #expect(cursor.offset == size)
                #expect(cursor.remaining == padding)
            }
            for length in 0..<size {
                message.bytes[..<length].withUnsafeBytes { buffer in
                    var cursor = ProtobufCursor(buffer)
                    let error = #expect(throws: OTLPDecodingError.self) { try cursor.readVarint() }
                    #expect(error == OTLPDecodingError(.truncated, at: 0))
                }
            }
        }
    }

    @Test("A varint may be padded with continuation bytes", arguments: 1...10)
    func paddedVarints(size: Int) throws {
        let bytes = [UInt8](repeating: 0x80, count: size - 1) + [0x00]
        try bytes.withUnsafeBytes { buffer in
            var cursor = ProtobufCursor(buffer)
            let varint = try cursor.readVarint()
            #expect(varint == 0)
            #expect(cursor.isAtEnd)
        }
    }

    @Test func emptyInputHasNothing() {
        var cursor = ProtobufCursor(UnsafeRawBufferPointer(start: nil, count: 0))
        #expect(cursor.isAtEnd)
        #expect(cursor.remaining == 0)
        #expect(throws: OTLPDecodingError(.truncated, at: 0)) { try cursor.readVarint() }
        #expect(throws: OTLPDecodingError(.truncated, at: 0)) { try cursor.readFixed64() }
        #expect(throws: OTLPDecodingError(.truncated, at: 0)) { try cursor.readFixed32() }
        #expect(throws: OTLPDecodingError(.truncated, at: 0)) { try cursor.readMessage() }
    }

    @Test func fixedValuesAreLittleEndianAndNeedNoAlignment() throws {
        let bytes: [UInt8] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]
        try bytes[1...].withUnsafeBytes { buffer in
            var cursor = ProtobufCursor(buffer)
            let fixed64 = try cursor.readFixed64()
            #expect(fixed64 == 0x0807_0605_0403_0201)
            let fixed32 = try cursor.readFixed32()
            #expect(fixed32 == 0x0C0B_0A09)
            #expect(cursor.isAtEnd)
        }
    }

    @Test func tagsAreThoseOfTheSpecification() {
        // reference: "Tag bytes most used", computed from the .proto files.
        #expect(ProtobufWire.tag(1, ProtobufWire.WireType.fixed64) == LogRecordTag.timeUnixNano)
        #expect(ProtobufWire.tag(2, ProtobufWire.WireType.varint) == LogRecordTag.severityNumber)
        #expect(ProtobufWire.tag(3, ProtobufWire.WireType.length) == LogRecordTag.severityText)
        #expect(ProtobufWire.tag(5, ProtobufWire.WireType.length) == LogRecordTag.body)
        #expect(ProtobufWire.tag(6, ProtobufWire.WireType.length) == LogRecordTag.attributes)
        #expect(ProtobufWire.tag(7, ProtobufWire.WireType.varint) == LogRecordTag.droppedAttributesCount)
        #expect(ProtobufWire.tag(8, ProtobufWire.WireType.fixed32) == LogRecordTag.flags)
        #expect(ProtobufWire.tag(9, ProtobufWire.WireType.length) == LogRecordTag.traceID)
        #expect(ProtobufWire.tag(10, ProtobufWire.WireType.length) == LogRecordTag.spanID)
        #expect(ProtobufWire.tag(11, ProtobufWire.WireType.fixed64) == LogRecordTag.observedTimeUnixNano)
        #expect(ProtobufWire.tag(12, ProtobufWire.WireType.length) == LogRecordTag.eventName)
        // Field 16 is the first whose tag takes two bytes: 0x85 0x01.
        #expect(ProtobufWire.tag(16, ProtobufWire.WireType.fixed32) == 0x05 | 0x01 << 7)
    }
}
