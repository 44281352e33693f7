extension JSONReader {
    /// A nested object, or `nil` when the key is absent.
    package func optionalObject(_ key: String) throws(StrictJSONError) -> JSONReader? {
        guard let value = optionalValue(key) else { return nil }
        guard case .object = value else { throw wrongType(key, "an object") }
        return try JSONReader(value, named: key, path: path(of: key))
    }

    /// A nested object; throws when it is absent.
    package func object(_ key: String) throws(StrictJSONError) -> JSONReader {
        try required(key, optionalObject(key))
    }

    /// An array of any values, or `nil` when the key is absent.
    package func optionalArray(_ key: String) throws(StrictJSONError) -> [JSONValue]? {
        guard let value = optionalValue(key) else { return nil }
        guard case .array(let values) = value else { throw wrongType(key, "an array") }
        return values
    }

    /// An array of any values; throws when it is absent.
    package func array(_ key: String) throws(StrictJSONError) -> [JSONValue] {
        try required(key, optionalArray(key))
    }

    /// An array of objects, each with its own reader and path; throws when it is absent or holds anything else.
    package func objects(_ key: String) throws(StrictJSONError) -> [JSONReader] {
        var readers: [JSONReader] = []
        for (index, value) in try array(key).enumerated() {
            readers.append(try JSONReader(value, named: key, path: "\(path(of: key))[\(index)]"))
        }
        return readers
    }
}
