import Glibc

/// The cumulative shares of one repetition's histogram at points that are evenly spaced on a logarithmic scale.
///
/// All histograms of a comparison share the points, so distributions can be added and subtracted point by point, and each
/// repetition weighs the same however many values it has.
struct DistributionProfile {
    /// The share of values at or below each point, 0 … 1.
    let shares: [Double]

    /// How many points there are: over a range of 1 µs to 0.1 s they are 2 % apart.
    static let pointCount = 512

    /// The points of a set of histograms, as logarithms of nanoseconds, with the distance of two neighbours.
    ///
    /// - Returns: nil when a histogram is empty.
    static func grid(of histograms: [HistogramSnapshot]) -> (first: Double, step: Double)? {
        guard !histograms.isEmpty, histograms.allSatisfy({ !$0.isEmpty }) else { return nil }
        let lowest = histograms.compactMap(\.min).min() ?? 1
        let highest = histograms.compactMap(\.max).max() ?? 1
        // A zero has no logarithm, and is as good as the smallest time that can be told.
        let first = log(Double(max(1, lowest)))
        let last = log(Double(max(1, highest)))
        return (first, max(last - first, 1e-9) / Double(pointCount - 1))
    }

    /// Reads a histogram that is not empty at the points of a grid.
    init(_ histogram: HistogramSnapshot, grid: (first: Double, step: Double)) {
        var shares: [Double] = []
        shares.reserveCapacity(Self.pointCount)
        let total = Double(histogram.totalCount)
        var (seen, slot): (UInt64, Int) = (0, 0)
        for point in 0..<Self.pointCount {
            let value = exp(grid.first + Double(point) * grid.step) * (1 + 1e-9)
            while slot < histogram.counts.count, Double(HistogramLayout.lowestValue(at: slot)) <= value {
                seen += histogram.counts[slot]
                slot += 1
            }
            shares.append(Double(seen) / total)
        }
        self.shares = shares
    }
}
