/// Reads the members of one JSON object by name and type, and refuses those that nobody asked for.
///
/// Every access declares the key it names; ``finish()`` then throws for each member whose key was never declared.
/// Call it after the last access: until then the reader cannot know which keys exist. Not for use by several threads.
package final class JSONReader {
    /// The members as parsed.
    package let object: JSONObject
    /// Where the object stands in its document, empty for the root.
    package let path: String
    private let name: String
    private var declared: [String] = []

    /// Opens `value`, which must be an object standing at `path`; messages call the root by its `name`: `profile`.
    package init(_ value: JSONValue, named name: String, path: String = "") throws(StrictJSONError) {
        guard case .object(let object) = value else {
            throw StrictJSONError(
                path: path,
                value: value.excerpt(),
                reason: "is \(value.kind) where the \(name) needs an object"
            )
        }
        self.object = object
        self.name = path.isEmpty ? name : path
        self.path = path
    }

    /// The path of the member `key`: `phases[1].rate`.
    package func path(of key: String) -> String {
        path.isEmpty ? key : "\(path).\(key)"
    }

    /// An error about the member `key`, for rules that only the caller knows.
    package func error(_ key: String, _ reason: String, hint: String? = nil) -> StrictJSONError {
        StrictJSONError(path: path(of: key), value: object[key]?.excerpt(), reason: reason, hint: hint)
    }

    /// Whether the object has the member; declares the key.
    package func has(_ key: String) -> Bool {
        optionalValue(key) != nil
    }

    /// The member as parsed, or `nil` when absent; declares the key.
    package func optionalValue(_ key: String) -> JSONValue? {
        if !declared.contains(key) { declared.append(key) }
        return object[key]
    }

    /// The member as parsed; throws when it is absent.
    package func value(_ key: String) throws(StrictJSONError) -> JSONValue {
        try required(key, optionalValue(key))
    }

    /// All members, each declared: for objects whose keys are free, such as the options of a system.
    package func entries() -> [JSONObject.Member] {
        for key in object.keys { _ = optionalValue(key) }
        return object.members
    }

    /// Throws unless every member was asked for, naming the first that was not and the nearest key that exists.
    package func finish() throws(StrictJSONError) {
        guard let unknown = object.keys.first(where: { !declared.contains($0) }) else { return }
        let unused = declared.filter { object[$0] == nil }
        let nearest = Suggestion.nearest(to: unknown, in: unused) ?? Suggestion.nearest(to: unknown, in: declared)
        throw StrictJSONError(
            path: "",
            reason: "unknown key \"\(unknown)\" in \(name)",
            hint: nearest.map { "did you mean \"\($0)\"?" }
                ?? "known keys: \(declared.sorted().joined(separator: ", "))",
            member: path(of: unknown)
        )
    }

    /// The hint that goes with a missing member when another is near.
    package static func misspelling(_ key: String) -> String {
        "is \"\(key)\" meant to be it?"
    }

    /// `value` or, where it is `nil`, the error that `key` is missing.
    func required<Value>(_ key: String, _ value: Value?) throws(StrictJSONError) -> Value {
        if let value { return value }
        let keys = object.keys.filter { !declared.contains($0) }
        throw StrictJSONError(
            path: "",
            reason: "\(name) has no \"\(key)\"",
            hint: Suggestion.nearest(to: key, in: keys).map(Self.misspelling),
            member: path(of: key)
        )
    }
}
