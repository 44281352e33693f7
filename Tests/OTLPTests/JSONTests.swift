import Testing

@testable import OTLP

/// OTLP/JSON by its rules: https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding and, for what that leaves to
/// protobuf, https://protobuf.dev/programming-guides/json/.
struct JSONTests {
    /// A request of one record with these members.
    func record(_ members: String) throws -> DecodedLogRecord {
        let json = "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{\(members)}]}]}]}"
        return try #require(DecodedLogs(decodingJSON: Array(json.utf8)).logRecords.first)
    }

    /// The value of an attribute with this `AnyValue`.
    func value(_ json: String) throws -> DecodedValue? {
        try record("\"attributes\":[{\"key\":\"a\",\"value\":\(json)}]")["a"]
    }

    func error(_ members: String) -> OTLPJSONError.Kind? {
        do throws(any Error) {
            _ = try record(members)
            return nil
        } catch {
            return (error as? OTLPJSONError)?.kind
        }
    }

    // MARK: - Types

    @Test("Ids are hexadecimal of either case")
    func identifiers() throws {
        let span = try record("\"traceId\":\"5B8EFFF798038103D269B633813FC60C\",\"spanId\":\"eee19b7ec3c1b174\"")
        #expect(span.traceID == "5b8efff798038103d269b633813fc60c".hexadecimalBytes)
        #expect(span.spanID == "eee19b7ec3c1b174".hexadecimalBytes)
        #expect(error("\"traceId\":\"5B8EFF7\"") == .invalidHexadecimal)
        #expect(error("\"traceId\":\"W47/95gDgQPSabYzgT/GDA==\"") == .invalidHexadecimal)
        #expect(error("\"traceId\":12") == .wrongType)
    }

    @Test("Enums are integers, never names", arguments: ["\"SEVERITY_NUMBER_INFO\"", "\"9\"", "true", "[9]", "{}"])
    func enums(text: String) throws {
        #expect(try record("\"severityNumber\":9").severityNumber == 9)
        #expect(error("\"severityNumber\":\(text)") == (text.hasPrefix("\"") ? .enumName : .wrongType))
    }

    @Test(
        "64-bit integers come as strings or numbers",
        arguments: [
            ("1544712660300000000", 1_544_712_660_300_000_000), ("\"1544712660300000000\"", 1_544_712_660_300_000_000),
            ("18446744073709551615", .max), ("\"18446744073709551615\"", .max), ("0", 0), ("-0", 0), ("1.0", 1),
            ("1e3", 1000),
            ("\"2.5e1\"", 25),
        ] as [(String, UInt64)]
    )
    func unsignedIntegers(text: String, number: UInt64) throws {
        #expect(try record("\"timeUnixNano\":\(text)").timeUnixNano == number)
    }

    @Test(arguments: ["18446744073709551616", "-1", "\"-1\"", "1.5", "1e20", "99999999999999999999999"])
    func integersOutOfRange(text: String) {
        #expect(error("\"timeUnixNano\":\(text)") == .numberOutOfRange)
    }

    @Test(arguments: ["\"\"", "\" 1\"", "\"1 \"", "\"0x1\"", "\"01\"", "true", "{}", "\"NaN\""])
    func integersOfOtherTypes(text: String) {
        #expect(error("\"timeUnixNano\":\(text)") == .wrongType)
    }

    @Test(
        arguments: [("9223372036854775807", .max), ("\"-9223372036854775808\"", .min), ("-1", -1)] as [(String, Int64)]
    )
    func signedIntegers(text: String, number: Int64) throws {
        #expect(try value("{\"intValue\":\(text)}") == .int(number))
    }

    @Test(arguments: [
        ("0", 0), ("-0", -0.0), ("637.704", 637.704), ("1e22", 1e22), ("1e23", 1e23), ("0.1", 0.1), ("\"2.5\"", 2.5),
        ("5", 5), ("1E-7", 1e-7), ("123456789012345678901234567890", 1.2345678901234568e29),
        ("5e-324", Double.leastNonzeroMagnitude),
        ("1e-400", 0), ("\"Infinity\"", .infinity), ("\"-Infinity\"", -.infinity), ("\"NaN\"", .nan),
        ("9007199254740993", 9_007_199_254_740_992), ("0.30000000000000004", 0.30000000000000004),
    ])
    func doubles(text: String, number: Double) throws {
        #expect(try value("{\"doubleValue\":\(text)}") == .double(number))
    }

    @Test(arguments: ["1e309", "-1e999999999999", "\"1e400\""])
    func doublesOutOfRange(text: String) {
        #expect(error("\"body\":{\"doubleValue\":\(text)}") == .numberOutOfRange)
    }

    @Test(arguments: ["01", "+1", ".5", "1.", "1e", "--1", "0x10", "NaN", "Infinity", "1_000"])
    func numbersThatJSONDoesNotHave(text: String) {
        #expect([.invalidSyntax, .wrongType].contains(error("\"body\":{\"doubleValue\":\(text)}")))
    }

    @Test(
        arguments: [
            ("", []), ("/w==", [0xFF]), ("/w", [0xFF]), ("_w", [0xFF]), ("//4=", [0xFF, 0xFE]), ("AAEC", [0, 1, 2]),
        ] as [(String, [UInt8])]
    )
    func bytesAreBase64(text: String, bytes: [UInt8]) throws {
        #expect(try value("{\"bytesValue\":\"\(text)\"}") == .bytes(bytes))
    }

    @Test(arguments: ["A", "AAAAA", "A===", "AA=A", "ab c", "=", "ä"])
    func bytesThatAreNotBase64(text: String) {
        #expect(error("\"body\":{\"bytesValue\":\"\(text)\"}") == .invalidBase64)
    }

    @Test func valuesOfEveryKind() throws {
        #expect(try value("{}") == .empty)
        #expect(try value("null") == .empty)
        #expect(try value("{\"stringValue\":\"\"}") == .string(""))
        #expect(try value("{\"boolValue\":false}") == .bool(false))
        #expect(try value("{\"arrayValue\":{}}") == .array([]))
        #expect(try value("{\"arrayValue\":{\"values\":[{\"intValue\":1},{}]}}") == .array([.int(1), .empty]))
        let pair = DecodedAttribute(key: "k", value: .bool(true))
        #expect(
            try value("{\"kvlistValue\":{\"values\":[{\"value\":{\"boolValue\":true},\"key\":\"k\"}]}}")
                == .keyValueList([pair])
        )
    }

    // MARK: - Strings

    @Test func stringsWithEscapes() throws {
        let text = #"\"\\\/\b\f\n\r\t\u00e4\u20AC\ud83d\ude80 end of a string that is long"#
        #expect(
            try record("\"eventName\":\"\(text)\"").eventName == "\"\\/\u{8}\u{c}\n\r\tä€🚀 end of a string that is long"
        )
        #expect(try record(#""event\u004eame":"x""#).eventName == "x")
        for count in 0..<20 {
            let plain = String(repeating: "p", count: count)
            #expect(try record("\"eventName\":\"\(plain)\",\"severityText\":\"\(plain)\\n\"").eventName == plain)
        }
    }

    @Test(arguments: [#"\x"#, #"\ud83d"#, #"\ud83dx"#, #"\ude80"#, #"\ud83d\u0041"#, #"\u12g4"#])
    func stringsWithWrongEscapes(text: String) {
        #expect(error("\"eventName\":\"\(text)\"") == .invalidEscape)
    }

    @Test func stringsMustBeTextWithoutControlCharacters() {
        #expect(error("\"eventName\":\"a\nb\"") == .controlCharacter)
        #expect(error("\"unknown\":\"a\u{0}\"") == .controlCharacter)
        let bytes = Array("{\"unknown\":\"".utf8) + [0xC3, 0x28] + Array("\"}".utf8)
        #expect(throws: OTLPJSONError(.invalidUTF8, at: 12)) { try DecodedLogs(decodingJSON: bytes) }
    }

    // MARK: - Objects

    @Test("null is a field that is not set; unknown fields and names in snake_case are skipped")
    func nullAndUnknown() throws {
        let record = try record(
            """
            "body":null,"attributes":null,"timeUnixNano":null,"unknown":{"a":[1,-2.5e+3,"x",{}, [ ],true,null]} ,
            "event_name":"no","traceId":null,"severityText":"yes"
            """
        )
        #expect(record.body == nil)
        #expect(record.eventName == "")
        #expect(record.severityText == "yes")
    }

    @Test func fieldsMayComeInAnyOrder() throws {
        let json = """
            {"resourceLogs":[{"scopeLogs":[{"logRecords":[{"eventName":"e"}],"scope":{"version":"1","name":"s"}}],
            "resource":{"attributes":[{"value":{"stringValue":"r"},"key":"bench.run_id"}]}}]}
            """
        let decoded = try DecodedLogs(decodingJSON: Array(json.utf8))
        #expect(decoded.resources[0].attributes == [DecodedAttribute(key: "bench.run_id", value: .string("r"))])
        #expect(decoded.resources[0].scopes[0].name == "s")
        #expect(decoded.logRecords[0].eventName == "e")
    }

    @Test(arguments: [
        "\"eventName\":\"a\",\"eventName\":\"b\"", "\"body\":{\"intValue\":1,\"stringValue\":\"x\"}",
        "\"body\":{\"intValue\":1,\"intValue\":1}",
    ])
    func nothingComesTwice(members: String) {
        #expect(error(members) == .duplicateField)
    }

    @Test(
        arguments: [
            ("\"attributes\":{}", .wrongType), ("\"attributes\":[1]", .wrongType),
            ("\"attributes\":[null]", .wrongType),
            ("\"body\":\"text\"", .wrongType), ("\"body\":[]", .wrongType), ("\"eventName\":1", .wrongType),
            ("\"body\":{\"boolValue\":\"true\"}", .wrongType), ("\"body\":{\"boolValue\":1}", .wrongType),
            ("\"flags\":4294967296", .numberOutOfRange), ("\"severityNumber\":2147483648", .numberOutOfRange),
            ("eventName:1", .invalidSyntax), ("\"eventName\" \"a\"", .invalidSyntax),
            ("\"eventName\":", .invalidSyntax),
            ("\"eventName\":\"a\",", .invalidSyntax), ("'eventName':1", .invalidSyntax), ("\"u\":tru", .invalidSyntax),
            ("\"u\":[1,]", .invalidSyntax), ("\"u\":{\"a\"}", .invalidSyntax), ("/**/", .invalidSyntax),
        ] as [(String, OTLPJSONError.Kind)]
    )
    func othersAreRejected(members: String, kind: OTLPJSONError.Kind) {
        #expect(error(members) == kind)
    }

    @Test func emptyRequests() throws {
        #expect(try DecodedTraces(decodingJSON: Array(" {\n} \t\r".utf8)).resources.isEmpty)
        #expect(try DecodedTraces(decodingJSON: Array("{\"resourceSpans\":[]}".utf8)).resources.isEmpty)
        #expect(try DecodedTraces(decodingJSON: Array("{\"resourceLogs\":[{}]}".utf8)).resources.isEmpty)
        #expect(try DecodedTraces(decodingJSON: Array("{\"resourceSpans\":[{}]}".utf8)).resources.count == 1)
    }

    @Test(
        arguments: [
            ("", .truncated, 0), ("{", .truncated, 1), ("[]", .wrongType, 0), ("{} {}", .invalidSyntax, 3),
            ("null", .wrongType, 0),
            ("{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{\"kind\":\"x\"}]}]}]}", .enumName, 51),
            ("\u{FEFF}{}", .invalidSyntax, 0),
        ] as [(String, OTLPJSONError.Kind, Int)]
    )
    func errorsNameTheirPlace(json: String, kind: OTLPJSONError.Kind, offset: Int) {
        #expect(throws: OTLPJSONError(kind, at: offset)) { try DecodedTraces(decodingJSON: Array(json.utf8)) }
    }

    @Test func messageNamesTheByteAndTheReason() {
        #expect(
            OTLPJSONError(.wrongType, at: 3).description
                == "malformed JSON at byte 3: the field has a value of another type than its own (enums are integers, "
                + "ids hexadecimal)"
        )
    }

    @Test(arguments: [(30, true), (31, false), (20_000, false)])
    func valuesNestUpToTheLimit(depth: Int, isValid: Bool) {
        let open = String(repeating: "{\"arrayValue\":{\"values\":[", count: depth)
        let members = "\"body\":" + open + "{\"intValue\":1}" + String(repeating: "]}}", count: depth)
        #expect(error(members) == (isValid ? nil : .nestingTooDeep))
    }

    @Test(arguments: [(61, true), (62, false), (100_000, false)])
    func unknownValuesNestUpToTheLimit(depth: Int, isValid: Bool) {
        let members = "\"u\":" + String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        #expect(error(members) == (isValid ? nil : .nestingTooDeep))
    }

    @Test("A prefix of a request is never a request")
    func prefixes() throws {
        let bytes = try Fixture.bytes("logs.escaped.otlp.json")
        for length in 0..<bytes.count {
            #expect(throws: OTLPJSONError.self) { try DecodedLogs(decodingJSON: Array(bytes[..<length])) }
        }
    }

    // MARK: - Answers

    @Test(arguments: ["rejectedLogRecords", "rejectedSpans", "rejectedDataPoints"])
    func partialSuccessIsRead(name: String) throws {
        let json = Array("{\"partialSuccess\":{\"\(name)\":\"12\",\"errorMessage\":\"too late\"}}".utf8)
        let response = try json.withUnsafeBytes { try ExportLogsResponse(decodingJSON: $0) }
        #expect(response.rejectedLogRecords == 12)
        #expect(response.errorMessage == "too late")
        #expect(
            try Array("{}".utf8).withUnsafeBytes { try ExportLogsResponse(decodingJSON: $0) } == ExportLogsResponse()
        )
    }

    @Test(arguments: [
        RPCStatus(message: ""), RPCStatus(code: 3, message: "größer \"x\" \\ \n"), RPCStatus(code: -1, message: "x"),
    ])
    func statusIsReadBack(status: RPCStatus) throws {
        #expect(try status.encodedJSON().withUnsafeBytes { try RPCStatus(decodingJSON: $0) } == status)
    }
}
