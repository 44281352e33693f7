/// How long an answer is held back: always the same, or drawn from a distribution.
package enum FaultDelay: Equatable, Sendable {
    /// So many nanoseconds.
    case fixed(UInt64)
    /// Any number of nanoseconds between two bounds.
    case uniform(UInt64, UInt64)
    /// Exponentially distributed with this mean in nanoseconds, cut at twenty times the mean.
    case exponential(mean: UInt64)

    /// The delay, in nanoseconds, that follows from 64 random bits.
    package func nanoseconds(drawing bits: UInt64) -> UInt64 {
        switch self {
        case .fixed(let nanoseconds): return nanoseconds
        case .uniform(let low, let high):
            return low + bits.multipliedFullWidth(by: high - low + 1).high
        case .exponential(let mean):
            // −ln u of a u between 0 and 1, without a mathematics library: u = (1 + r) · 2^−(zeros + 1), and log2(1 + r)
            // is r + 0.344 r (1 − r) to within 0.01 and without bias.
            let zeros = bits.leadingZeroBitCount
            let rest = zeros < 63 ? bits << UInt64(zeros + 1) : 0
            let r = Double(rest >> 11) / Double(UInt64(1) << 53)
            let drawn = (Double(zeros) + 1 - r - 0.344 * r * (1 - r)) * 0.693_147_180_559_945_3
            return UInt64(Double(mean) * min(drawn, 20))
        }
    }

    /// The delay as it is written.
    package var text: String {
        switch self {
        case .fixed(let nanoseconds): Fault.text(nanoseconds)
        case .uniform(let low, let high): "uniform:\(Fault.text(low))..\(Fault.text(high))"
        case .exponential(let mean): "exponential:\(Fault.text(mean))"
        }
    }

    /// Reads `5ms`, `uniform:1ms..5ms` or `exponential:5ms`.
    ///
    /// - Throws: ``QuantityError`` when a duration is none.
    /// - Returns: nil when the text has none of the three forms, or the bounds are the wrong way round.
    package static func parse(_ text: String) throws(QuantityError) -> FaultDelay? {
        guard let colon = text.firstIndex(of: ":") else { return .fixed(try Quantity.durationNanoseconds(text)) }
        let parameters = String(text[text.index(after: colon)...])
        switch text[..<colon] {
        case "fixed": return .fixed(try Quantity.durationNanoseconds(parameters))
        case "exponential": return .exponential(mean: try Quantity.durationNanoseconds(parameters))
        case "uniform":
            let bounds = parameters.split(separator: "..", omittingEmptySubsequences: false)
            guard bounds.count == 2 else { return nil }
            let low = try Quantity.durationNanoseconds(String(bounds[0]))
            let high = try Quantity.durationNanoseconds(String(bounds[1]))
            return low <= high ? .uniform(low, high) : nil
        default: return nil
        }
    }
}
