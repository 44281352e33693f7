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
    /// The number of producer threads, 1 … ``maximumProducers``.
    package let producers: Int
    /// What the operations hand to the system.
    package let workload: WorkloadMix
    /// The phases in their order; at least one.
    package let phases: [PlannedPhase]

    /// The most producers a plan may have; a thread and 810 KB of histograms each.
    package static let maximumProducers = 256

    /// Creates a plan.
    package init(profile: String, seed: UInt64, producers: Int, workload: WorkloadMix, phases: [PlannedPhase]) {
        self.profile = profile
        self.seed = seed
        self.producers = producers
        self.workload = workload
        self.phases = phases
    }

    /// How many operations all phases have together, or nil when one of them is bounded by time alone.
    package var totalOperations: UInt64? {
        var total: UInt64 = 0
        for phase in phases {
            guard let operations = phase.schedule.operations else { return nil }
            total += operations
        }
        return total
    }

    /// The planned durations of all phases, without their flushes, in nanoseconds.
    package var durationNanoseconds: UInt64 {
        phases.reduce(0) { $0 + $1.durationNanoseconds }
    }
}

/// One phase of a plan.
package struct PlannedPhase: Sendable, Equatable, Codable {
    private enum CodingKeys: String, CodingKey {
        case name
        case schedule
        case durationNanoseconds = "duration_ns"
        case report
        case flush
        case flushEvery = "flush_every"
        case timedEvery = "timed_every"
    }

    /// The name of the phase, unique in the plan.
    package let name: String
    /// Which operations are issued, and when.
    package let schedule: Schedule
    /// From the start of the phase to its planned end, in nanoseconds; 0 when a number of operations alone ends it.
    package let durationNanoseconds: UInt64
    /// Whether the phase counts in the results; warm-up phases do not.
    package let report: Bool
    /// Whether the system is flushed at the end of the phase.
    package let flush: Bool
    /// After how many of its own operations each producer flushes the system, or nil for never.
    package let flushEvery: UInt64?
    /// One operation in so many is timed; 1 in the open model.
    package let timedEvery: UInt64

    /// Creates a phase.
    package init(
        name: String,
        schedule: Schedule,
        durationNanoseconds: UInt64,
        report: Bool = true,
        flush: Bool = true,
        flushEvery: UInt64? = nil,
        timedEvery: UInt64 = 1
    ) {
        self.name = name
        self.schedule = schedule
        self.durationNanoseconds = durationNanoseconds
        self.report = report
        self.flush = flush
        self.flushEvery = flushEvery
        self.timedEvery = timedEvery
    }

    /// How many operations are planned, or nil when time alone bounds them.
    package var operations: UInt64? { schedule.operations }

    /// The planned rate over all producers, in operations per second, or nil in the closed model and without a
    /// duration.
    package var offeredPerSecond: Double? {
        switch schedule {
        case .constant(let events, let perNanoseconds, _, _):
            Double(events) * 1e9 / Double(perNanoseconds)
        case .burst(_, _, let operations) where durationNanoseconds > 0:
            Double(operations) * 1e9 / Double(durationNanoseconds)
        case .burst, .closed, .idle:
            nil
        }
    }
}
