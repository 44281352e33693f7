import Glibc

extension HistogramSnapshot {
    /// A value with the share of all values that do not exceed it.
    package struct Quantile: Equatable, Sendable {
        /// The share, from 0 and below 1.
        package var share: Double
        /// The value, in nanoseconds.
        package var nanoseconds: UInt64

        /// Makes the value.
        package init(share: Double, nanoseconds: UInt64) {
            self.share = share
            self.nanoseconds = nanoseconds
        }
    }

    /// The distribution by evenly spaced numbers of nines, −log₁₀(1 − share), as HdrHistogram's plots have it.
    ///
    /// The last quantile is the maximum, at (n − ½) / n: at a share of 1 nothing has a place.
    ///
    /// - Parameter stepsPerNine: quantiles between 0 and 90 %, between 90 and 99 %, and so on; at least 1.
    /// - Returns: ascending by both; empty when nothing was recorded. One look at the counts, whatever the number of steps.
    package func spectrum(stepsPerNine: Int) -> [Quantile] {
        precondition(stepsPerNine > 0, "a spectrum has steps")
        guard let max else { return [] }
        let total = Double(totalCount)
        let last = (total - 0.5) / total
        var quantiles: [Quantile] = []
        var step = 0
        var seen: UInt64 = 0
        for index in counts.indices where counts[index] != 0 {
            seen += counts[index]
            while true {
                let share = 1 - pow(10, -Double(step) / Double(stepsPerNine))
                guard share < last, share * total <= Double(seen) else { break }
                quantiles.append(Quantile(share: share, nanoseconds: HistogramLayout.highestValue(at: index)))
                step += 1
            }
        }
        quantiles.append(Quantile(share: last, nanoseconds: max))
        return quantiles
    }
}
