import HarnessCore

/// Where a series of measurements changes, without assuming how it is distributed.
///
/// E-divisive: the split with the greatest energy distance is kept while a permutation test finds it, then both sides are
/// searched again. D. S. Matteson, N. A. James, "A Nonparametric Approach for Multiple Change Point Analysis of Multivariate
/// Data", 2014, https://doi.org/10.1080/01621459.2013.849605.
///
/// To report only: a history's machine changes as well as its code.
package struct EnergyChangePoints: Sendable, Equatable {
    /// One change.
    package struct ChangePoint: Sendable, Equatable {
        /// Index of the first value after the change.
        package let index: Int
        /// Hodges–Lehmann shift from the segment before to the segment after, in the unit of the values.
        package let shift: Double
        /// The share of permutations with as great an energy, this order included; at most ``level``.
        package let pValue: Double
    }

    /// The changes in the order of the series.
    package let changes: [ChangePoint]
    /// Permutations of each test.
    package let permutations: Int
    /// Seed of the permutations.
    package let seed: UInt64

    /// The fewest values between two changes.
    package static let smallestSegment = 5
    /// The p that a change must have; the test of each further split has the same.
    package static let level = 0.01
    /// The most values that are searched: the test takes O(n²) for each permutation.
    package static let longestSeries = 200

    /// Searches a series.
    ///
    /// - Parameters:
    ///   - values: finite, at most ``longestSeries``; below 10 there is no room for a change.
    ///   - permutations: of each test, at least 99 for ``level``.
    ///   - seed: of the permutations.
    package init(_ values: [Double], permutations: Int = 199, seed: UInt64) {
        precondition(values.count <= Self.longestSeries, "at most \(Self.longestSeries) values are searched")
        precondition(values.allSatisfy(\.isFinite), "only finite values have distances")
        self.permutations = permutations
        self.seed = seed
        var random = SplitMix64(seed: seed)
        var found: [(index: Int, pValue: Double)] = []
        var pending = [values.indices]
        while let segment = pending.popLast() {
            guard let split = Self.bestSplit(values[segment]) else { continue }
            guard
                let pValue = Self.pValue(of: split.energy, values[segment], permutations: permutations, using: &random)
            else { continue }
            let index = segment.lowerBound + split.offset
            found.append((index, pValue))
            pending += [segment.lowerBound..<index, index..<segment.upperBound]
        }
        found.sort { $0.index < $1.index }
        let bounds = [values.startIndex] + found.map(\.index) + [values.endIndex]
        changes = found.enumerated().map { place, change in
            let before = values[bounds[place]..<change.index]
            let after = values[change.index..<bounds[place + 2]]
            return ChangePoint(
                index: change.index,
                shift: HodgesLehmann.shift(baseline: Array(before), candidate: Array(after)) ?? 0,
                pValue: change.pValue
            )
        }
    }

    /// The split of a segment with the greatest energy; nil where there is no room for two segments.
    ///
    /// For a split into X, the first k values, and Y, of which the values up to some later end are looked at,
    ///
    ///     energy = n m / (n + m) · (2 E|X − Y| − E|X − X′| − E|Y − Y′|).
    ///
    /// The end varies as in the paper, so that a second change does not hide the first.
    static func bestSplit(_ values: ArraySlice<Double>) -> (offset: Int, energy: Double)? {
        let count = values.count
        guard count >= 2 * smallestSegment else { return nil }
        // sums[i][j]: the distances of the first i values from the first j.
        let width = count + 1
        var sums = [Double](repeating: 0, count: width * width)
        let list = Array(values)
        for row in 1...count {
            var inRow = 0.0
            for column in 1...count {
                inRow += (list[row - 1] - list[column - 1]).magnitude
                sums[row * width + column] = sums[(row - 1) * width + column] + inRow
            }
        }
        var best: (offset: Int, energy: Double)?
        for split in smallestSegment...(count - smallestSegment) {
            let (n, within) = (Double(split), sums[split * width + split])
            for end in (split + smallestSegment)...count {
                let m = Double(end - split)
                let across = sums[split * width + end] - within
                let behind = sums[end * width + end] - within - 2 * across
                let energy =
                    n * m / (n + m)
                    * (2 * across / (n * m) - within / (n * (n - 1)) - behind / (m * (m - 1)))
                if energy > best?.energy ?? -.infinity { best = (split, energy) }
            }
        }
        return best
    }

    /// The p of an energy among permutations of the segment; nil as soon as it must exceed the level.
    private static func pValue(
        of energy: Double,
        _ values: ArraySlice<Double>,
        permutations: Int,
        using random: inout SplitMix64
    ) -> Double? {
        let most = Int(level * Double(permutations + 1) + 1e-9)
        var shuffled = Array(values)
        var reached = 1
        guard reached <= most else { return nil }
        for _ in 0..<permutations {
            random.shuffle(&shuffled)
            if let other = bestSplit(shuffled[...]), other.energy >= energy * (1 - 1e-12) {
                reached += 1
                if reached > most { return nil }
            }
        }
        return Double(reached) / Double(permutations + 1)
    }
}
