/// What a run does and when: a pure value made from a profile, the same on every machine.
///
/// Results carry its ``hash``, so that only runs of the same plan are compared. System options are not part of it.
package struct Plan: Sendable, Equatable {
    /// The version of this form; part of the hash.
    package static let formatVersion = 1

    /// The name of the profile that it was made from.
    package let profile: String
    /// The seed of everything random.
    package let seed: UInt64
    /// The number of producer threads, 1 … ``maximumProducers``; of a plan with scenarios, of all of them.
    package let producers: Int
    /// What the operations hand to the system; of a plan with scenarios, the workloads of all of them in a row.
    package let workload: WorkloadMix
    /// The phases in their order; at least one.
    package let phases: [PlannedPhase]
    /// Who issues the operations, in the order of the producers' numbers; without scenarios one without a name.
    package let scenarios: [PlannedScenario]
    /// The part of the plan that this process carries out, or nil for the whole.
    package internal(set) var shard: Shard?

    /// The positions of each scenario in a period of the shared operations, in the order of ``scenarios``; empty for a
    /// scenario with a load of its own.
    let positions: [[UInt64]]
    /// The number of the first producer of each scenario.
    let firstProducers: [Int]

    /// The most producers a plan may have; a thread and 810 KB of histograms each.
    package static let maximumProducers = 256
    /// The most scenarios a plan may have.
    package static let maximumScenarios = 16

    /// Creates a plan of producers that all do the same.
    package init(
        profile: String,
        seed: UInt64,
        producers: Int,
        workload: WorkloadMix,
        staggerNanoseconds: UInt64 = 0,
        phases: [PlannedPhase]
    ) {
        let scenario = PlannedScenario(
            name: "",
            workload: workload,
            producers: producers,
            weight: 1,
            staggerNanoseconds: staggerNanoseconds
        )
        self.init(profile: profile, seed: seed, scenarios: [scenario], phases: phases)
    }

    /// Creates a plan of several scenarios.
    ///
    /// - Precondition: there is at least one scenario.
    package init(profile: String, seed: UInt64, scenarios: [PlannedScenario], phases: [PlannedPhase]) {
        precondition(!scenarios.isEmpty, "somebody issues the operations of a plan")
        self.profile = profile
        self.seed = seed
        self.scenarios = scenarios
        self.phases = phases
        producers = scenarios.reduce(0) { $0 + $1.producers }
        workload = WorkloadMix(components: scenarios.flatMap(\.workload.components))
        var shared = OperationShare.positions(ofWeights: scenarios.compactMap(\.weight)).makeIterator()
        positions = scenarios.map { $0.weight == nil ? [] : shared.next() ?? [] }
        firstProducers = scenarios.indices.map { index in scenarios[..<index].reduce(0) { $0 + $1.producers } }
    }

    /// How many operations all phases have together, or nil when one of them is bounded by time alone.
    package var totalOperations: UInt64? {
        var total: UInt64 = 0
        for phase in phases {
            guard let operations = phase.operations else { return nil }
            total += operations
        }
        return total
    }

    /// The planned durations of all phases, without their flushes, in nanoseconds.
    package var durationNanoseconds: UInt64 {
        phases.reduce(0) { $0 + $1.durationNanoseconds }
    }
}
