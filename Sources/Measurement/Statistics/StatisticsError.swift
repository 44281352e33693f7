/// Why values cannot be compared.
package enum StatisticsError: Error, Equatable, CustomStringConvertible {
    /// There are no values.
    case empty
    /// A value is infinite or not a number.
    case notFinite(value: Double, position: Int)
    /// A value is zero or negative, and has no logarithm.
    case notPositive(value: Double, position: Int)
    /// The sides of paired values differ in number.
    case unequalCounts(baseline: Int, candidate: Int)

    /// What is wrong and what to do, one sentence without its full stop; positions count from 1.
    package var description: String {
        switch self {
        case .empty: "there are no values; give at least one repetition"
        case .notFinite(let value, let position):
            "value \(position) is \(value), which is not a number; leave its pair out and say so"
        case .notPositive(let value, let position):
            "value \(position) is \(value), and a ratio needs values above zero; "
                + "compare by the absolute limit, or leave its pair out and say so"
        case .unequalCounts(let baseline, let candidate):
            "the baseline has \(baseline) values and the candidate \(candidate); "
                + "pairs need one of each, so compare them as unpaired sets"
        }
    }
}
