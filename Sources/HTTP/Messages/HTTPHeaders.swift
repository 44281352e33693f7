/// The fields of a message in their order; names are looked up without regard to case.
///
/// All text lies in one array of bytes and the fields point into it, so a parsed head of any size costs two
/// allocations, and none where an earlier one's storage is used again.
package struct HTTPHeaders: Sendable {
    /// Where a field's name and value lie in `bytes`.
    struct Field: Sendable {
        var nameStart: UInt32
        var nameCount: UInt32
        var valueStart: UInt32
        var valueCount: UInt32
    }

    private(set) var bytes: [UInt8] = []
    private(set) var fields: [Field] = []

    /// No fields.
    package init() {}

    /// How many fields there are; a name that occurs twice counts twice.
    package var count: Int {
        fields.count
    }

    /// Whether there are no fields.
    package var isEmpty: Bool {
        fields.isEmpty
    }

    /// Adds a field at the end, also if the name is there already.
    ///
    /// Name and value must pass `isValidName` and `isValidValue`: a value with a line break would forge fields.
    package mutating func append(_ name: String, _ value: String) {
        precondition(Self.isValidName(name), "not a header name: \(name.debugDescription)")
        precondition(Self.isValidValue(value), "not a header value: \(value.debugDescription)")
        let nameStart = UInt32(bytes.count)
        bytes.append(contentsOf: name.utf8)
        let valueStart = UInt32(bytes.count)
        bytes.append(contentsOf: value.utf8)
        fields.append(
            Field(
                nameStart: nameStart,
                nameCount: valueStart - nameStart,
                valueStart: valueStart,
                valueCount: UInt32(bytes.count) - valueStart
            )
        )
    }

    /// Forgets all fields and keeps the storage.
    package mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
        fields.removeAll(keepingCapacity: true)
    }

    /// Takes over the bytes of a head, for fields that the parser then adds by their place in it.
    mutating func begin(copying head: UnsafeRawBufferPointer) {
        removeAll()
        bytes.append(contentsOf: head)
    }

    /// Adds a field whose text lies in the bytes taken over, at places below 2^32.
    mutating func appendField(name: Range<Int>, value: Range<Int>) {
        fields.append(
            Field(
                nameStart: UInt32(name.lowerBound),
                nameCount: UInt32(name.count),
                valueStart: UInt32(value.lowerBound),
                valueCount: UInt32(value.count)
            )
        )
    }
}

// MARK: - Looking up

extension HTTPHeaders {
    /// The first field's value, or nil if there is none of that name.
    ///
    /// Bytes that are not UTF-8 are replaced.
    package subscript(name: String) -> String? {
        firstIndex(of: name).map(value(at:))
    }

    /// The values of all fields of that name, in their order.
    package func values(of name: String) -> [String] {
        fields.indices.filter { hasName(name, at: $0) }.map(value(at:))
    }

    /// Whether a field of that name lists the token, as `Connection: keep-alive, close` lists `close`.
    ///
    /// Upper and lower case count the same. Allocates nothing.
    package func lists(_ token: String, in name: String) -> Bool {
        for index in fields.indices where hasName(name, at: index) {
            for element in valueBytes(at: index).split(separator: UInt8(ascii: ",")) {
                if element.trimmingOptionalWhitespace.equalsIgnoringCase(token) {
                    return true
                }
            }
        }
        return false
    }

    /// Whether the field's media type is this one, whatever its parameters: `application/json; charset=utf-8`.
    ///
    /// False if there is no such field. Allocates nothing.
    package func hasMediaType(_ type: String, in name: String = "Content-Type") -> Bool {
        guard let index = firstIndex(of: name) else {
            return false
        }
        let value = valueBytes(at: index)
        let end = value.firstIndex(of: UInt8(ascii: ";")) ?? value.endIndex
        return value[..<end].trimmingOptionalWhitespace.equalsIgnoringCase(type)
    }

    /// How many fields have that name.
    func countOfFields(named name: String) -> Int {
        fields.indices.count { hasName(name, at: $0) }
    }

    func firstIndex(of name: String) -> Int? {
        fields.indices.first { hasName(name, at: $0) }
    }

    func hasName(_ name: String, at index: Int) -> Bool {
        // Most names differ in length: no byte is looked at then.
        Int(fields[index].nameCount) == name.utf8.count && nameBytes(at: index).equalsIgnoringCase(name)
    }

    func nameBytes(at index: Int) -> ArraySlice<UInt8> {
        let start = Int(fields[index].nameStart)
        return bytes[start..<start + Int(fields[index].nameCount)]
    }

    func valueBytes(at index: Int) -> ArraySlice<UInt8> {
        let start = Int(fields[index].valueStart)
        return bytes[start..<start + Int(fields[index].valueCount)]
    }

    private func value(at index: Int) -> String {
        String(decoding: valueBytes(at: index), as: UTF8.self)
    }
}

// MARK: - Validity

extension HTTPHeaders {
    /// Whether `name` is a token: "1*tchar" (RFC 9110, section 5.6.2, https://www.rfc-editor.org/rfc/rfc9110).
    package static func isValidName(_ name: String) -> Bool {
        !name.isEmpty && name.utf8.allSatisfy(\.isTokenCharacter)
    }

    /// Whether `value` has no control characters but tab, and no white space at its ends (RFC 9110, section 5.5).
    package static func isValidValue(_ value: String) -> Bool {
        let bytes = value.utf8
        return bytes.allSatisfy(\.isFieldCharacter)
            && bytes.first?.isOptionalWhitespace != true
            && bytes.last?.isOptionalWhitespace != true
    }
}

// MARK: - Conformances

extension HTTPHeaders: ExpressibleByDictionaryLiteral {
    /// Fields in the order written; a name may occur several times.
    package init(dictionaryLiteral elements: (String, String)...) {
        for (name, value) in elements {
            append(name, value)
        }
    }
}

extension HTTPHeaders: Sequence {
    /// Walks over the fields as pairs of strings.
    ///
    /// For logs and tests: it allocates.
    package func makeIterator() -> some IteratorProtocol<(name: String, value: String)> {
        fields.indices.lazy.map { index in
            (name: String(decoding: nameBytes(at: index), as: UTF8.self), value: value(at: index))
        }.makeIterator()
    }
}

extension HTTPHeaders: Equatable {
    /// Whether both have the same fields in the same order, names compared without regard to case.
    package static func == (left: HTTPHeaders, right: HTTPHeaders) -> Bool {
        left.count == right.count
            && left.fields.indices.allSatisfy { index in
                left.valueBytes(at: index) == right.valueBytes(at: index)
                    && left.nameBytes(at: index).lazy.map(\.lowercased)
                        .elementsEqual(right.nameBytes(at: index).lazy.map(\.lowercased))
            }
    }
}

extension HTTPHeaders: CustomStringConvertible {
    /// `["Host": "127.0.0.1", "Accept": "*/*"]`.
    package var description: String {
        "[" + map { "\($0.name.debugDescription): \($0.value.debugDescription)" }.joined(separator: ", ") + "]"
    }
}
