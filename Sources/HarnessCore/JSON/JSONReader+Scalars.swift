extension JSONReader {
    /// A string, or `nil` when the key is absent.
    package func optionalString(_ key: String) throws(StrictJSONError) -> String? {
        guard let value = optionalValue(key) else { return nil }
        guard case .string(let string) = value else { throw wrongType(key, "a string") }
        return string
    }

    /// A string; throws when it is absent.
    package func string(_ key: String) throws(StrictJSONError) -> String {
        try required(key, optionalString(key))
    }

    /// A string that is not empty; throws when it is absent.
    package func nonEmptyString(_ key: String) throws(StrictJSONError) -> String {
        let string = try string(key)
        guard !string.isEmpty else { throw error(key, "is empty") }
        return string
    }

    /// A Boolean, or `nil` when the key is absent.
    package func optionalBool(_ key: String) throws(StrictJSONError) -> Bool? {
        guard let value = optionalValue(key) else { return nil }
        guard case .bool(let bool) = value else { throw wrongType(key, "true or false") }
        return bool
    }

    /// A Boolean; throws when it is absent.
    package func bool(_ key: String) throws(StrictJSONError) -> Bool {
        try required(key, optionalBool(key))
    }

    /// An exact integer within `range`, or `nil` when the key is absent.
    package func optionalInteger<Value: FixedWidthInteger>(
        _ key: String,
        in range: ClosedRange<Value>
    ) throws(StrictJSONError) -> Value? {
        guard let value = optionalValue(key) else { return nil }
        guard case .integer(let integer) = value else {
            if case .number = value { throw error(key, "is not a whole number") }
            throw wrongType(key, "a whole number")
        }
        guard let exact = Value(exactly: integer), range.contains(exact) else {
            throw error(key, "is out of range", hint: "allowed: \(range.lowerBound) to \(range.upperBound)")
        }
        return exact
    }

    /// An exact integer within `range`; throws when it is absent.
    package func integer<Value: FixedWidthInteger>(
        _ key: String,
        in range: ClosedRange<Value>
    ) throws(StrictJSONError) -> Value {
        try required(key, optionalInteger(key, in: range))
    }

    /// Any number, or `nil` when the key is absent.
    package func optionalNumber(_ key: String) throws(StrictJSONError) -> Double? {
        guard let value = optionalValue(key) else { return nil }
        guard let number = value.doubleValue else { throw wrongType(key, "a number") }
        return number
    }

    /// Any number; throws when it is absent.
    package func number(_ key: String) throws(StrictJSONError) -> Double {
        try required(key, optionalNumber(key))
    }

    /// One of the cases of an enumeration of strings, or `nil` when the key is absent.
    package func optionalChoice<Choice: RawRepresentable & CaseIterable>(
        _ key: String,
        of _: Choice.Type = Choice.self
    ) throws(StrictJSONError) -> Choice? where Choice.RawValue == String {
        guard let text = try optionalString(key) else { return nil }
        if let choice = Choice(rawValue: text) { return choice }
        let names = Choice.allCases.map(\.rawValue)
        let nearest = Suggestion.nearest(to: text, in: names).map { ", did you mean \"\($0)\"?" } ?? ""
        throw error(key, "is not one of the known values", hint: "known: \(names.joined(separator: ", "))\(nearest)")
    }

    /// One of the cases of an enumeration of strings; throws when it is absent.
    package func choice<Choice: RawRepresentable & CaseIterable>(
        _ key: String,
        of type: Choice.Type = Choice.self
    ) throws(StrictJSONError) -> Choice where Choice.RawValue == String {
        try required(key, optionalChoice(key, of: type))
    }

    /// The error of a member that has another type than `expected`.
    func wrongType(_ key: String, _ expected: String) -> StrictJSONError {
        error(key, "is \(object[key]?.kind ?? "absent"), not \(expected)")
    }
}
