import Glibc

/// Ratios on the scale on which they are compared: natural logarithms.
///
/// A ratio and its inverse are equally far from zero, slow-downs of 3 % in a row add up, and timings, which are skewed,
/// become more symmetric, as the signed-rank test wants them.
package enum LogRatio {
    /// ln(candidate / baseline) of each pair.
    ///
    /// - Throws: ``StatisticsError`` where the sides differ in number or are empty, or a value is not positive and finite.
    package static func pairs(baseline: [Double], candidate: [Double]) throws(StatisticsError) -> [Double] {
        guard baseline.count == candidate.count else {
            throw .unequalCounts(baseline: baseline.count, candidate: candidate.count)
        }
        return zip(try logarithms(of: baseline), try logarithms(of: candidate)).map { $1 - $0 }
    }

    /// ln of each value.
    ///
    /// - Throws: ``StatisticsError`` where there is none, or one is not positive and finite.
    package static func logarithms(of values: [Double]) throws(StatisticsError) -> [Double] {
        guard !values.isEmpty else { throw .empty }
        var logarithms: [Double] = []
        logarithms.reserveCapacity(values.count)
        for (index, value) in values.enumerated() {
            guard value.isFinite else { throw .notFinite(value: value, position: index + 1) }
            guard value > 0 else { throw .notPositive(value: value, position: index + 1) }
            logarithms.append(log(value))
        }
        return logarithms
    }

    /// The relative change that a log-ratio stands for: 0.05 for 5 % more.
    package static func change(of logRatio: Double) -> Double { expm1(logRatio) }

    /// The log-ratio of a relative change.
    ///
    /// - Parameter change: above −1; 0.05 for 5 % more.
    /// - Returns: ln(1 + change).
    package static func of(change: Double) -> Double { log1p(change) }
}
