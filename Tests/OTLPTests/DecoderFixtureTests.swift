import Testing

@testable import OTLP

/// The decoder reads what Google's protobuf runtime wrote as that runtime reads it.
struct DecoderFixtureTests {
    @Test(arguments: ["values", "envelope", "unknown", "batch", "empty"])
    func contentIsThatOfTheIndependentImplementation(name: String) throws {
        let (bytes, content) = try Fixture.request(name)
        let decoded = try DecodedLogs(decoding: bytes)
        #expect(decoded.resources.count == content.count)
        for (decoded, expected) in zip(decoded.resources, content.map(\.decoded)) {
            #expect(decoded.attributes == expected.attributes)
            #expect(decoded.droppedAttributesCount == expected.droppedAttributesCount)
            #expect(decoded.schemaURL == expected.schemaURL)
            #expect(decoded.scopes.count == expected.scopes.count)
            for (decoded, expected) in zip(decoded.scopes, expected.scopes) {
                #expect(decoded.logRecords.count == expected.logRecords.count)
                for (decoded, expected) in zip(decoded.logRecords, expected.logRecords) {
                    #expect(decoded == expected)
                }
                #expect(decoded == expected)
            }
        }
    }

    @Test func fixturesHoldWhatTheTestsRelyOn() throws {
        #expect(try Fixture.request("values").content[0].scopes[0].log_records[0].attributes.count == 28)
        #expect(try Fixture.request("envelope").content.count == 3)
        #expect(try Fixture.request("batch").content[0].scopes[0].log_records.count == 32)
    }

    @Test("Every prefix of a request is either rejected or ends between two top-level fields")
    func prefixes() throws {
        let bytes = try Fixture.bytes("unknown.bin")
        let whole = try DecodedLogs(decoding: bytes)
        var accepted: [Int] = []
        for length in 0..<bytes.count {
            guard let decoded = try? DecodedLogs(decoding: Array(bytes[..<length])) else { continue }
            accepted.append(length)
            #expect(
                decoded.resources.isEmpty || decoded.resources == Array(whole.resources.prefix(decoded.resources.count))
            )
        }
        // Nothing, then after each of the six unknown fields, after the resource, and before the padded empty one.
        #expect(accepted.count == 8)
        #expect(accepted.first == 0)
    }

    @Test("Damaged requests are rejected where the independent implementation rejects them")
    func mutations() throws {
        let bytes = try Fixture.bytes("mutations.bin")
        var position = 4
        var accepted = 0
        func number(_ size: Int) -> Int {
            defer { position += size }
            return (0..<size).reduce(0) { $0 | Int(bytes[position + $1]) << (8 * $1) }
        }
        position = 0
        let count = number(4)
        #expect(count == 600)
        for index in 0..<count {
            let size = number(2)
            let isValid = number(1) == 1
            let records = number(2)
            let input = Array(bytes[position..<position + size])
            position += size
            let decoded = try? DecodedLogs(decoding: input)
            #expect((decoded != nil) == isValid, "input \(index): \(input)")
            if isValid {
                accepted += 1
                #expect(decoded?.logRecords.count == records, "input \(index)")
            }
        }
        #expect(position == bytes.count)
        #expect(accepted > 50)
    }
}
