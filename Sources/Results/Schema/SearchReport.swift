/// How the highest rate was searched for that a system sustains: every try, and what came of it.
package struct SearchReport: Codable, Equatable, Sendable {
    /// Why the search did not go higher.
    package enum Bound: String, Codable, Sendable, CaseIterable {
        /// Above the rate found an objective of the search does not hold.
        case objective
        /// Above it the load generator or the machine could not keep the plan.
        case generator
        /// The search was not allowed to try more.
        case ceiling
    }

    /// The phase of the profile that was searched.
    package var phase: String
    /// What had to hold at a rate, each a sentence.
    package var conditions: [String]
    /// How near the rate found is to one that does not hold, as a share.
    package var precision: Double
    /// The highest rate that held for the whole confirmation, in operations a second; absent if none did.
    package var capacityPerSecond: Double?
    /// Why it is not higher; absent if there is none.
    package var boundedBy: Bound?
    /// The rate at which the latency begins to rise steeply, in operations a second; absent if it does not.
    package var kneePerSecond: Double?
    /// Every try, in its order; sorted by rate they are the curve of load, latency and memory.
    package var tries: [SearchTry]

    /// Makes the value; what was not found is left out.
    package init(
        phase: String,
        conditions: [String],
        precision: Double,
        capacityPerSecond: Double? = nil,
        boundedBy: Bound? = nil,
        kneePerSecond: Double? = nil,
        tries: [SearchTry] = []
    ) {
        self.phase = phase
        self.conditions = conditions
        self.precision = precision
        self.capacityPerSecond = capacityPerSecond
        self.boundedBy = boundedBy
        self.kneePerSecond = kneePerSecond
        self.tries = tries
    }

    private enum CodingKeys: String, CodingKey {
        case phase
        case conditions
        case precision
        case capacityPerSecond = "capacity_per_s"
        case boundedBy = "bounded_by"
        case kneePerSecond = "knee_per_s"
        case tries
    }
}

/// One rate that was tried in a fresh worker.
package struct SearchTry: Codable, Equatable, Sendable {
    /// `exploring`, `narrowing` or `confirming`.
    package var stage: String
    /// The rate, in operations a second.
    package var ratePerSecond: Double
    /// Whether everything held.
    package var holds: Bool
    /// What did not hold, each a sentence.
    package var reasons: [String]
    /// Whether the load generator and the machine did their part.
    package var isValid: Bool
    /// The metrics of the try that make the curve, by name, in base units.
    package var metrics: [String: Double]

    /// Makes the value from its parts.
    package init(
        stage: String,
        ratePerSecond: Double,
        holds: Bool,
        reasons: [String],
        isValid: Bool,
        metrics: [String: Double]
    ) {
        self.stage = stage
        self.ratePerSecond = ratePerSecond
        self.holds = holds
        self.reasons = reasons
        self.isValid = isValid
        self.metrics = metrics
    }

    private enum CodingKeys: String, CodingKey {
        case stage
        case ratePerSecond = "rate_per_s"
        case holds
        case reasons
        case isValid = "valid"
        case metrics
    }
}
