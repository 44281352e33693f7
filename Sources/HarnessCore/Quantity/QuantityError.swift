/// A text that is not the quantity that was asked for.
package struct QuantityError: Error, Equatable, Sendable, CustomStringConvertible {
    /// What was asked for, with its article: `a duration`.
    package var kind: String
    /// The text as it was given.
    package var value: String
    /// Why it was refused, as a clause: `it has no unit`.
    package var reason: String
    /// A text that would be accepted; the nearest to what was written, where that can be guessed.
    package var example: String
    /// Whether ``example`` is a guess at what was meant rather than any example.
    package var isGuess: Bool

    /// Makes an error about one text.
    package init(kind: String, value: String, reason: String, example: String, isGuess: Bool = false) {
        self.kind = kind
        self.value = value
        self.reason = reason
        self.example = example
        self.isGuess = isGuess
    }

    /// Why the text is wrong and what to write instead, without the text itself.
    package var explanation: String {
        isGuess ? "\(reason); did you mean \"\(example)\"?" : "\(reason); for example \"\(example)\""
    }

    /// The whole message: value, kind, reason, example.
    package var description: String {
        "\"\(value)\" is not \(kind): \(explanation)"
    }
}
