/// Where a curve that rises slowly and then steeply bends.
///
/// V. Satopää, J. Albrecht, D. Irwin, B. Raghavan, "Finding a 'Kneedle' in a Haystack", 2011: with both axes scaled to
/// 0 … 1, the bend is where a rising convex curve lies farthest below its diagonal.
package enum Knee {
    /// The index of the bend.
    ///
    /// - Parameter points: in the order of x, at least four, all finite.
    /// - Returns: nil for fewer points, for a curve that does not at least double, because noise bends too, and for one
    ///   that nowhere lies a tenth below its diagonal, because a straight line has no bend.
    package static func index(of points: [(x: Double, y: Double)]) -> Int? {
        guard points.count >= 4, let first = points.first, let last = points.last, last.x > first.x else { return nil }
        let lowest = points.map(\.y).min() ?? 0
        let highest = points.map(\.y).max() ?? 0
        guard highest > 0, highest >= 2 * lowest else { return nil }
        let distances = points.map { point in
            (point.x - first.x) / (last.x - first.x) - (point.y - lowest) / (highest - lowest)
        }
        guard let bend = distances.indices.max(by: { distances[$0] < distances[$1] }), distances[bend] >= 0.1 else {
            return nil
        }
        return bend
    }
}
