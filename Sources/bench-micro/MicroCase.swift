/// A micro-benchmark that can be called by name.
///
/// To add one, append it to ``MicroCommand/cases``.
struct MicroCase: Sendable {
    /// The word that calls it.
    let name: String
    /// What it measures, one sentence.
    let overview: String
    /// Measures and returns the text to print; the first lines say what was measured and how.
    let run: @Sendable (MicroOptions) throws -> String
}

/// What every case is told.
struct MicroOptions: Sendable {
    /// How many runs are made, at least 1; their minimum, median and spread are printed.
    var runs = 5
    /// How long each run measures, in nanoseconds.
    var runNanoseconds: UInt64 = 1_000_000_000
    /// Only rows with this text in their name are measured; all if nil.
    ///
    /// Cases with a single subject pass it over.
    var only: String?

    /// Whether a row is to be measured.
    func includes(_ name: String) -> Bool {
        only.map { name.contains($0) } ?? true
    }
}

/// A measurement that could not be made, in words for the user.
struct MicroError: Error, CustomStringConvertible {
    /// What failed and why.
    let description: String

    /// An error with this message.
    init(_ description: String) {
        self.description = description
    }
}
