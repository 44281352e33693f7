import HarnessCore

/// One mistake in a file, with what a user needs to find and to mend it.
struct FileProblem: Encodable, Equatable {
    /// The line, from 1; nil where no line is to blame.
    var line: Int?
    /// The member that is to blame, such as `phases[1].rate`; nil where none is.
    var path: String?
    /// The value that is there, as JSON; nil where there is none.
    var value: String?
    /// What is wrong.
    var reason: String
    /// What to do instead; nil where nothing more can be said.
    var suggestion: String?

    /// A mistake that has no place.
    init(reason: String) {
        self.reason = reason
    }

    /// A mistake in JSON.
    ///
    /// - Parameters:
    ///   - error: The mistake.
    ///   - lines: Where members begin, by their paths.
    init(_ error: StrictJSONError, lines: [String: Int]) {
        line = Self.line(ofMember: error.member, lines) ?? Self.line(named: error.path)
        path = error.member.isEmpty || line == Self.line(named: error.path) ? nil : error.member
        value = error.value
        reason = error.reason
        suggestion = error.hint
    }

    /// `FILE:LINE: path: value reason; suggestion`, as compilers write it.
    func text(file: String) -> String {
        let place = [file, line.map(String.init)].compactMap(\.self).joined(separator: ":")
        let subject = [path.map { "\($0):" }, value].compactMap(\.self).map { "\($0) " }.joined()
        return "\(place): \(subject)\(reason)" + (suggestion.map { "; \($0)" } ?? "")
    }

    /// The line of a member, or of what it would belong to.
    private static func line(ofMember member: String, _ lines: [String: Int]) -> Int? {
        var path = member[...]
        while !path.isEmpty {
            if let line = lines[String(path)] { return line }
            guard let end = path.lastIndex(where: { $0 == "." || $0 == "[" }) else { return nil }
            path = path[..<end]
        }
        return nil
    }

    /// The line in `line 3, column 7`, which is what the parser calls a place.
    private static func line(named place: String) -> Int? {
        guard place.hasPrefix("line ") else { return nil }
        return Int(place.dropFirst(5).prefix { $0.isNumber })
    }
}
