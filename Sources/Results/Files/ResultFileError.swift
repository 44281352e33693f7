/// A result or thresholds file that cannot be read or written.
package struct ResultFileError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The file, as it was named.
    package var path: String
    /// What is wrong with it, a clause that follows the name: `does not exist`.
    package var reason: String
    /// What to do about it, if that is known.
    package var hint: String?

    /// Makes an error.
    package init(path: String, reason: String, hint: String? = nil) {
        self.path = path
        self.reason = reason
        self.hint = hint
    }

    /// The file, the reason and the remedy.
    package var description: String {
        "\(path) \(reason)" + (hint.map { "; \($0)" } ?? "")
    }
}
