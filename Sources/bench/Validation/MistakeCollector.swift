import HarnessCore

/// Finds every mistake in a document with a check that stops at the first.
///
/// After each mistake the member to blame is taken out, or replaced by something that the check takes, and the rest is
/// checked again. What cannot be judged without the mended value is left out rather than guessed at.
struct MistakeCollector {
    /// The mistakes found, in the order in which the check met them.
    private(set) var mistakes: [StrictJSONError] = []
    /// The document as far as it could be mended.
    private(set) var document: JSONValue
    /// Whether there may be more that could not be seen past the last.
    private(set) var isIncomplete = false

    private static let limit = 100

    /// Checks a document until nothing is left to complain about.
    ///
    /// - Parameters:
    ///   - document: The document, which is JSON.
    ///   - check: Throws the first mistake.
    init(_ document: JSONValue, check: (JSONValue) throws(StrictJSONError) -> Void) {
        self.document = document
        var next = Self.first(document, check)
        while let mistake = next {
            if !isKnown(mistake) { mistakes.append(mistake) }
            guard mistakes.count < Self.limit, let mended = mend(mistake, check) else {
                isIncomplete = true
                return
            }
            (self.document, next) = mended
        }
    }

    /// The document without a mistake, and the mistake that comes then.
    private func mend(
        _ mistake: StrictJSONError,
        _ check: (JSONValue) throws(StrictJSONError) -> Void
    ) -> (JSONValue, StrictJSONError?)? {
        for (place, value) in replacements(for: mistake) {
            var candidate = document
            guard candidate.set(value, at: place) else { continue }
            let next = Self.first(candidate, check)
            // A complaint about the same place, about what it belongs to or what is in it, or about what was known before,
            // is one that the replacement has earned.
            if let next,
                Self.holds(next.member, mistake.member) || Self.holds(mistake.member, next.member)
                    || mistakes.contains(where: { $0.member == next.member })
            {
                continue
            }
            return (candidate, next)
        }
        return nil
    }

    /// Whether a misspelt key was named already, as what a missing one is meant to be.
    private func isKnown(_ mistake: StrictJSONError) -> Bool {
        guard let key = mistake.member.split(separator: ".").last else { return false }
        let parent = mistake.member.dropLast(key.count)
        return mistake.path.isEmpty
            && mistakes.contains { $0.member.hasPrefix(parent) && $0.hint == JSONReader.misspelling(String(key)) }
    }

    /// Whether one path is the other, or leads to it.
    private static func holds(_ outer: String, _ inner: String) -> Bool {
        guard inner.hasPrefix(outer) else { return false }
        let next = inner.dropFirst(outer.count).first
        return outer.isEmpty || next == nil || next == "." || next == "["
    }

    /// What to try in the place of a mistake.
    private func replacements(for mistake: StrictJSONError) -> [(place: String, value: JSONValue?)] {
        let member = mistake.member
        guard !member.isEmpty else { return [] }
        let serial = mistakes.count
        // What a phase or a gate is decides over all its other members: nothing can be said of them without it.
        if let element = Self.element(of: member, in: "phases", key: "shape") {
            let name = document.value(at: "\(element).name")
            return [(element, Self.phase(name?.stringValue ?? "mended-\(serial)"))]
        }
        if let element = Self.element(of: member, in: "gates", key: "metric") {
            return [(element, .object(gate(serial)))]
        }
        let values: [JSONValue] = [
            .string("1s"), .integer(1), .string("1/s"), .string("mended-\(serial)"), .bool(true), .string("== 1"),
            .object([:]), .array([Self.phase("mended-\(serial)")]),
        ]
        let whole: [(place: String, value: JSONValue?)] =
            Self.element(holding: member, in: "gates").map { [($0, .object(gate(serial)))] } ?? []
        return [(member, nil)] + values.map { (member, $0) } + whole
    }

    /// A gate that nothing can be said against, unlike all others.
    private func gate(_ serial: Int) -> JSONObject {
        ["profile": .string("*"), "metric": .string("attempted"), "budget": .string("== \(1_000_000 + serial)")]
    }

    /// A phase that nothing can be said against.
    private static func phase(_ name: String) -> JSONValue {
        .object(["name": .string(name), "shape": .string("idle"), "duration": .string("1s")])
    }

    /// `phases[3]` for `phases[3]` itself and for its member of that key.
    private static func element(of member: String, in list: String, key: String) -> String? {
        guard let element = element(holding: member, in: list) else { return nil }
        let rest = member.dropFirst(element.count)
        return rest.isEmpty || rest == ".\(key)" ? element : nil
    }

    /// `gates[3]` for itself and for what is in it.
    private static func element(holding member: String, in list: String) -> String? {
        guard member.hasPrefix("\(list)["), let end = member.firstIndex(of: "]") else { return nil }
        return String(member[...end])
    }

    private static func first(
        _ document: JSONValue,
        _ check: (JSONValue) throws(StrictJSONError) -> Void
    ) -> StrictJSONError? {
        do {
            try check(document)
            return nil
        } catch {
            return error
        }
    }
}
