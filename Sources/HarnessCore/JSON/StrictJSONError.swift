/// What is wrong with a JSON document, where, and what to do about it.
package struct StrictJSONError: Error, Equatable, Sendable, CustomStringConvertible {
    /// Where in the document: `phases[1].rate`, empty for the document itself, `line 3, column 7` for bad syntax.
    package var path: String
    /// The offending value as JSON, where there is one.
    package var value: String?
    /// What is wrong, as a clause.
    package var reason: String
    /// What to do instead.
    package var hint: String?
    /// The member that is to blame, where ``path`` does not say it: one that is missing, or that nobody knows.
    ///
    /// Empty for the document itself.
    package var member: String

    /// Makes an error; without a `member` the path names it.
    package init(path: String, value: String? = nil, reason: String, hint: String? = nil, member: String? = nil) {
        self.path = path
        self.member = member ?? path
        self.value = value
        self.reason = reason
        self.hint = hint
    }

    /// `path: value reason; hint`, leaving out what is absent.
    package var description: String {
        let place = path.isEmpty ? "" : path + ": "
        let subject = value.map { $0 + " " } ?? ""
        return place + subject + reason + (hint.map { "; " + $0 } ?? "")
    }
}
