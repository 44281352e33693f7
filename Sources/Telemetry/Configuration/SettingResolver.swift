/// Decides one setting after the other: explicit, then the environment, then the default.
///
/// Pure but for its `warn`.
struct SettingResolver {
    private let variables: [String: String]
    private let warn: (String) -> Void
    private var warned: Set<String> = []
    /// Where each setting came from, by its field.
    private(set) var origins: [String: ConfigurationOrigin] = [:]

    init(variables: [String: String], warn: @escaping (String) -> Void) {
        self.variables = variables
        self.warn = warn
    }

    /// Decides a setting.
    ///
    /// - Parameters:
    ///   - field: Its name, for `origins`.
    ///   - explicit: What the program said.
    ///   - names: The variables that decide it, the strongest first.
    ///   - kind: How their texts are read.
    ///   - fallback: The default.
    /// - Returns: The first value that there is.
    mutating func resolve<Value>(
        _ field: String,
        _ explicit: Value?,
        from names: [String],
        as kind: EnvironmentValue<Value>,
        otherwise fallback: @autoclosure () -> Value
    ) -> Value {
        if let explicit {
            origins[field] = .explicit
            return explicit
        }
        for name in names {
            guard let value = read(name, as: kind) else { continue }
            origins[field] = .environment(name)
            return value
        }
        origins[field] = .byDefault
        return fallback()
    }

    /// Decides a setting that no variable speaks of.
    mutating func resolve<Value>(_ field: String, _ explicit: Value?, otherwise fallback: Value) -> Value {
        origins[field] = explicit == nil ? .byDefault : .explicit
        return explicit ?? fallback
    }

    /// The text of a variable; one that is empty is not set.
    func text(_ name: String) -> String? {
        guard let text = variables[name], !text.allSatisfy(\.isWhitespace) else { return nil }
        return text
    }

    /// The value of a variable, or nil, with a warning if there is something that cannot be read.
    mutating func read<Value>(_ name: String, as kind: EnvironmentValue<Value>) -> Value? {
        guard let text = text(name) else { return nil }
        let trimmed = text.trimmingBlanks
        guard let value = kind.parse(trimmed) else {
            report(name, "'\(name.hasSuffix("HEADERS") ? "…" : trimmed)' is not \(kind.expectation); it is ignored")
            return nil
        }
        return value
    }

    /// Warns about a variable, once.
    mutating func report(_ name: String, _ message: String) {
        guard warned.insert(name).inserted else { return }
        warn("\(name): \(message)")
    }

    /// Records where a setting came from that was decided elsewhere.
    mutating func note(_ field: String, _ origin: ConfigurationOrigin) {
        origins[field] = origin
    }
}

extension String {
    /// The text without white space at its ends.
    fileprivate var trimmingBlanks: String {
        var rest = drop(while: \.isWhitespace)
        while rest.last?.isWhitespace == true { rest.removeLast() }
        return String(rest)
    }
}
