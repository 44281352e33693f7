/// What a run was to do: enough to recognise an equal plan and to explain the figures.
package struct PlanSummary: Codable, Equatable, Sendable {
    /// Hash of the whole plan: equal plans have equal hashes.
    package var hash: String
    /// Seed of everything random.
    package var seed: UInt64
    /// Number of producers.
    package var producers: Int
    /// What one operation does: `event`, another kind, or `mixed`.
    package var operation: String?
    /// Attributes of each item; absent from a mix.
    package var attributes: Int?
    /// What response times start from: `intended_start` for open models, `actual_start` for closed ones.
    package var latencyBasis: String?
    /// The phases in order.
    package var phases: [PlannedPhase]
    /// Who issues the operations; absent when all producers do the same.
    package var scenarios: [ScenarioSummary]?
    /// The part of the plan that was carried out; absent when it was the whole.
    package var shard: ShardSummary?
    /// How the sink misbehaved on purpose, as text; absent where it did not.
    package var faults: [String]?

    /// Makes the value; what was not measured is left out.
    package init(
        hash: String,
        seed: UInt64,
        producers: Int,
        operation: String? = nil,
        attributes: Int? = nil,
        latencyBasis: String? = nil,
        phases: [PlannedPhase] = []
    ) {
        self.hash = hash
        self.seed = seed
        self.producers = producers
        self.operation = operation
        self.attributes = attributes
        self.latencyBasis = latencyBasis
        self.phases = phases
    }

    private enum CodingKeys: String, CodingKey {
        case hash
        case seed
        case producers
        case operation
        case attributes
        case latencyBasis = "latency_basis"
        case phases
        case scenarios
        case shard
        case faults
    }
}

extension PlanSummary {
    /// What two runs must have in common to be the same experiment: the plan and the faults beside it.
    ///
    /// Without faults it is the hash of the plan alone.
    package var identity: String { ([hash] + (faults ?? [])).joined(separator: ";") }
}
