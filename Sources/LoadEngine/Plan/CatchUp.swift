/// How fast a producer that has fallen behind its plan may catch up.
package enum CatchUp: Sendable, Equatable {
    /// What is overdue is issued as fast as the system takes it.
    case unlimited
    /// At most at a multiple of the planned rate, in thousandths; at least 1000.
    case multiple(thousandths: UInt64)

    /// As profiles and results write it: `unlimited`, `2x`, `1.5x`.
    package var text: String {
        switch self {
        case .unlimited: return "unlimited"
        case .multiple(let thousandths):
            let (whole, rest) = thousandths.quotientAndRemainder(dividingBy: 1000)
            guard rest > 0 else { return "\(whole)x" }
            var digits = String(String(rest + 1000).dropFirst())
            while digits.hasSuffix("0") { digits.removeLast() }
            return "\(whole).\(digits)x"
        }
    }

    /// Reads what ``text`` writes; nil for anything else, and for less than `1x` or more than `1000x`.
    package init?(_ text: String) {
        guard text != "unlimited" else {
            self = .unlimited
            return
        }
        guard text.hasSuffix("x") else { return nil }
        let parts = text.dropLast().split(separator: ".", omittingEmptySubsequences: false)
        let isDecimal = parts.allSatisfy { !$0.isEmpty && $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }
        guard isDecimal, (1...2).contains(parts.count), parts[0].count <= 4, parts.last?.count ?? 0 <= 4 else {
            return nil
        }
        let fraction = parts.count == 2 ? String((parts[1] + "000").prefix(3)) : "0"
        guard parts.count == 1 || parts[1].count <= 3, let whole = UInt64(parts[0]), let rest = UInt64(fraction) else {
            return nil
        }
        let thousandths = whole * 1000 + rest
        guard (1000...1_000_000).contains(thousandths) else { return nil }
        self = .multiple(thousandths: thousandths)
    }
}

extension CatchUp: Codable {
    /// Reads the text form.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let value = CatchUp(text) else {
            throw DecodingError.dataCorruptedError(
                in: container,
                debugDescription: "\"\(text)\" is neither \"unlimited\" nor a multiple such as \"2x\""
            )
        }
        self = value
    }

    /// Writes the text form.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}
