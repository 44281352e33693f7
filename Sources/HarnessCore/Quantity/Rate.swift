/// How fast operations are offered: an exact fraction, or as fast as the system lets them through.
package enum Rate: Hashable, Sendable {
    /// `events` operations every `perNanoseconds` nanoseconds, both positive and without a common divisor.
    case perSecond(events: UInt64, perNanoseconds: UInt64)
    /// The next operation starts when the one before has ended (`max`).
    case unlimited

    /// The rate of `events` in `nanoseconds`, reduced; `nil` when either is zero.
    package static func every(nanoseconds: UInt64, events: UInt64) -> Rate? {
        guard events > 0, nanoseconds > 0 else { return nil }
        let divisor = greatestCommonDivisor(events, nanoseconds)
        return .perSecond(events: events / divisor, perNanoseconds: nanoseconds / divisor)
    }

    /// Events in a second, rounded to a floating-point number for display; `nil` when unlimited.
    package var eventsPerSecond: Double? {
        switch self {
        case .perSecond(let events, let nanoseconds): Double(events) * 1e9 / Double(nanoseconds)
        case .unlimited: nil
        }
    }

    private static func greatestCommonDivisor(_ first: UInt64, _ second: UInt64) -> UInt64 {
        var (larger, smaller) = (first, second)
        while smaller != 0 {
            (larger, smaller) = (smaller, larger % smaller)
        }
        return larger
    }
}

extension Quantity {
    /// Reads a rate such as `1000/s`, `2500` (a second), `50k/s`, `600/m`, `0.5/s`, `100/100ms`, or `max`.
    ///
    /// What follows the slash is a unit of time or a whole duration. Zero is refused: a phase without load is `idle`.
    package static func rate(_ text: String) throws(QuantityError) -> Rate {
        var scanner = QuantityScanner(text, kind: "a rate", example: "1000/s")
        if text == "max" { return .unlimited }
        if Suggestion.nearest(to: text, in: ["max"]) != nil {
            throw scanner.error("it does not begin with a number", guess: "max")
        }
        let number = try scanner.number()
        let word = scanner.word()
        let parts = word.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        let factor = try scanner.factor(of: parts[0], in: countUnits) {
            text[..<parts[0].startIndex] + $0 + text[parts[0].endIndex...]
        }
        guard number.digits > 0 else {
            throw scanner.error("it is zero; use a phase of shape \"idle\" for no load, \"max\" for no limit")
        }
        guard parts.count == 2 else {
            guard scanner.isAtEnd else { throw scanner.error("\"\(scanner.rest)\" follows its unit") }
            return try rate(number, factor: factor, nanoseconds: 1_000_000_000, scanner)
        }
        let period = String(parts[1] + scanner.rest)
        guard !period.isEmpty else { throw scanner.error("nothing follows the slash", guess: "\(text)s") }
        let duration = period.first?.isDecimalDigit == true ? period : "1\(period)"
        guard let nanoseconds = try? durationNanoseconds(duration), nanoseconds > 0 else {
            throw scanner.error("\"\(period)\" is not a time", guess: String(text.dropLast(period.count)) + "s")
        }
        return try rate(number, factor: factor, nanoseconds: nanoseconds, scanner)
    }

    /// Builds the fraction `digits · factor / (10^scale · nanoseconds)` without loss.
    private static func rate(
        _ number: DecimalNumber,
        factor: UInt64,
        nanoseconds: UInt64,
        _ scanner: QuantityScanner
    ) throws(QuantityError) -> Rate {
        var events = UInt128(number.digits) * UInt128(factor)
        let (period, overflow) = number.divisor.multipliedReportingOverflow(by: UInt128(nanoseconds))
        guard !overflow else { throw scanner.error("it is too small to be expressed") }
        var denominator = period
        // Powers of ten are the only common divisors that could keep a sensible rate from fitting 64 bits.
        for divisor in [UInt128(2), 5] {
            while events % divisor == 0, denominator % divisor == 0 {
                events /= divisor
                denominator /= divisor
            }
        }
        guard
            let exactEvents = UInt64(exactly: events),
            let exactPeriod = UInt64(exactly: denominator),
            let rate = Rate.every(nanoseconds: exactPeriod, events: exactEvents)
        else {
            throw scanner.error("it does not fit a fraction of 64-bit numbers")
        }
        return rate
    }
}
