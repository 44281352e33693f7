import Testing

@testable import OTLP

/// The answers: partial success and status.
struct ResponseTests {
    @Test func emptyAnswerIsFullSuccess() throws {
        let response = try [UInt8]().withUnsafeBytes { try ExportLogsResponse(decoding: $0) }
        #expect(response == ExportLogsResponse())
        #expect(response.rejectedLogRecords == 0)
        #expect(response.errorMessage.isEmpty)
    }

    @Test func partialSuccessIsRead() throws {
        let response = try Fixture.bytes("partial-success.bin").withUnsafeBytes { try ExportLogsResponse(decoding: $0) }
        #expect(response.rejectedLogRecords == 12)
        #expect(response.errorMessage == "trop tard – 12 événements")
    }

    @Test func malformedAnswerIsRejected() throws {
        let bytes = try Fixture.bytes("partial-success.bin").dropLast()
        #expect(throws: OTLPDecodingError(.lengthBeyondEnd, at: 1)) {
            try Array(bytes).withUnsafeBytes { _ = try ExportLogsResponse(decoding: $0) }
        }
    }

    @Test(arguments: [RPCStatus(message: ""), RPCStatus(code: 3, message: "größer"), RPCStatus(code: -1, message: "x")])
    func statusIsReadBack(status: RPCStatus) throws {
        #expect(try status.encoded().withUnsafeBytes { try RPCStatus(decoding: $0) } == status)
    }

    @Test("Bytes of a status are those of the specification: 08 code, 12 length message")
    func statusBytes() {
        #expect(RPCStatus(code: 3, message: "no").encoded() == [0x08, 0x03, 0x12, 0x02, 0x6E, 0x6F])
        let long = RPCStatus(message: String(repeating: "a", count: 300)).encoded()
        #expect(Array(long.prefix(3)) == [0x12, 0xAC, 0x02])
        #expect(long.count == 303)
    }
}
