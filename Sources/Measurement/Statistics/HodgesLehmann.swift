/// Estimates that a few wild values hardly move, and that lose 5 % of the mean's precision when nothing is wild.
///
/// J. L. Hodges, E. L. Lehmann, "Estimates of Location Based on Rank Tests", 1963,
/// https://doi.org/10.1214/aoms/1177704172.
package enum HodgesLehmann {
    /// The pseudo-median of one sample: the median of all averages of two values, each with itself included.
    ///
    /// - Parameter values: finite; sorting their n (n + 1) / 2 averages is the cost.
    /// - Returns: nil without values.
    package static func pseudomedian(of values: [Double]) -> Double? {
        median(ofSorted: walshAverages(of: values))
    }

    /// The shift from one sample to another: the median of all differences of two values, one of each.
    ///
    /// - Returns: positive where the candidate's values are greater; nil where a side is empty.
    package static func shift(baseline: [Double], candidate: [Double]) -> Double? {
        median(ofSorted: differences(baseline: baseline, candidate: candidate))
    }

    /// All averages of two values, each with itself included, in ascending order.
    static func walshAverages(of values: [Double]) -> [Double] {
        var averages: [Double] = []
        averages.reserveCapacity(values.count * (values.count + 1) / 2)
        for first in values.indices {
            for second in first..<values.count { averages.append((values[first] + values[second]) / 2) }
        }
        return averages.sorted()
    }

    /// All differences candidate − baseline, in ascending order.
    static func differences(baseline: [Double], candidate: [Double]) -> [Double] {
        baseline.flatMap { first in candidate.map { $0 - first } }.sorted()
    }

    private static func median(ofSorted values: [Double]) -> Double? {
        guard !values.isEmpty else { return nil }
        let middle = values.count / 2
        return values.count.isMultiple(of: 2) ? (values[middle - 1] + values[middle]) / 2 : values[middle]
    }
}
