import LoadEngine
import Measurement

/// Bytes in use at the ends of cycles of the same work, and the line through those that count.
///
///     bytes in use
///       │        ∙ ∙ ∙ ∙ ∙ ∙ ∙ ∙ ∙ ∙ ∙ ∙   counted: Theil–Sen line, 99 % interval
///       │    ∙ ∙
///       │  ∙        the first do not count: buffers, caches and type metadata fill once
///       └────────────────────────────────── cycle
struct LeakSeries: Equatable {
    /// Even where growth still shrinks, no more of the first cycles than this are left out.
    static let mostDiscarded = 8
    /// Growth of the second half below this share of the first half's has faded.
    private static let fadingShare = 0.5

    /// How many of the first values do not count.
    let discarded: Int
    /// The line through the others, at 0, 1, 2 …; nil where there are too few.
    let line: TheilSen?
    /// Kendall's τ-b of the same; nil where all are equal.
    let kendallTau: Double?
    /// Whether they grow less and less.
    let isFading: Bool

    /// Looks at a series.
    ///
    /// - Parameters:
    ///   - values: bytes in use at the end of each cycle.
    ///   - discard: how many of the first do not count at least.
    ///   - tolerance: growth of a cycle, in bytes, below which nothing is worth waiting for.
    init(_ values: [Double], discard: Int, tolerance: Double) {
        discarded = Self.warmUp(values, discard, tolerance)
        let counted = Array(values.dropFirst(discarded))
        line = TheilSen(counted)
        kendallTau = KendallTau.b(counted.enumerated().map { (x: Double($0.offset), y: $0.element) })
        let half = counted.count / 2
        let early = TheilSen(Array(counted.prefix(counted.count - half)))?.slope ?? 0
        let late = TheilSen(Array(counted.suffix(counted.count - half)))?.slope ?? 0
        isFading = late < Self.fadingShare * early
    }

    /// More than `discard` while a cycle's growth is worth mentioning and less than that of the cycle before.
    private static func warmUp(_ values: [Double], _ discard: Int, _ tolerance: Double) -> Int {
        let most = max(discard, min(mostDiscarded, values.count - LeakSettings.countedCycles))
        var count = discard
        while count >= 2, count < most {
            let (before, now) = (values[count - 1] - values[count - 2], values[count] - values[count - 1])
            guard now > tolerance, now < before else { break }
            count += 1
        }
        return min(count, values.count)
    }
}

/// Growth from cycle to cycle and where it lies with 99 % confidence, in bytes.
struct LeakGrowth: Equatable {
    /// The estimate.
    let slope: Double
    /// The least that it may be.
    let low: Double
    /// The most.
    let high: Double

    /// What a line says; nil where it has no interval.
    init?(_ line: TheilSen?) {
        guard let line, let interval = line.interval else { return nil }
        self.init(slope: line.slope, low: interval.lower, high: interval.upper)
    }

    /// Makes the value.
    init(slope: Double, low: Double, high: Double) {
        (self.slope, self.low, self.high) = (slope, low, high)
    }

    /// The growth beyond that of another series, which is independent of this one.
    ///
    /// The interval of a difference from the intervals of both: G. Y. Zou, A. Donner, "Construction of confidence limits
    /// about effect measures", 2008, https://doi.org/10.1002/sim.3095.
    func beyond(_ other: LeakGrowth?) -> LeakGrowth {
        guard let other else { return self }
        let difference = slope - other.slope
        let below = Self.distance(slope - low, other.high - other.slope)
        let above = Self.distance(high - slope, other.slope - other.low)
        return LeakGrowth(slope: difference, low: difference - below, high: difference + above)
    }

    private static func distance(_ first: Double, _ second: Double) -> Double {
        (first * first + second * second).squareRoot()
    }
}
