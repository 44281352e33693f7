extension Fault {
    /// The longest time that a fault may be asked to last, wait or delay.
    private static let longest: UInt64 = 86_400_000_000_000

    /// How long a restart takes if nothing is said.
    private static let restartNanoseconds: UInt64 = 100_000_000

    /// Statuses that an OTLP client may meet.
    private static let statuses = 400...599

    /// Reads and checks a fault; the kind is a member `kind`, or follows from the member that is named like one.
    ///
    /// - Throws: ``StrictJSONError`` with the value, the reason and what to write instead.
    package init(_ reader: JSONReader) throws(StrictJSONError) {
        let kind = try Self.kind(reader)
        self.init(try Self.action(kind, reader))
        if let probability = try reader.optionalNumber("probability") {
            guard probability > 0, probability <= 1 else {
                throw reader.error("probability", "is not a chance", hint: "use a number above 0 and at most 1")
            }
            self.probability = probability
        }
        next = try reader.optionalInteger("next", in: 1...UInt64(UInt32.max))
        atNanoseconds = try Self.time("at", reader) ?? 0
        durationNanoseconds = try Self.time("for", reader)
        path = try Self.path(reader)
        seed = try reader.optionalInteger("seed", in: 0...UInt64(Int64.max))
        phase = reader.has("phase") ? try reader.nonEmptyString("phase") : nil
        try check(reader)
        try reader.finish()
    }

    private static func kind(_ reader: JSONReader) throws(StrictJSONError) -> FaultKind {
        let named = FaultKind.allCases.filter { reader.object[$0.rawValue] != nil }
        if let kind = try reader.optionalChoice("kind", of: FaultKind.self) {
            if let other = named.first(where: { $0 != kind }) {
                throw reader.error(
                    other.rawValue,
                    "belongs to another kind than \"\(kind.rawValue)\"",
                    hint: "make two faults of it"
                )
            }
            return kind
        }
        guard let kind = named.first else {
            let known = FaultKind.allCases.map(\.rawValue)
            let guess = reader.object.keys.lazy.compactMap { Suggestion.nearest(to: $0, in: known) }.first
            throw StrictJSONError(
                path: reader.path,
                value: JSONValue.object(reader.object).excerpt(),
                reason: "does not say what kind of fault it is",
                hint: guess.map { "did you mean \"\($0)\"?" } ?? "kinds: \(known.joined(separator: ", "))"
            )
        }
        guard named.count == 1 else {
            throw reader.error(
                named[1].rawValue,
                "is a second kind beside \"\(kind.rawValue)\"",
                hint: "make two faults of it"
            )
        }
        return kind
    }

    private static func action(_ kind: FaultKind, _ reader: JSONReader) throws(StrictJSONError) -> Action {
        let key = kind.rawValue
        guard let example = kind.exampleValue else {
            // `"close": true` is the same as `"kind": "close"`.
            switch kind {
            case .restart:
                let down = isSwitch(reader, key) ? nil : try time(key, reader)
                guard down != 0 else { throw reader.error(key, "is no time", hint: "for example \"200ms\"") }
                return .restart(downNanoseconds: down ?? restartNanoseconds)
            case .reset:
                let bytes = isSwitch(reader, key) ? nil : try reader.optionalBytes(key)
                return .reset(afterBytes: bytes)
            default:
                guard reader.object[key] == nil || isSwitch(reader, key) else {
                    throw reader.error(key, "has no value of its own", hint: "write {\"kind\": \"\(key)\"}")
                }
            }
            switch kind {
            case .close: return .close
            case .hang: return .hang
            case .garbage: return .garbage
            case .lost: return .lost
            case .halfClose: return .halfClose
            default: return .refuse
            }
        }
        guard reader.object[key] != nil else {
            throw reader.error(key, "is missing", hint: "write for example \"\(key)\": \(example)")
        }
        switch kind {
        case .delay: return .delay(try delay(reader))
        case .status: return .status(try reader.integer("status", in: statuses), try retryAfter(reader))
        case .partial: return .partial(try reader.integer("partial", in: 1...1_000_000))
        case .slowRead: return .slowRead(bytesPerSecond: try bytesPerSecond(key, reader))
        default: return .drip(bytesPerSecond: try bytesPerSecond(key, reader))
        }
    }

    /// Whether a member is there as a mere `true`.
    private static func isSwitch(_ reader: JSONReader, _ key: String) -> Bool {
        reader.optionalValue(key) == .bool(true)
    }

    private static func delay(_ reader: JSONReader) throws(StrictJSONError) -> FaultDelay {
        let hint = "for example \"250ms\", \"uniform:1ms..5ms\" or \"exponential:5ms\""
        guard let text = reader.optionalValue("delay")?.stringValue else {
            throw reader.error("delay", "has no unit", hint: hint)
        }
        do {
            if let delay = try FaultDelay.parse(text) { return delay }
        } catch {
            throw reader.error("delay", "is not a delay: \(error.reason)", hint: hint)
        }
        throw reader.error("delay", "is not a delay", hint: hint)
    }

    private static func retryAfter(_ reader: JSONReader) throws(StrictJSONError) -> FaultRetryAfter? {
        enum Form: String, CaseIterable { case seconds, date }
        let form = try reader.optionalChoice("retry_after_form", of: Form.self)
        guard let time = try time("retry_after", reader) else {
            guard form == nil else {
                throw reader.error(
                    "retry_after_form",
                    "has no effect without \"retry_after\"",
                    hint: "add \"retry_after\": \"2s\""
                )
            }
            return nil
        }
        guard time % 1_000_000_000 == 0 else {
            throw reader.error(
                "retry_after",
                "is not a whole number of seconds",
                hint: "HTTP knows no finer; for example \"1s\""
            )
        }
        return FaultRetryAfter(seconds: time / 1_000_000_000, isDate: form == .date)
    }

    private static func bytesPerSecond(_ key: String, _ reader: JSONReader) throws(StrictJSONError) -> UInt64 {
        // Written as `10KB/s` too.
        var object = reader.object
        if let text = object[key]?.stringValue, text.hasSuffix("/s") { object[key] = .string(String(text.dropLast(2))) }
        let bytes = try JSONReader(.object(object), named: "fault", path: reader.path).bytes(key)
        _ = reader.has(key)
        guard bytes > 0 else {
            throw reader.error(key, "is no speed", hint: "for example \"10KB\", which is a second's")
        }
        return bytes
    }

    private static func time(_ key: String, _ reader: JSONReader) throws(StrictJSONError) -> UInt64? {
        guard let time = try reader.optionalDuration(key) else { return nil }
        guard time <= longest else { throw reader.error(key, "is longer than a day", hint: "use at most \"24h\"") }
        return time
    }

    private static func path(_ reader: JSONReader) throws(StrictJSONError) -> String? {
        guard let path = try reader.optionalString("path") else { return nil }
        guard path.hasPrefix("/v1/") else {
            throw reader.error("path", "is not the path of a signal", hint: "use /v1/logs, /v1/traces or /v1/metrics")
        }
        return path
    }

    /// Rules about several members.
    private func check(_ reader: JSONReader) throws(StrictJSONError) {
        let kind = action.kind
        if durationNanoseconds == 0 {
            throw reader.error("for", "is no time", hint: "use a longer one, for example \"10s\"")
        }
        if kind.isOfListener {
            for key in ["probability", "next", "path", "seed"] where reader.object[key] != nil {
                throw reader.error(
                    key,
                    "has no meaning for \"\(kind.rawValue)\", which concerns all connections",
                    hint: "remove it"
                )
            }
        }
        if kind == .restart, reader.object["for"] != nil {
            throw reader.error(
                "for",
                "has no meaning for \"restart\"",
                hint: "say how long it is down: \"restart\": \"200ms\""
            )
        }
        if kind == .partial, path == "/v1/metrics" {
            throw reader.error("path", "has no items to reject one by one", hint: "use /v1/logs or /v1/traces")
        }
    }
}
