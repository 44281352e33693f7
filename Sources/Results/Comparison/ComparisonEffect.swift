/// How far the candidate is from the baseline, with what is known about it.
package struct ComparisonEffect: Codable, Equatable, Sendable {
    /// What the figures are.
    package enum Scale: String, Codable, Sendable, CaseIterable {
        /// Candidate divided by baseline: 1 is no change.
        case ratio
        /// Candidate minus baseline in the unit of the metric: 0 is no change.
        case difference
    }

    /// How the values were compared.
    package var method: ComparisonRow.Method
    /// What the figures are.
    package var scale: Scale
    /// The estimate.
    package var estimate: Double
    /// The lower end of the confidence interval; absent where so few values give none.
    package var low: Double?
    /// Its upper end.
    package var high: Double?
    /// The confidence that the interval really has, at least what was asked for; absent without an interval.
    package var confidence: Double?
    /// The probability of such figures if nothing had changed, two-sided; absent where nothing was tested.
    package var pValue: Double?
    /// The same after Holm's correction for all gates that were judged together.
    package var adjustedPValue: Double?
    /// Pairs, or runs of the side that has fewer.
    package var count: Int
    /// Whether the figures are of pairs that were measured afresh after a screen.
    package var isConfirmation: Bool

    /// Makes the value; what is not known is left out.
    package init(
        method: ComparisonRow.Method,
        scale: Scale,
        estimate: Double,
        low: Double? = nil,
        high: Double? = nil,
        confidence: Double? = nil,
        pValue: Double? = nil,
        adjustedPValue: Double? = nil,
        count: Int,
        isConfirmation: Bool = false
    ) {
        self.method = method
        self.scale = scale
        self.estimate = estimate
        self.low = low
        self.high = high
        self.confidence = confidence
        self.pValue = pValue
        self.adjustedPValue = adjustedPValue
        self.count = count
        self.isConfirmation = isConfirmation
    }

    private enum CodingKeys: String, CodingKey {
        case method
        case scale
        case estimate
        case low
        case high
        case confidence
        case pValue = "p_value"
        case adjustedPValue = "adjusted_p_value"
        case count
        case isConfirmation = "confirmation"
    }
}
