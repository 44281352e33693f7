/// How a whole distribution moved: quantile by quantile, to tell "everything is slower" from "only the tail is".
package struct DistributionShift: Codable, Equatable, Sendable {
    /// One quantile on both sides.
    package struct Quantile: Codable, Equatable, Sendable {
        /// Which one: 0.5 is the median.
        package var quantile: Double
        /// The baseline's value, in nanoseconds.
        package var baseline: Double
        /// The candidate's value, in nanoseconds.
        package var candidate: Double
        /// Candidate divided by baseline.
        package var ratio: Double
        /// The lower end of the ratio's confidence interval over runs; absent where so few give none.
        package var low: Double?
        /// Its upper end.
        package var high: Double?

        /// Makes the value; what is not known is left out.
        package init(
            quantile: Double,
            baseline: Double,
            candidate: Double,
            ratio: Double,
            low: Double? = nil,
            high: Double? = nil
        ) {
            self.quantile = quantile
            self.baseline = baseline
            self.candidate = candidate
            self.ratio = ratio
            self.low = low
            self.high = high
        }
    }

    /// The quantiles, in rising order.
    package var quantiles: [Quantile]
    /// The probability of so great a distance if the labels of the runs meant nothing; absent with too few runs.
    package var pValue: Double?
    /// One sentence that says where the change lives.
    package var sentence: String

    /// Makes the value from its parts.
    package init(quantiles: [Quantile], pValue: Double? = nil, sentence: String) {
        self.quantiles = quantiles
        self.pValue = pValue
        self.sentence = sentence
    }

    private enum CodingKeys: String, CodingKey {
        case quantiles
        case pValue = "p_value"
        case sentence
    }
}
