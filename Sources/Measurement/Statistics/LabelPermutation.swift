import HarnessCore

/// How often chance alone sets two groups of distributions as far apart as they are, by exchanging labels.
///
/// The distance is Wasserstein's first on the logarithmic scale: the area between the cumulative shares, which is the mean
/// log-ratio by which values have to move. Events of one run are not independent, so whole runs keep together.
struct LabelPermutation {
    /// The distance of the groups as they are labelled, in natural logarithms.
    let distance: Double
    /// The share of labellings whose distance is at least this one's.
    let pValue: Double
    /// Labellings that were looked at, this one included.
    let labellings: Int
    /// Whether these are all there are.
    let isExact: Bool

    /// The most labellings that are all tried.
    static let exactLimit = 4096
    /// Labellings that are drawn where there are more.
    static let drawn = 1999

    /// Exchanges labels within pairs.
    ///
    /// - Parameters:
    ///   - differences: candidate's shares − baseline's, of each pair; at least one.
    ///   - step: the distance of two points.
    ///   - seed: of the draw; exact up to 12 pairs, where nothing is drawn.
    init(pairs differences: [[Double]], step: Double, seed: UInt64) {
        let count = differences.count
        var sum = Self.sum(differences)
        let scale = step / Double(count)
        let actual = Self.area(sum) * scale
        // A labelling and its opposite are equally far apart: the first pair may keep its labels.
        guard count <= 12 else {
            var random = SplitMix64(seed: seed)
            var reached = 1
            for _ in 0..<Self.drawn {
                var bits = random.next()
                var used = 0
                var drawn = [Double](repeating: 0, count: sum.count)
                for difference in differences {
                    if used == 64 { (bits, used) = (random.next(), 0) }
                    Self.add(difference, times: bits & 1 == 0 ? 1 : -1, to: &drawn)
                    bits >>= 1
                    used += 1
                }
                if Self.reaches(Self.area(drawn) * scale, actual) { reached += 1 }
            }
            self.init(actual, reached: reached, of: Self.drawn + 1, isExact: false)
            return
        }
        var signs = [Double](repeating: 1, count: count)
        let all = 1 << (count - 1)
        var reached = 1
        // Gray's code turns one pair at a time.
        for code in 1..<max(1, all) {
            let turned = code.trailingZeroBitCount + 1
            Self.add(differences[turned], times: -2 * signs[turned], to: &sum)
            signs[turned] = -signs[turned]
            if Self.reaches(Self.area(sum) * scale, actual) { reached += 1 }
        }
        self.init(actual, reached: reached, of: all, isExact: true)
    }

    /// Exchanges labels among all runs of both groups.
    ///
    /// - Parameters:
    ///   - baseline: shares of its runs; at least one.
    ///   - candidate: shares of its runs; at least one.
    ///   - step: the distance of two points.
    ///   - seed: of the draw; exact up to 4,096 choices (7 runs of each), where nothing is drawn.
    init(baseline: [[Double]], candidate: [[Double]], step: Double, seed: UInt64) {
        let runs = baseline + candidate
        let total = Self.sum(runs)
        let (n, m) = (Double(baseline.count), Double(candidate.count))
        // With c the candidate's sum, c / m − (total − c) / n = c (1 / m + 1 / n) − total / n.
        func distance(_ chosen: [Int]) -> Double {
            var difference = total.map { -$0 / n }
            for index in chosen { Self.add(runs[index], times: 1 / m + 1 / n, to: &difference) }
            return Self.area(difference) * step
        }
        var chosen = Array(baseline.count..<runs.count)
        let actual = distance(chosen)
        let choices = MannWhitney.choices(baseline.count, candidate.count)
        guard choices <= Double(Self.exactLimit) else {
            var random = SplitMix64(seed: seed)
            var order = Array(runs.indices)
            var reached = 1
            for _ in 0..<Self.drawn {
                random.shuffle(&order)
                if Self.reaches(distance(Array(order.prefix(candidate.count))), actual) { reached += 1 }
            }
            self.init(actual, reached: reached, of: Self.drawn + 1, isExact: false)
            return
        }
        chosen = Array(0..<candidate.count)
        var (reached, seen) = (0, 0)
        repeat {
            seen += 1
            if Self.reaches(distance(chosen), actual) { reached += 1 }
        } while Self.advance(&chosen, below: runs.count)
        self.init(actual, reached: reached, of: seen, isExact: true)
    }

    private init(_ distance: Double, reached: Int, of labellings: Int, isExact: Bool) {
        self.distance = distance
        self.labellings = labellings
        self.isExact = isExact
        pValue = Double(reached) / Double(labellings)
    }

    /// Goes to the next choice in lexical order; false after the last.
    private static func advance(_ chosen: inout [Int], below end: Int) -> Bool {
        var place = chosen.count - 1
        while place >= 0, chosen[place] == end - chosen.count + place { place -= 1 }
        guard place >= 0 else { return false }
        chosen[place] += 1
        for next in (place + 1)..<max(place + 1, chosen.count) { chosen[next] = chosen[next - 1] + 1 }
        return true
    }

    /// Sums in another order differ in their last digits.
    private static func reaches(_ distance: Double, _ actual: Double) -> Bool { distance >= actual * (1 - 1e-9) }

    private static func sum(_ rows: [[Double]]) -> [Double] {
        var sum = [Double](repeating: 0, count: rows[0].count)
        for row in rows { add(row, times: 1, to: &sum) }
        return sum
    }

    private static func add(_ row: [Double], times factor: Double, to sum: inout [Double]) {
        for index in sum.indices { sum[index] += factor * row[index] }
    }

    private static func area(_ difference: [Double]) -> Double {
        var area = 0.0
        for value in difference { area += value.magnitude }
        return area
    }
}
