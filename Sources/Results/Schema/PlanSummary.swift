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
    }
}

/// One phase of a plan.
package struct PlannedPhase: Codable, Equatable, Sendable {
    /// Name of the phase.
    package var name: String
    /// Shape of its load: `constant`, `burst`, `max` or `idle`.
    package var shape: String
    /// Whether its figures count; a warm-up does not.
    package var isReported: Bool
    /// How long it lasts, in seconds, where that is planned.
    package var durationSeconds: Double?
    /// How many operations it issues, where that is planned.
    package var operations: UInt64?
    /// Operations a second over all producers, for constant rates.
    package var ratePerSecond: Double?
    /// Operations in a burst.
    package var burstSize: UInt64?
    /// Time from burst to burst, in seconds.
    package var burstEverySeconds: Double?
    /// Operations between explicit flushes.
    package var flushEvery: UInt64?
    /// One operation in this many is timed.
    package var timedEvery: UInt64?

    /// Makes the value; what was not measured is left out.
    package init(
        name: String,
        shape: String,
        isReported: Bool = true,
        durationSeconds: Double? = nil,
        operations: UInt64? = nil,
        ratePerSecond: Double? = nil,
        burstSize: UInt64? = nil,
        burstEverySeconds: Double? = nil,
        flushEvery: UInt64? = nil,
        timedEvery: UInt64? = nil
    ) {
        self.name = name
        self.shape = shape
        self.isReported = isReported
        self.durationSeconds = durationSeconds
        self.operations = operations
        self.ratePerSecond = ratePerSecond
        self.burstSize = burstSize
        self.burstEverySeconds = burstEverySeconds
        self.flushEvery = flushEvery
        self.timedEvery = timedEvery
    }

    private enum CodingKeys: String, CodingKey {
        case name
        case shape
        case isReported = "report"
        case durationSeconds = "duration_s"
        case operations
        case ratePerSecond = "rate_per_s"
        case burstSize = "burst_size"
        case burstEverySeconds = "burst_every_s"
        case flushEvery = "flush_every"
        case timedEvery = "timed_every"
    }
}
