extension JSONReader {
    /// A duration such as `"250ms"` in nanoseconds, or `nil` when the key is absent.
    package func optionalDuration(_ key: String) throws(StrictJSONError) -> UInt64? {
        try optionalQuantity(key, "a duration", "\"250ms\"", Quantity.durationNanoseconds)
    }

    /// A duration in nanoseconds; throws when it is absent.
    package func duration(_ key: String) throws(StrictJSONError) -> UInt64 {
        try required(key, optionalDuration(key))
    }

    /// A size such as `"20MB"`, or a whole number of bytes; `nil` when the key is absent.
    package func optionalBytes(_ key: String) throws(StrictJSONError) -> UInt64? {
        if case .integer = optionalValue(key) { return try optionalInteger(key, in: 0...UInt64(Int64.max)) }
        return try optionalQuantity(key, "a size", "\"20MB\"", Quantity.bytes)
    }

    /// A size in bytes; throws when it is absent.
    package func bytes(_ key: String) throws(StrictJSONError) -> UInt64 {
        try required(key, optionalBytes(key))
    }

    /// A rate such as `"1000/s"` or `"max"`, or a whole number of events a second; `nil` when the key is absent.
    package func optionalRate(_ key: String) throws(StrictJSONError) -> Rate? {
        if case .integer(let events) = optionalValue(key), events > 0 {
            return Rate.every(nanoseconds: 1_000_000_000, events: UInt64(events))
        }
        return try optionalQuantity(key, "a rate", "\"1000/s\"", Quantity.rate)
    }

    /// A rate; throws when it is absent.
    package func rate(_ key: String) throws(StrictJSONError) -> Rate {
        try required(key, optionalRate(key))
    }

    /// A count such as `"10k"`, or a whole number; `nil` when the key is absent.
    package func optionalCount(_ key: String) throws(StrictJSONError) -> UInt64? {
        if case .integer = optionalValue(key) { return try optionalInteger(key, in: 0...UInt64(Int64.max)) }
        return try optionalQuantity(key, "a count", "\"10k\" or 10000", Quantity.count)
    }

    /// A count; throws when it is absent.
    package func count(_ key: String) throws(StrictJSONError) -> UInt64 {
        try required(key, optionalCount(key))
    }

    private func optionalQuantity<Value>(
        _ key: String,
        _ kind: String,
        _ example: String,
        _ parse: (String) throws(QuantityError) -> Value
    ) throws(StrictJSONError) -> Value? {
        guard let value = optionalValue(key) else { return nil }
        guard case .string(let text) = value else { throw wrongType(key, "\(kind) such as \(example)") }
        do {
            return try parse(text)
        } catch {
            throw StrictJSONError(
                path: path(of: key),
                value: value.excerpt(),
                reason: "is not \(error.kind): \(error.reason)",
                hint: error.isGuess ? "did you mean \"\(error.example)\"?" : "for example \"\(error.example)\""
            )
        }
    }
}
