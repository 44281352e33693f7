import HTTP

/// How the text of an environment variable becomes a value.
struct EnvironmentValue<Value>: Sendable {
    /// What a good text is, as it stands in a warning behind "is not".
    let expectation: String
    /// The value, or nil if the text is not good.
    let parse: @Sendable (String) -> Value?

    /// The same for a setting that may also be absent.
    var optional: EnvironmentValue<Value?> {
        EnvironmentValue<Value?>(expectation: expectation) { text in parse(text).map(Optional.some) }
    }
}

extension EnvironmentValue where Value == String {
    /// Any text.
    static let text = EnvironmentValue(expectation: "a text") { $0 }
}

extension EnvironmentValue where Value == Int {
    /// A number from `minimum` on.
    static func count(from minimum: Int) -> EnvironmentValue {
        EnvironmentValue(expectation: "a whole number, \(minimum) or more") { text in
            Int(text).flatMap { $0 >= minimum ? $0 : nil }
        }
    }
}

extension EnvironmentValue where Value == Bool {
    /// OpenTelemetry's: `true` is true, `false` is false, in any case.
    static let strictBoolean = EnvironmentValue(expectation: "true or false") { text in
        switch text.lowercased() {
        case "true": true
        case "false": false
        default: nil
        }
    }

    /// Ours: what people write for yes and no.
    static let boolean = EnvironmentValue(expectation: "true or false") { text in
        switch text.lowercased() {
        case "true", "1", "yes", "on": true
        case "false", "0", "no", "off": false
        default: nil
        }
    }
}

extension EnvironmentValue where Value == Duration {
    /// A positive number of milliseconds: OpenTelemetry's form.
    static let milliseconds = EnvironmentValue(expectation: "a positive number of milliseconds") { text in
        Int64(text).flatMap { $0 > 0 ? .milliseconds($0) : nil }
    }

    /// Positive; a plain number means seconds.
    static let seconds = EnvironmentValue(expectation: "a positive duration such as 5, 0.5 or 250ms") { text in
        let units: [(suffix: String, scale: Double)] = [("ms", 1e-3), ("s", 1), ("m", 60), ("", 1)]
        guard let unit = units.first(where: { text.hasSuffix($0.suffix) }),
            let number = Double(text.dropLast(unit.suffix.count)), number > 0, number * unit.scale < 1e9
        else { return nil }
        let duration = Duration.seconds(number * unit.scale)
        return duration > .zero ? duration : nil
    }
}

extension EnvironmentValue where Value: RawRepresentable & CaseIterable & Sendable, Value.RawValue == String {
    /// One of the names of an enumeration.
    static var choice: EnvironmentValue {
        let names = Value.allCases.map(\.rawValue)
        return EnvironmentValue(expectation: "one of " + names.joined(separator: ", ")) { text in
            Value(rawValue: text.lowercased())
        }
    }
}

extension EnvironmentValue where Value == PrivacySettings {
    /// Whether the standard rules are on.
    static let privacy = EnvironmentValue(expectation: "on or off") { text in
        EnvironmentValue<Bool>.boolean.parse(text).map { $0 ? .standard : .off }
    }
}

extension EnvironmentValue where Value == ExportDestination {
    /// An address, to which a signal's path is appended or not.
    static func destination(
        appending suffix: String?,
        secureTransport: SecureTransportFactory?
    ) -> EnvironmentValue {
        let scheme = secureTransport == nil ? "http://" : "http:// or https://"
        return EnvironmentValue(expectation: "an \(scheme) address that this client can send to") { text in
            try? ExportDestination(parsing: text, appending: suffix, secureTransport: secureTransport)
        }
    }
}

extension EnvironmentValue where Value == Double {
    /// A share.
    static let ratio = EnvironmentValue(expectation: "a number from 0 to 1") { text in
        Double(text).flatMap { (0...1).contains($0) ? $0 : nil }
    }
}

extension EnvironmentValue where Value == [(name: String, value: String)] {
    /// `name=value,name=value`, values percent-encoded: the form of resource attributes.
    static let pairs = EnvironmentValue(expectation: "a list such as key=value,key=value") { text in
        KeyValueList.parse(text)
    }

    /// The same with names and values that HTTP can carry.
    static let headers = EnvironmentValue(expectation: "a list of headers such as name=value,name=value") { text in
        KeyValueList.parse(text).flatMap { pairs in
            pairs.allSatisfy { HTTPHeaders.isValidName($0.name) && HTTPHeaders.isValidValue($0.value) } ? pairs : nil
        }
    }
}
