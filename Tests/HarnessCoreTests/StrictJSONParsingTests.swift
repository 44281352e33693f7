import HarnessCore
import Testing

struct StrictJSONParsingTests {
    @Test("JSON5's own example parses")
    func specificationExample() throws {
        // https://spec.json5.org, section 1.2 "Short Example", without the entry `positiveSign: +1`'s neighbours changed.
        let text = #"""
            {
              // comments
              unquoted: 'and you can quote me on that',
              singleQuotes: 'I can use "double quotes" here',
              lineBreaks: "Look, Mom! \
            No \\n's!",
              hexadecimal: 0xdecaf,
              leadingDecimalPoint: .8675309, andTrailing: 8675309.,
              positiveSign: +1,
              trailingComma: 'in objects', andIn: ['arrays',],
              "backwardsCompatible": "with JSON",
            }
            """#
        let value = try StrictJSON.parse(text)
        #expect(value["unquoted"] == .string("and you can quote me on that"))
        #expect(value["singleQuotes"] == .string("I can use \"double quotes\" here"))
        #expect(value["lineBreaks"] == .string("Look, Mom! No \\n's!"))
        #expect(value["hexadecimal"] == .integer(0xdecaf))
        #expect(value["leadingDecimalPoint"] == .number(0.8675309))
        #expect(value["andTrailing"] == .number(8_675_309))
        #expect(value["positiveSign"] == .integer(1))
        #expect(value["andIn"] == .array([.string("arrays")]))
        #expect(value["backwardsCompatible"] == .string("with JSON"))
    }

    @Test(
        arguments: [
            ("9223372036854775807", .integer(.max)), ("-9223372036854775808", .integer(.min)),
            ("9007199254740993", .integer(9_007_199_254_740_993)), ("-0", .integer(0)), ("1e3", .number(1_000)),
            ("-1.5", .number(-1.5)), ("true", .bool(true)), ("null", .null), ("[]", .array([])), ("{}", .object([:])),
            ("/* a */ 1 // b", .integer(1)), ("\u{FEFF}1", .integer(1)), (#""\u0041\uD83D\uDE00\n""#, .string("A😀\n")),
            ("5.e2", .number(500)),
        ] as [(String, JSONValue)]
    )
    func values(text: String, value: JSONValue) throws {
        #expect(try StrictJSON.parse(text) == value)
    }

    @Test(
        arguments: [
            ("", "line 1, column 1: the document ends where a value should follow"),
            ("{\n  \"a\": 1,\n  \"a\": 2}", "line 3, column 3: the key \"a\" is given twice"),
            ("{\"a\" 1}", "line 1, column 6: \"1\" stands where \":\" after the key \"a\" should"),
            ("[1 2]", "line 1, column 4: \"2\" stands where \",\" or \"]\" should"),
            ("{a: 1 b: 2}", "line 1, column 7: \"b\" stands where \",\" or \"}\" should"),
            ("[,]", "line 1, column 2: \",\" stands where a value should"),
            ("1 2", "line 1, column 3: \"2\" stands where the end of the document should"),
            ("ture", "line 1, column 1: \"ture\" is not a value; did you mean true?"),
            ("quick", "line 1, column 1: \"quick\" is not a value; quote strings"),
            ("NaN", "line 1, column 1: \"NaN\" is not a value; quote strings"),
            (
                "10s",
                "line 1, column 1: \"10s\" is not a number that JSON can hold exactly; quote quantities with units"
            ),
            ("9223372036854775808", nil), ("1e999", nil), ("-Infinity", nil), ("01", nil), ("0x", nil), ("0x1.8", nil),
            ("-", nil), (".", nil), ("1.2.3", nil), ("+-1", nil), ("0x-1", nil), ("1.e", nil),
            ("\"abc", "line 1, column 1: a string is not closed"),
            ("\"a\nb\"", "line 1, column 3: a string ends at the end of its line"),
            (#""\q""#, "line 1, column 2: a string holds an unknown escape"),
            (#""\u12g4""#, "line 1, column 4: \\u is not followed by four hexadecimal digits"),
            (#""\uD800x""#, nil), (#""\uDC00""#, nil), (#""\u12"#, nil), ("\"\\", nil),
            ("/* never closed", "line 1, column 1: a comment is not closed"), ("/", nil),
            ("{\"ключ\": ?}", "line 1, column 10: \"?\" stands where a value should"),
        ] as [(String, String?)]
    )
    func mistakes(text: String, message: String?) throws {
        let error = #expect(throws: StrictJSONError.self) { try StrictJSON.parse(text) }
        if let message { #expect(try #require(error).description == message) }
    }

    @Test func nestingIsBounded() throws {
        let deep = { (depth: Int) in String(repeating: "[", count: depth) + String(repeating: "]", count: depth) }
        #expect(throws: Never.self) { try StrictJSON.parse(deep(64)) }
        let error = #expect(throws: StrictJSONError.self) { try StrictJSON.parse(deep(65)) }
        #expect(try #require(error).description == "line 1, column 65: values are nested deeper than 64")
    }

    @Test func bytesMustBeUTF8() throws {
        let error = #expect(throws: StrictJSONError.self) { try StrictJSON.parse(utf8: [0x22, 0xFF, 0x22]) }
        #expect(try #require(error).description == "the document is not valid UTF-8")
        #expect(try StrictJSON.parse(utf8: Array("[1]".utf8)) == .array([.integer(1)]))
    }

    @Test func textIsValidJSONAgain() throws {
        let text = #"{"b":[1,2.5,null,true],"a":"x\"\\\n\u0001é"}"#
        let value = try StrictJSON.parse(text)
        #expect(value.description == text)
        #expect(try StrictJSON.parse(value.description) == value)
        #expect(value.excerpt(limit: 10) == "{\"b\":[1,2…")
    }

    @Test func objectsKeepTheirOrder() throws {
        var object = JSONObject()
        object["z"] = .integer(1)
        object["a"] = .integer(2)
        object["z"] = .integer(3)
        #expect(object.keys == ["z", "a"])
        object["z"] = nil
        object["none"] = nil
        #expect(object.keys == ["a"])
    }
}
