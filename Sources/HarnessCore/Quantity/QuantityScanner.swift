/// Walks through the text of one quantity and builds its errors.
struct QuantityScanner {
    /// What is being read, with its article.
    let kind: String
    /// The whole text, for messages.
    let value: String
    /// A text that would be accepted.
    let example: String
    /// What has not been read yet.
    private(set) var rest: Substring

    init(_ value: String, kind: String, example: String) {
        self.kind = kind
        self.value = value
        self.example = example
        rest = value[...]
    }

    /// Whether everything has been read.
    var isAtEnd: Bool { rest.isEmpty }

    /// An error about the text, with an example or, when `guess` is given, with what was probably meant.
    func error(_ reason: String, guess: String? = nil) -> QuantityError {
        QuantityError(kind: kind, value: value, reason: reason, example: guess ?? example, isGuess: guess != nil)
    }

    /// Takes a decimal number.
    mutating func number() throws(QuantityError) -> DecimalNumber {
        do {
            return try DecimalNumber(takingFrom: &rest)
        } catch {
            switch error {
            case .tooLong: throw self.error("it has more than 18 digits")
            case .noDigits: throw missingNumber()
            }
        }
    }

    /// Takes everything up to the next digit or the end.
    mutating func word() -> Substring {
        let end = rest.firstIndex { $0.isDecimalDigit } ?? rest.endIndex
        defer { rest = rest[end...] }
        return rest[..<end]
    }

    /// Takes `character` if it comes next.
    mutating func take(_ character: Character) -> Bool {
        guard rest.first == character else { return false }
        rest = rest.dropFirst()
        return true
    }

    /// The multiplier of `unit`, or an error that names the known units and guesses.
    func factor(
        of unit: Substring,
        in units: KeyValuePairs<String, UInt64>,
        guess: (String) -> String
    ) throws(QuantityError) -> UInt64 {
        if let known = units.first(where: { $0.key == unit }) {
            return known.value
        }
        guard unit.lowercased() != "e" else { throw error("it has an exponent; write the number out") }
        let names = units.map(\.key).filter { !$0.isEmpty }
        let reason = "it has the unknown unit \"\(unit)\" (known: \(names.joined(separator: ", ")))"
        throw error(reason, guess: Suggestion.nearest(to: String(unit), in: names).map(guess))
    }

    private func missingNumber() -> QuantityError {
        switch rest.first {
        case nil where value.isEmpty: return error("it is empty")
        case nil: return error("it ends where a number should follow")
        case "-": return error("it must not be negative")
        case "." where rest.startIndex == value.startIndex:
            return error("it begins with a point", guess: "0\(value)")
        default:
            return error("it does not begin with a number", guess: numeralGuess())
        }
    }

    /// What to write for a number that was spelt out: `10/s` for `ten`, given the example `1000/s`.
    private func numeralGuess() -> String? {
        let words: KeyValuePairs = [
            "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8",
            "nine": "9", "ten": "10", "twenty": "20", "fifty": "50", "hundred": "100", "thousand": "1000",
            "million": "1M",
        ]
        let spelt = value.lowercased()
        guard let number = words.first(where: { $0.key == spelt })?.value else { return nil }
        return number + example.drop { $0.isDecimalDigit || $0 == "." }
    }
}
