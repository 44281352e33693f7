extension Fault {
    /// The fault as text, which ``list(parsing:)`` reads: `status=503,retry_after=2s,p=0.3,at=5s,for=10s`.
    package var text: String {
        var parts = [actionText]
        if probability < 1 { parts.append("p=\(probability)") }
        if let next { parts.append("next=\(next)") }
        if atNanoseconds > 0 { parts.append("at=\(Self.text(atNanoseconds))") }
        if let durationNanoseconds { parts.append("for=\(Self.text(durationNanoseconds))") }
        if let path { parts.append("path=\(path)") }
        if let seed { parts.append("seed=\(seed)") }
        if let phase { parts.append("phase=\(phase)") }
        return parts.joined(separator: ",")
    }

    private var actionText: String {
        let kind = action.kind.rawValue
        switch action {
        case .delay(let delay): return "\(kind)=\(delay.text)"
        case .status(let status, let retryAfter):
            let pause = retryAfter.map { ",retry_after=\($0.seconds)s\($0.isDate ? ",retry_after_form=date" : "")" }
            return "\(kind)=\(status)\(pause ?? "")"
        case .partial(let items): return "\(kind)=\(items)"
        case .reset(let bytes): return bytes.map { "\(kind)=\($0)" } ?? kind
        case .slowRead(let bytes), .drip(let bytes): return "\(kind)=\(bytes)"
        case .restart(let down): return "\(kind)=\(Self.text(down))"
        case .close, .hang, .garbage, .lost, .halfClose, .refuse: return kind
        }
    }

    /// Reads faults from text: members separated by commas, faults by semicolons.
    ///
    ///     faults = fault *( ";" fault )        fault = member *( "," member )
    ///     member = key "=" value / kind        `p` is short for `probability`
    ///
    /// - Throws: ``StrictJSONError`` as for the same fault in JSON.
    package static func list(parsing text: String) throws(StrictJSONError) -> [Fault] {
        var faults: [Fault] = []
        for part in text.split(separator: ";", omittingEmptySubsequences: false) {
            let path = faults.isEmpty && !text.contains(";") ? "fault" : "fault \(faults.count + 1)"
            let object = try members(of: part, path: path)
            faults.append(try Fault(JSONReader(.object(object), named: "fault", path: path)))
        }
        return faults
    }

    private static func members(of text: Substring, path: String) throws(StrictJSONError) -> JSONObject {
        var object = JSONObject()
        for member in text.split(separator: ",", omittingEmptySubsequences: false) {
            let parts = member.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let words = parts.map { $0.trimmed }
            guard let first = words.first, !first.isEmpty, words.last?.isEmpty == false else {
                throw StrictJSONError(
                    path: path,
                    value: JSONValue.quoted(text.trimmed),
                    reason: "has an empty member",
                    hint: "write key=value,key=value, for example status=503,p=0.3,for=10s"
                )
            }
            let key = words.count == 1 ? "kind" : first == "p" ? "probability" : first
            guard object[key] == nil else {
                throw StrictJSONError(
                    path: path,
                    value: JSONValue.quoted(text.trimmed),
                    reason: "has two values for \"\(key)\""
                )
            }
            object[key] = value(of: words[words.count - 1])
        }
        return object
    }

    /// A number where the text is one, otherwise the text.
    private static func value(of text: String) -> JSONValue {
        switch try? StrictJSON.parse(text) {
        case .integer(let integer): .integer(integer)
        case .number(let number): .number(number)
        case .bool(let bool): .bool(bool)
        default: .string(text)
        }
    }

    /// A duration in the largest unit that keeps it whole.
    static func text(_ nanoseconds: UInt64) -> String {
        let units: [(UInt64, String)] = [(1_000_000_000, "s"), (1_000_000, "ms"), (1000, "us")]
        for (size, unit) in units where nanoseconds % size == 0 { return "\(nanoseconds / size)\(unit)" }
        return "\(nanoseconds)ns"
    }

    /// Reads a member that is a list of faults in any form: a text, or an array of objects and texts.
    ///
    /// - Throws: ``StrictJSONError`` with the place of the mistake.
    package static func list(_ reader: JSONReader, _ key: String) throws(StrictJSONError) -> [Fault] {
        guard let value = reader.optionalValue(key) else { return [] }
        let values: [JSONValue] = if case .array(let values) = value { values } else { [value] }
        var faults: [Fault] = []
        for (index, value) in values.enumerated() {
            let path = "\(reader.path(of: key))[\(index)]"
            guard case .string(let text) = value else {
                faults.append(try Fault(JSONReader(value, named: "fault", path: path)))
                continue
            }
            do {
                faults += try list(parsing: text)
            } catch {
                throw StrictJSONError(
                    path: path,
                    value: error.value,
                    reason: error.path.hasPrefix("fault") && error.value != nil
                        ? "(\(error.path)) \(error.reason)" : error.reason,
                    hint: error.hint
                )
            }
        }
        return faults
    }
}

extension Substring {
    /// Without spaces at either end.
    fileprivate var trimmed: String {
        String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
}
