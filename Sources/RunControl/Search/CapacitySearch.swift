/// Looks for the highest rate that holds: doubles until one does not, halves the gap until it is narrow, confirms.
///
///     rate  from ── ×2 ── ×2 ── ×2 ✗
///                          │     │
///                          └─ ∙ ─┘   geometric middle, until high ≤ low · (1 + precision)
///                             │
///                             └─ confirmation, longer; after one that fails a lower rate is confirmed: what holds for a
///                                short time has turned out to say little there
///
/// Pure: it is told what held and says what to try next.
struct CapacitySearch: Equatable {
    /// What one try is for.
    enum Stage: String {
        /// The rate is doubled, or halved while none has held yet.
        case exploring
        /// The gap between the highest rate that held and the lowest that did not is halved.
        case narrowing
        /// The rate found is tried for longer.
        case confirming
    }

    /// A rate to try.
    struct Try: Equatable {
        /// Operations a second.
        let rate: UInt64
        /// What it is for.
        let stage: Stage
    }

    /// How often a confirmation may fail before the search gives up.
    private static let confirmationLimit = 4
    /// How much lower the next confirmation is, at least.
    private static let retreat = 0.05

    private let from: UInt64
    private let to: UInt64
    private let precision: Double
    /// The highest rate that held.
    private(set) var holding: UInt64?
    /// The lowest rate that did not hold.
    private(set) var failing: UInt64?
    /// The rate that held for the whole confirmation.
    private(set) var confirmed: UInt64?
    private var failedConfirmations = 0

    /// Creates a search.
    ///
    /// - Parameters:
    ///   - from: the first rate, positive.
    ///   - to: the highest rate, above `from`.
    ///   - precision: how narrow the gap becomes, as a share of the rate.
    init(from: UInt64, to: UInt64, precision: Double) {
        self.from = from
        self.to = to
        self.precision = precision
    }

    /// What to try next; nil when the search is over.
    var next: Try? {
        guard confirmed == nil, failedConfirmations < Self.confirmationLimit else { return nil }
        guard let holding else {
            guard let failing else { return Try(rate: from, stage: .exploring) }
            // Below a thousandth of the first rate nothing is worth being found.
            let lower = failing / 2
            return lower >= max(1, from / 1_000) ? Try(rate: lower, stage: .exploring) : nil
        }
        guard let failing else {
            return holding >= to
                ? Try(rate: to, stage: .confirming) : Try(rate: min(holding * 2, to), stage: .exploring)
        }
        guard failedConfirmations == 0 else { return Try(rate: holding, stage: .confirming) }
        let middle = Self.rounded((Double(holding) * Double(failing)).squareRoot())
        let isNarrow = Double(failing) <= Double(holding) * (1 + precision) || middle <= holding || middle >= failing
        return isNarrow ? Try(rate: holding, stage: .confirming) : Try(rate: middle, stage: .narrowing)
    }

    /// Takes note of whether a rate held.
    mutating func record(_ attempt: Try, holds: Bool) {
        switch (attempt.stage, holds) {
        case (.confirming, true): confirmed = attempt.rate
        case (.confirming, false):
            failedConfirmations += 1
            failing = attempt.rate
            holding = Self.rounded(Double(attempt.rate) * (1 - max(precision, Self.retreat)))
        case (_, true): holding = max(holding ?? 0, attempt.rate)
        case (_, false): failing = min(failing ?? .max, attempt.rate)
        }
    }

    /// Whether the search ended at the highest rate that it was allowed to try.
    var reachedCeiling: Bool { confirmed == to }

    /// The nearest rate of three significant digits: nobody needs more, and people read it.
    private static func rounded(_ rate: Double) -> UInt64 {
        var unit: Double = 1
        while rate / unit >= 1_000 { unit *= 10 }
        return UInt64((rate / unit).rounded() * unit)
    }
}
