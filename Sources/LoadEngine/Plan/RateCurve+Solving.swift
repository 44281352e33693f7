extension RateCurve.Piece {
    /// The area from the start of the piece to a moment in it, rounded up to whole units.
    func areaRoundedUp(before time: UInt64) -> UInt128 {
        let even = 2 * UInt128(from) * UInt128(time)
        let (time, duration) = (UInt128(time), UInt128(durationNanoseconds))
        return to >= from
            ? even + (UInt128(to - from) * time * time + duration - 1) / duration
            : even - UInt128(from - to) * time * time / duration
    }

    /// The last whole nanosecond of the piece before which there is no more than an area.
    ///
    /// The moment is the root of a quadratic equation. It is estimated in floating point, and then settled in exact
    /// integers, so that every machine finds the same.
    ///
    /// - Parameter area: below the area of the piece.
    /// - Returns: nanoseconds from the start of the piece.
    func time(ofArea area: UInt128) -> UInt64 {
        guard from != to else { return UInt64(area / (2 * UInt128(from))) }
        let (a, slope) = (2 * Double(from), Double(to) - Double(from))
        let discriminant = a * a + 4 * slope / Double(durationNanoseconds) * Double(area)
        let estimate = 2 * Double(area) / (a + max(discriminant, 0).squareRoot())
        // The first moment has no area before it; the end of the piece has more than the one asked for.
        var low: UInt64 = 0
        var high = durationNanoseconds
        var probe = estimate.isFinite ? UInt64(min(max(estimate, 0), Double(high - 1))) : 0
        var distance: UInt64 = 1
        let target = area * UInt128(durationNanoseconds)
        while high - low > 1 {
            if isArea(before: probe, atMost: target) {
                low = probe
                probe = high - low > distance ? low + distance : low + (high - low) / 2
            } else {
                high = probe
                probe = high - low > distance ? high - distance : low + (high - low) / 2
            }
            distance = distance > 1 << 60 ? distance : distance * 2
            if probe == low || probe == high { probe = low + (high - low) / 2 }
        }
        return low
    }

    /// Whether area · duration is at most a limit; exact, by the limits of a curve.
    private func isArea(before time: UInt64, atMost limit: UInt128) -> Bool {
        let square = UInt128(time) * UInt128(time)
        let even = 2 * UInt128(from) * UInt128(durationNanoseconds) * UInt128(time)
        return to > from ? even + UInt128(to - from) * square <= limit : even <= limit + UInt128(from - to) * square
    }
}
