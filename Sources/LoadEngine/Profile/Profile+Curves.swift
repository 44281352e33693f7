import HarnessCore

extension Profile {
    /// A rate as an exact fraction of operations per nanosecond; zero is one of them.
    private struct Fraction {
        var numerator: UInt64
        var denominator: UInt64
    }

    /// `"from": "0/s", "stages": [{"rate": "1000/s", "duration": "5s"}, …]`: straight lines from rate to rate.
    static func ramp(_ reader: JSONReader) throws(StrictJSONError) -> RateCurve {
        var rate = try fraction("from", reader)
        var pieces: [(from: Fraction, to: Fraction, duration: UInt64)] = []
        for reader in try reader.objects("stages") {
            let stage = try stage(reader)
            // A stage of no time is a jump.
            if stage.duration > 0 { pieces.append((rate, stage.rate, stage.duration)) }
            rate = stage.rate
        }
        guard !pieces.isEmpty else {
            throw reader.error(
                "stages",
                "last no time",
                hint: "add one such as {\"rate\": \"1000/s\", \"duration\": \"5s\"}"
            )
        }
        return try curve(pieces, "stages", reader)
    }

    /// Never inlined: inlined into ``ramp(_:)``, it makes the optimiser of Swift 6.3.1 crash.
    @inline(never)
    private static func stage(_ reader: JSONReader) throws(StrictJSONError) -> (rate: Fraction, duration: UInt64) {
        let rate = try fraction("rate", reader)
        var duration = try reader.duration("duration")
        if duration > 0 { duration = try bounded("duration", duration, reader) }
        try reader.finish()
        return (rate, duration)
    }

    /// `"from", "to", "steps", "duration"`, or `"rates": ["100/s", …], "every": "5s"`: a staircase.
    static func step(_ reader: JSONReader) throws(StrictJSONError) -> RateCurve {
        guard let rates = try reader.optionalArray("rates") else { return try evenStep(reader) }
        for key in ["from", "to", "steps", "duration"] where reader.has(key) {
            throw reader.error(key, "stands beside \"rates\"", hint: "a staircase has either; remove one")
        }
        let every = try bounded("every", reader.duration("every"), reader)
        var pieces: [(from: Fraction, to: Fraction, duration: UInt64)] = []
        for (index, value) in rates.enumerated() {
            let key = "rates[\(index)]"
            let rate = try fraction(key, JSONReader(.object([key: value]), named: "rates", path: reader.path))
            pieces.append((rate, rate, every))
        }
        guard !pieces.isEmpty else { throw reader.error("rates", "has no rates", hint: "add at least one") }
        return try curve(pieces, "rates", reader)
    }

    private static func evenStep(_ reader: JSONReader) throws(StrictJSONError) -> RateCurve {
        guard !reader.has("every") else {
            throw reader.error("every", "belongs to \"rates\"", hint: "use \"duration\", or list the \"rates\"")
        }
        let (first, last) = (try fraction("from", reader), try fraction("to", reader))
        let steps = try reader.integer("steps", in: 2...UInt64(RateCurve.maximumPieces))
        let duration = try bounded("duration", reader.duration("duration"), reader)
        guard duration >= steps else { throw reader.error("duration", "is too short for \(steps) steps") }
        guard let unit = commonDenominator([first, last]) else { throw tooFine("to", reader) }
        let (from, to) = (scaled(first, to: unit), scaled(last, to: unit))
        let (denominator, overflow) = unit.multipliedReportingOverflow(by: steps - 1)
        guard !overflow else { throw tooFine("to", reader) }
        var pieces: [RateCurve.Piece] = []
        var start: UInt64 = 0
        for step in 0..<steps {
            // The rate from + (to − from) · step / (steps − 1), and the end of the step to the nanosecond.
            let rate = UInt128(from) * UInt128(steps - 1 - step) + UInt128(to) * UInt128(step)
            let end = UInt64(UInt128(duration) * UInt128(step + 1) / UInt128(steps))
            guard let exact = UInt64(exactly: rate) else { throw tooFine("to", reader) }
            pieces.append(RateCurve.Piece(from: exact, to: exact, durationNanoseconds: end - start))
            start = end
        }
        guard let curve = RateCurve(perNanoseconds: denominator, pieces: pieces) else { throw tooFine("to", reader) }
        return curve
    }

    /// `"rate", "peak", "at", "for", "duration"`: a constant rate that jumps to a peak for a while.
    static func spike(_ reader: JSONReader) throws(StrictJSONError) -> RateCurve {
        let (rate, peak) = (try fraction("rate", reader), try fraction("peak", reader))
        let duration = try bounded("duration", reader.duration("duration"), reader)
        let (at, length) = (try reader.duration("at"), try bounded("for", reader.duration("for"), reader))
        guard at < duration, length <= duration - at else {
            throw reader.error("at", "puts the spike outside of the phase", hint: "\"at\" + \"for\" ≤ \"duration\"")
        }
        let pieces = [(rate, rate, at), (peak, peak, length), (rate, rate, duration - at - length)]
        return try curve(pieces.filter { $0.2 > 0 }, "peak", reader)
    }

    // MARK: - Exact fractions

    /// A rate that may be zero: 0, `"0"` or `"0/s"`.
    private static func fraction(_ key: String, _ reader: JSONReader) throws(StrictJSONError) -> Fraction {
        switch reader.optionalValue(key) {
        case .integer(0), .string("0"), .string("0/s"): return Fraction(numerator: 0, denominator: 1)
        default: break
        }
        let (events, perNanoseconds) = try arrivalRate(key, reader)
        return Fraction(numerator: events, denominator: perNanoseconds)
    }

    private static func curve(
        _ pieces: [(from: Fraction, to: Fraction, duration: UInt64)],
        _ key: String,
        _ reader: JSONReader
    ) throws(StrictJSONError) -> RateCurve {
        guard pieces.contains(where: { $0.from.numerator > 0 || $0.to.numerator > 0 }) else {
            throw reader.error(key, "is zero throughout", hint: "use \"shape\": \"idle\" for no load")
        }
        guard let unit = commonDenominator(pieces.flatMap { [$0.from, $0.to] }) else { throw tooFine(key, reader) }
        let curve = RateCurve(
            perNanoseconds: unit,
            pieces: pieces.map { piece in
                RateCurve.Piece(
                    from: scaled(piece.from, to: unit),
                    to: scaled(piece.to, to: unit),
                    durationNanoseconds: piece.duration
                )
            }
        )
        guard let curve else { throw tooFine(key, reader) }
        return curve
    }

    private static func tooFine(_ key: String, _ reader: JSONReader) -> StrictJSONError {
        reader.error(
            key,
            "makes a curve that cannot be computed exactly",
            hint: "round the rates to whole operations a second, shorten the stages, or use fewer than "
                + "\(RateCurve.maximumPieces)"
        )
    }

    /// The least common multiple of the denominators, or nil when it does not fit.
    private static func commonDenominator(_ fractions: [Fraction]) -> UInt64? {
        var unit: UInt64 = 1
        for fraction in fractions {
            var (a, b) = (unit, fraction.denominator)
            while b != 0 { (a, b) = (b, a % b) }
            let (product, overflow) = (unit / a).multipliedReportingOverflow(by: fraction.denominator)
            guard !overflow else { return nil }
            unit = product
        }
        return unit
    }

    /// The numerator over a multiple of the denominator; no overflow, because no rate is above one a nanosecond.
    private static func scaled(_ fraction: Fraction, to unit: UInt64) -> UInt64 {
        fraction.numerator * (unit / fraction.denominator)
    }
}
