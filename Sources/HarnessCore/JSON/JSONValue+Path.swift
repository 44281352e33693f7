extension JSONValue {
    /// The value that a path points to, such as `phases[1].rate`; nil where there is none.
    ///
    /// Keys may contain dots themselves: of all readings of the path the one with the longest keys that exist wins.
    package func value(at path: String) -> JSONValue? {
        guard !path.isEmpty else { return self }
        switch self {
        case .array(let values):
            guard let (index, rest) = Self.index(path), values.indices.contains(index) else { return nil }
            return values[index].value(at: rest)
        case .object(let object):
            for key in Self.keys(of: object, leading: path) {
                if let value = object[key]?.value(at: Self.rest(path.dropFirst(key.count))) { return value }
            }
            return nil
        case .null, .bool, .integer, .number, .string:
            return nil
        }
    }

    /// Puts a value where a path points to, or takes away what is there.
    ///
    /// What does not exist is added to the object that it would belong to. For the rest, see ``value(at:)``.
    ///
    /// - Parameters:
    ///   - value: The new value; nil removes the member of an object, and leaves an array as it is.
    ///   - path: Such as `phases[1].rate`.
    /// - Returns: Whether the place exists, or could be made.
    package mutating func set(_ value: JSONValue?, at path: String) -> Bool {
        switch self {
        case .array(var values):
            guard let (index, rest) = Self.index(path), values.indices.contains(index) else { return false }
            if rest.isEmpty {
                guard let value else { return false }
                values[index] = value
            } else {
                guard values[index].set(value, at: rest) else { return false }
            }
            self = .array(values)
            return true
        case .object(var object):
            let keys = Self.keys(of: object, leading: path)
            for key in keys {
                let rest = Self.rest(path.dropFirst(key.count))
                if rest.isEmpty {
                    object[key] = value
                } else {
                    guard var member = object[key], member.set(value, at: rest) else { continue }
                    object[key] = member
                }
                self = .object(object)
                return true
            }
            guard let value, !path.contains("["), !path.contains(".") else { return value == nil && keys.isEmpty }
            object[path] = value
            self = .object(object)
            return true
        case .null, .bool, .integer, .number, .string:
            return false
        }
    }

    /// The number in `[3].rest`, and what follows.
    private static func index(_ path: String) -> (index: Int, rest: String)? {
        guard path.hasPrefix("["), let end = path.firstIndex(of: "]"),
            let index = Int(path.dropFirst().prefix(upTo: end))
        else { return nil }
        return (index, rest(path[path.index(after: end)...]))
    }

    /// The keys that a path may begin with, the longest first.
    private static func keys(of object: JSONObject, leading path: String) -> [String] {
        object.keys.filter { leads($0, in: path) }.sorted { $0.count > $1.count }
    }

    private static func rest(_ text: Substring) -> String {
        String(text.hasPrefix(".") ? text.dropFirst() : text)
    }

    /// Whether a path begins with a key, and with no more of a name than that.
    private static func leads(_ key: String, in path: String) -> Bool {
        guard path.hasPrefix(key) else { return false }
        let next = path.dropFirst(key.count).first
        return next == nil || next == "." || next == "["
    }
}
