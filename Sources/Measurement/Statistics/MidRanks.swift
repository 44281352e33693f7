/// Ranks from 1, where equal values share the mean of the ranks that they occupy.
struct MidRanks {
    /// Twice the rank of each value, which is always a whole number.
    let doubled: [Int]
    /// Σ (t³ − t) over the groups of t equal values: what ties take from the variance of a rank sum.
    let tieTerm: Double

    /// Ranks finite values in O(n log n).
    init(_ values: [Double]) {
        let order = values.indices.sorted { values[$0] < values[$1] }
        var ranks = [Int](repeating: 0, count: values.count)
        var term = 0.0
        var start = 0
        while start < order.count {
            var end = start + 1
            while end < order.count, values[order[end]] == values[order[start]] { end += 1 }
            for place in start..<end { ranks[order[place]] = start + 1 + end }
            let size = Double(end - start)
            term += size * size * size - size
            start = end
        }
        doubled = ranks
        tieTerm = term
    }
}
