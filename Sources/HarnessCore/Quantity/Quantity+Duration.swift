extension Quantity {
    private static let durationUnits: KeyValuePairs<String, UInt64> = [
        "d": 86_400_000_000_000,
        "h": 3_600_000_000_000,
        "m": 60_000_000_000,
        "s": 1_000_000_000,
        "ms": 1_000_000,
        "us": 1_000,
        "ns": 1,
        "µs": 1_000,
        "μs": 1_000,
    ]

    /// Reads a duration such as `250ms`, `1.5s` or `1h30m`: parts from large to small units, only the last with decimals.
    ///
    /// Units are `d h m s ms us (µs) ns`. The unit is required.
    package static func durationNanoseconds(_ text: String) throws(QuantityError) -> UInt64 {
        var scanner = QuantityScanner(text, kind: "a duration", example: "250ms")
        var total: UInt64 = 0
        var previousFactor = UInt64.max
        var mayContinue = true
        repeat {
            let number = try scanner.number()
            let unit = scanner.word()
            guard mayContinue else { throw scanner.error("only its last part may have decimals") }
            guard !unit.isEmpty else { throw scanner.error("it has no unit", guess: "\(text)s") }
            let factor = try scanner.factor(of: unit, in: durationUnits) { String(text.dropLast(unit.count)) + $0 }
            guard factor < previousFactor else {
                throw scanner.error("its parts must go from large units to small ones", guess: "1h30m")
            }
            guard let nanoseconds = number.whole(times: factor) else {
                throw scanner.error(
                    number.scale > 0 ? "it is not a whole number of nanoseconds" : "it is longer than 584 years"
                )
            }
            let sum = total.addingReportingOverflow(nanoseconds)
            guard !sum.overflow else { throw scanner.error("it is longer than 584 years") }
            total = sum.partialValue
            previousFactor = factor
            mayContinue = number.scale == 0
        } while !scanner.isAtEnd
        return total
    }
}
