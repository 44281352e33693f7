/// JSON read strictly in meaning and leniently in form: comments and the other comforts of JSON5, but nothing lost.
///
/// Unlike a `Decodable` type, which ignores what it does not know, a ``JSONReader`` refuses unknown keys; unlike
/// `JSONDecoder`, the parser refuses a key that is written twice and tells line and column of a mistake.
package enum StrictJSON {
    /// Parses a whole document.
    ///
    /// Accepts JSON5 (https://spec.json5.org): comments, trailing commas, unquoted keys, single quotes, hexadecimal
    /// and signed numbers. Refuses what has no JSON equivalent (`NaN`, `Infinity`), integers beyond 64 bits, keys
    /// given twice, and nesting deeper than 64.
    package static func parse(_ text: String) throws(StrictJSONError) -> JSONValue {
        var parser = JSONParser(Array(text.utf8))
        return try parser.document()
    }

    /// Parses a whole document of UTF-8 bytes; a byte order mark is skipped.
    package static func parse(utf8 bytes: [UInt8]) throws(StrictJSONError) -> JSONValue {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw StrictJSONError(path: "", reason: "the document is not valid UTF-8")
        }
        return try parse(text)
    }

    /// The line of each member and element of a document by its path: `phases[1].rate` is in line 12.
    ///
    /// O(n²) in the worst case, so only for configuration files with something to complain about.
    ///
    /// - Returns: What was found up to the first mistake in the document's form.
    package static func lines(in text: String) -> [String: Int] {
        var parser = JSONParser(Array(text.utf8), recordingLines: true)
        _ = try? parser.document()
        return parser.lines
    }

    /// Parses a document whose root must be an object, and opens it for reading; `name` is what messages call it.
    package static func read(_ text: String, as name: String) throws(StrictJSONError) -> JSONReader {
        try JSONReader(parse(text), named: name)
    }
}
