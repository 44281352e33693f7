package import HarnessCore

/// What a user asks for: a validated profile, from which the plan is made.
///
/// A profile is read from JSON by ``ProfileDocument``; it never holds a zero rate, an empty phase list or any other
/// state that the engine could not run.
package struct Profile: Sendable, Equatable {
    /// The name of the profile.
    package let name: String
    /// What the profile is for, in a sentence, or empty.
    package let description: String
    /// The name of the system to drive.
    package let system: String
    /// The options of the system; the system itself checks them.
    package let options: [String: OptionValue]
    /// What the operations hand to the system.
    package let workload: WorkloadMix
    /// The phases in their order; at least one, and at least one that is reported.
    package let phases: [Phase]
    /// The number of producer threads, 1 … ``Plan/maximumProducers``; with scenarios, of all of them.
    package let producers: Int
    /// By how much each producer starts later than the one before, in nanoseconds.
    package let staggerNanoseconds: UInt64
    /// Who issues the operations; empty when all producers do the same.
    package let scenarios: [Scenario]
    /// The seed of everything random.
    package let seed: UInt64
    /// What the profile demands of the result, in the order of the file; checked by whoever knows the metrics.
    package let thresholds: [Threshold]
    /// What the machine and the generator are allowed before the figures of a run cannot be trusted.
    package let validity: ValidityLimits
    /// How a leak check judges; nil in a profile that is none.
    ///
    /// No part of the plan either.
    package let leak: LeakSettings?
    /// How the sink misbehaves on purpose, in the order of the file.
    ///
    /// They are no part of the plan: neither its hash nor what a worker is told depends on them.
    package let faults: [Fault]
    /// Whether memory is sampled while the run goes on; off to see what the sampling itself costs.
    ///
    /// No part of the plan either.
    package let samplesMemory: Bool

    /// How many clients of the system the run has, by its option `clients`; nil where it does not say.
    ///
    /// The items of producer p are those of client p mod n.
    package var tenants: Int? {
        if case .integer(let count)? = options["clients"], count > 0 { Int(clamping: count) } else { nil }
    }

    /// One part of a run.
    package struct Phase: Sendable, Equatable {
        /// The name: letters, digits, `-` and `_`, unique in the profile.
        package let name: String
        /// What load is offered, and for how long.
        package let shape: Shape
        /// Whether the phase counts in the results.
        package let report: Bool
        /// Whether the system is flushed at the end.
        package let flush: Bool
        /// After how many of its own operations each producer flushes the system, or nil for never.
        package let flushEvery: UInt64?
        /// The distance of the flushes that are made beside the producers, in nanoseconds, or nil for none.
        package let flushIntervalNanoseconds: UInt64?
        /// One operation in so many is timed; 1 outside the shape `max`.
        package let timedEvery: UInt64
        /// Whether the operations of a rate come at random.
        package let isPoisson: Bool
        /// How fast what is overdue may be issued.
        package let catchUp: CatchUp
        /// For how long after the planned end operations may still be started, in nanoseconds; nil for the default.
        package let graceNanoseconds: UInt64?
        /// With the shape `max`, the pause of a producer after each operation, in nanoseconds; 0 for none.
        package let thinkNanoseconds: UInt64
        /// How often the phase is done one after the other, each time to a quiet end; nil for a phase that just is.
        package let cycles: UInt64?
        /// Whether the producers' threads begin and end with each cycle.
        package let freshThreads: Bool
        /// How many further systems are made, used and shut down at the end of each cycle.
        package let sessions: UInt64
    }

    /// Producers that do the same: their workload, and which part of the load is theirs.
    package struct Scenario: Sendable, Equatable {
        /// The name: letters, digits, `-` and `_`, unique in the profile.
        package let name: String
        /// What its operations hand to the system.
        package let workload: WorkloadMix
        /// How many producer threads it has; at least 1.
        package let producers: Int
        /// What it issues.
        package let load: ScenarioLoad
        /// By how much it starts later than each phase, in nanoseconds.
        package let startOffsetNanoseconds: UInt64
        /// By how much each of its producers starts later than the one before, in nanoseconds.
        package let staggerNanoseconds: UInt64
        /// In phases of the shape `max`, the pause after each operation in nanoseconds; nil for the phase's.
        package let thinkNanoseconds: UInt64?
    }

    /// What a scenario issues.
    package enum ScenarioLoad: Sendable, Equatable {
        /// A part of each phase's load, in relation to the other weights.
        case weight(Int)
        /// Beside each phase with load, evenly spaced operations for as long as it lasts.
        case constant(events: UInt64, perNanoseconds: UInt64)
        /// Beside each phase with load, bursts for as long as it lasts.
        case burst(size: UInt64, everyNanoseconds: UInt64)
    }

    /// The shape of the load of a phase.
    package enum Shape: Sendable, Equatable {
        /// Open model, `events` operations evenly spaced in each `perNanoseconds`, over all producers.
        case constant(events: UInt64, perNanoseconds: UInt64, Extent)
        /// Open model, `size` operations at once, over all producers, every `everyNanoseconds`; 0 for a single burst.
        case burst(size: UInt64, everyNanoseconds: UInt64, Extent)
        /// Open model, a rate over all producers that changes.
        case curve(RateCurve, CurveKind)
        /// As `constant`, for a long time: by default with flushes beside the producers.
        case soak(events: UInt64, perNanoseconds: UInt64, durationNanoseconds: UInt64)
        /// Closed model: as fast as the system lets the producers go.
        case max(Extent)
        /// No load for so many nanoseconds.
        case idle(UInt64)
    }

    /// When a phase ends.
    package enum Extent: Sendable, Equatable {
        /// After so many nanoseconds.
        case duration(UInt64)
        /// After so many operations over all producers.
        case count(UInt64)
    }

    /// A demand on a metric, as written.
    package struct Threshold: Sendable, Equatable, Codable {
        /// The name of the metric, for instance `flush_latency.p95`.
        package let metric: String
        /// Operator and limit, for instance `<= 250ms`.
        package let expression: String
        /// How much it matters, as written, for instance `warn`; nil for a failure of the run.
        package let level: String?

        /// Creates a threshold.
        package init(metric: String, expression: String, level: String? = nil) {
            self.metric = metric
            self.expression = expression
            self.level = level
        }
    }
}
