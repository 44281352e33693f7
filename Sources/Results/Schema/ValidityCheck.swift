/// One condition of a trustworthy run: what was observed beside its limit, and what follows.
package struct ValidityCheck: Codable, Equatable, Sendable {
    /// How a check came out.
    package enum Verdict: String, Codable, Sendable, CaseIterable {
        /// The limit holds.
        case pass
        /// The limit is broken, and the generator or the machine is at fault: the figures cannot be trusted.
        case fail
        /// The limit is broken, and that says something of the system, or the profile only wants to know.
        case warning
    }

    /// What is limited, as a profile writes it under `validity`: `lag_p99`, `steal_percent`.
    package var name: String
    /// The phase in which the worst was observed; absent when it was over the whole repetition.
    package var phase: String?
    /// The repetition in which that was, from 0.
    package var repetition: Int?
    /// The worst that was observed.
    package var observed: Double
    /// The limit, in the same unit.
    package var limit: Double
    /// The unit: `ns`, `percent` or `bytes`.
    package var unit: MetricUnit
    /// How it came out.
    package var verdict: Verdict
    /// The same in words, with what to do when the limit is broken.
    package var sentence: String

    /// Makes the value.
    package init(
        name: String,
        phase: String? = nil,
        repetition: Int? = nil,
        observed: Double,
        limit: Double,
        unit: MetricUnit,
        verdict: Verdict,
        sentence: String
    ) {
        self.name = name
        self.phase = phase
        self.repetition = repetition
        self.observed = observed
        self.limit = limit
        self.unit = unit
        self.verdict = verdict
        self.sentence = sentence
    }
}
