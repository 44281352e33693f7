/// How far two series go the same way: the pairs that agree less those that do not, as a share.
///
/// The form τ-b, which takes ties out of the share: M. G. Kendall, "The Treatment of Ties in Ranking Problems", 1945,
/// https://doi.org/10.1093/biomet/33.3.239. Among values that are mostly equal it makes much of the few that are not: it
/// supports a decision and is none.
package enum KendallTau {
    /// τ-b of points, from −1 to 1, in O(n²).
    ///
    /// - Parameter points: finite.
    /// - Returns: nil where all x or all y are equal.
    package static func b(_ points: [(x: Double, y: Double)]) -> Double? {
        var (agreeing, differing) = (0, 0)
        for (index, first) in points.enumerated() {
            for second in points[(index + 1)...] {
                let product = sign(second.x - first.x) * sign(second.y - first.y)
                if product > 0 { agreeing += 1 }
                if product < 0 { differing += 1 }
            }
        }
        let pairs = Double(points.count * max(0, points.count - 1)) / 2
        let tied = { (values: [Double]) in
            TieGroups.sizes(values).reduce(0.0) { $0 + Double($1) * Double($1 - 1) / 2 }
        }
        let scale = (pairs - tied(points.map(\.x))) * (pairs - tied(points.map(\.y)))
        return scale > 0 ? Double(agreeing - differing) / scale.squareRoot() : nil
    }

    private static func sign(_ value: Double) -> Int { value > 0 ? 1 : value < 0 ? -1 : 0 }
}

/// Groups of equal values.
enum TieGroups {
    /// The sizes of the groups, those of single values included, in O(n log n).
    static func sizes(_ values: [Double]) -> [Int] {
        let sorted = values.sorted()
        var sizes: [Int] = []
        for (index, value) in sorted.enumerated() {
            if index > 0, value == sorted[index - 1] {
                sizes[sizes.count - 1] += 1
            } else {
                sizes.append(1)
            }
        }
        return sizes
    }
}
