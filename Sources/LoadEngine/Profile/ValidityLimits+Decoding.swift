import HarnessCore

extension ValidityLimits {
    /// Reads the object `validity` of a profile; without one the defaults hold.
    ///
    ///     "validity": {"lag_p99": "< 5ms", "steal_percent": "<= 2%", "other_cpu_percent": "off", "policy": "warning"}
    ///
    /// - Throws: `StrictJSONError` for an unknown key, or a value that is no limit of its unit.
    init(_ reader: JSONReader?) throws(StrictJSONError) {
        self.init()
        guard let reader else { return }
        policy = try reader.optionalChoice("policy") ?? policy
        for name in Name.allCases where reader.has(name.rawValue) {
            set(name, try Self.limit(name, reader))
        }
        try reader.finish()
    }

    private static func limit(_ name: Name, _ reader: JSONReader) throws(StrictJSONError) -> Limit {
        let key = name.rawValue
        let text = try reader.nonEmptyString(key)
        if text == "off" { return .off }
        let orEqual = text.hasPrefix("<=")
        guard text.hasPrefix("<") else {
            let hint = text.first?.isNumber == true ? "did you mean \"< \(text)\"?" : "for example \"\(example(name))\""
            throw reader.error(key, "is not a limit: it does not begin with < or <=, and is not \"off\"", hint: hint)
        }
        let number = String(text.dropFirst(orEqual ? 2 : 1).drop { $0 == " " })
        do {
            return .below(try value(number, name.unit), orEqual: orEqual)
        } catch {
            throw reader.error(
                key,
                "is not a limit: \"\(number)\" is not \(error.kind): \(error.reason)",
                hint: "for example \"\(example(name))\""
            )
        }
    }

    private static func value(_ text: String, _ unit: Unit) throws(QuantityError) -> Double {
        switch unit {
        case .nanoseconds: return Double(try Quantity.durationNanoseconds(text))
        case .bytes: return Double(try Quantity.bytes(text))
        case .percent:
            let digits = String((text.hasSuffix("%") ? text.dropLast() : text[...]).prefix { $0 != " " })
            guard digits.first?.isNumber == true, let value = Double(digits), value.isFinite else {
                throw QuantityError(
                    kind: "a percentage",
                    value: text,
                    reason: "it is not a number with or without a percent sign",
                    example: "5%"
                )
            }
            return value
        }
    }

    private static func example(_ name: Name) -> String {
        switch name.unit {
        case .nanoseconds: "< 5ms"
        case .percent: "< 5%"
        case .bytes: "< 1MB"
        }
    }
}
