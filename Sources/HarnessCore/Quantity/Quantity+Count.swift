extension Quantity {
    /// The multipliers that a count or a rate may carry.
    static let countUnits: KeyValuePairs<String, UInt64> = [
        "": 1,
        "k": 1_000,
        "M": 1_000_000,
        "G": 1_000_000_000,
    ]

    /// Reads a count such as `10000`, `10k` or `1.5M`: `k` is a thousand, `M` a million, `G` a thousand million.
    package static func count(_ text: String) throws(QuantityError) -> UInt64 {
        var scanner = QuantityScanner(text, kind: "a count", example: "10k")
        let number = try scanner.number()
        let unit = scanner.word()
        let factor = try scanner.factor(of: unit, in: countUnits) { String(text.dropLast(unit.count)) + $0 }
        guard scanner.isAtEnd else { throw scanner.error("\"\(scanner.rest)\" follows its unit") }
        guard let count = number.whole(times: factor) else {
            throw scanner.error(number.scale > 0 ? "it is not a whole number" : "it does not fit 64 bits")
        }
        return count
    }
}
