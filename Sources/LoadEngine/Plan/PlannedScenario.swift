/// Producers of a plan that do the same: their workload, and which part of each phase's load is theirs.
package struct PlannedScenario: Sendable, Equatable {
    /// The name, unique in the plan; empty in a plan without scenarios.
    package let name: String
    /// What its operations hand to the system.
    package let workload: WorkloadMix
    /// How many producer threads it has; at least 1.
    package let producers: Int
    /// Its part of each phase's load in relation to the other weights; nil when it has a load of its own beside.
    package let weight: Int?
    /// By how much its intended starts are later than the phase's, in nanoseconds.
    package let startOffsetNanoseconds: UInt64
    /// By how much each of its producers is later than the one before, in nanoseconds.
    package let staggerNanoseconds: UInt64
    /// In the closed model, the pause after each operation in nanoseconds; nil for the phase's.
    package let thinkNanoseconds: UInt64?

    /// Creates a scenario.
    package init(
        name: String,
        workload: WorkloadMix,
        producers: Int,
        weight: Int?,
        startOffsetNanoseconds: UInt64 = 0,
        staggerNanoseconds: UInt64 = 0,
        thinkNanoseconds: UInt64? = nil
    ) {
        self.name = name
        self.workload = workload
        self.producers = producers
        self.weight = weight
        self.startOffsetNanoseconds = startOffsetNanoseconds
        self.staggerNanoseconds = staggerNanoseconds
        self.thinkNanoseconds = thinkNanoseconds
    }

    /// By how much the intended starts of one of its producers are shifted, in nanoseconds.
    package func shift(ofRank rank: Int) -> UInt64 {
        startOffsetNanoseconds + UInt64(rank) * staggerNanoseconds
    }
}

extension PlannedScenario: Codable {
    private enum CodingKeys: String, CodingKey {
        case name
        case workload
        case producers
        case weight
        case startOffsetNanoseconds = "start_offset_ns"
        case staggerNanoseconds = "stagger_ns"
        case thinkNanoseconds = "think_ns"
    }

    /// Reads a scenario; what does not stand there is not shifted.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            name: try container.decode(String.self, forKey: .name),
            workload: try container.decode(WorkloadMix.self, forKey: .workload),
            producers: try container.decode(Int.self, forKey: .producers),
            weight: try container.decodeIfPresent(Int.self, forKey: .weight),
            startOffsetNanoseconds: try container.decodeIfPresent(UInt64.self, forKey: .startOffsetNanoseconds) ?? 0,
            staggerNanoseconds: try container.decodeIfPresent(UInt64.self, forKey: .staggerNanoseconds) ?? 0,
            thinkNanoseconds: try container.decodeIfPresent(UInt64.self, forKey: .thinkNanoseconds)
        )
        guard (1...Plan.maximumProducers).contains(producers), weight ?? 1 > 0 else {
            throw DecodingError.dataCorruptedError(
                forKey: .producers,
                in: container,
                debugDescription: "a scenario has at least one producer and a positive weight"
            )
        }
    }

    /// Writes the scenario; shifts of zero are left out.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(name, forKey: .name)
        try container.encode(workload, forKey: .workload)
        try container.encode(producers, forKey: .producers)
        try container.encodeIfPresent(weight, forKey: .weight)
        if startOffsetNanoseconds > 0 { try container.encode(startOffsetNanoseconds, forKey: .startOffsetNanoseconds) }
        if staggerNanoseconds > 0 { try container.encode(staggerNanoseconds, forKey: .staggerNanoseconds) }
        try container.encodeIfPresent(thinkNanoseconds, forKey: .thinkNanoseconds)
    }
}
