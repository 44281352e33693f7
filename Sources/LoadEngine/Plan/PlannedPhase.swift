/// One phase of a plan.
package struct PlannedPhase: Sendable, Equatable {
    /// The name of the phase, unique in the plan.
    package let name: String
    /// Which operations are issued, and when; of a plan with scenarios, those that their weights share.
    package let schedule: Schedule
    /// The loads of the scenarios that have one of their own, by their names.
    package let besides: [String: Schedule]
    /// From the start of the phase to its planned end, in nanoseconds; 0 when a number of operations alone ends it.
    package let durationNanoseconds: UInt64
    /// Whether the phase counts in the results; warm-up phases do not.
    package let report: Bool
    /// Whether the system is flushed at the end of the phase.
    package let flush: Bool
    /// After how many of its own operations each producer flushes the system, or nil for never.
    package let flushEvery: UInt64?
    /// The distance of the flushes that are made beside the producers, in nanoseconds, or nil for none.
    package let flushIntervalNanoseconds: UInt64?
    /// One operation in so many is timed; 1 in the open model.
    package let timedEvery: UInt64
    /// Whether a constant rate goes by the name `soak`.
    package let isSoak: Bool
    /// How the operations of a rate are spread.
    package let arrivals: ArrivalProcess
    /// How fast what is overdue may be issued.
    package let catchUp: CatchUp
    /// For how long after the planned end operations may still be started, in nanoseconds; nil for the default.
    package let graceNanoseconds: UInt64?
    /// In the closed model, the pause of a producer after each operation, in nanoseconds.
    package let thinkNanoseconds: UInt64
    /// Whether the phase is a cycle: at its end the worker waits until the system is quiet before it measures.
    package let isCycle: Bool
    /// Whether the producers' threads begin and end with the phase.
    package let freshThreads: Bool
    /// How many further systems are made, used and shut down at the end of the phase.
    package let sessions: UInt64

    /// Creates a phase.
    package init(
        name: String,
        schedule: Schedule,
        besides: [String: Schedule] = [:],
        durationNanoseconds: UInt64,
        report: Bool = true,
        flush: Bool = true,
        flushEvery: UInt64? = nil,
        flushIntervalNanoseconds: UInt64? = nil,
        timedEvery: UInt64 = 1,
        isSoak: Bool = false,
        arrivals: ArrivalProcess = .uniform,
        catchUp: CatchUp = .unlimited,
        graceNanoseconds: UInt64? = nil,
        thinkNanoseconds: UInt64 = 0,
        isCycle: Bool = false,
        freshThreads: Bool = false,
        sessions: UInt64 = 0
    ) {
        self.name = name
        self.schedule = schedule
        self.besides = besides
        self.durationNanoseconds = durationNanoseconds
        self.report = report
        self.flush = flush
        self.flushEvery = flushEvery
        self.flushIntervalNanoseconds = flushIntervalNanoseconds
        self.timedEvery = timedEvery
        self.isSoak = isSoak
        self.arrivals = arrivals
        self.catchUp = catchUp
        self.graceNanoseconds = graceNanoseconds
        self.thinkNanoseconds = thinkNanoseconds
        self.isCycle = isCycle
        self.freshThreads = freshThreads
        self.sessions = sessions
    }

    /// The word that a profile uses for the shape.
    package var shape: String { isSoak ? "soak" : schedule.shape }

    /// Whether operations have intended starts.
    package var isOpen: Bool { schedule.isOpen || !besides.isEmpty }

    /// How many operations are planned over all scenarios, or nil when time alone bounds them.
    package var operations: UInt64? {
        besides.values.reduce(schedule.operations) { sum, own in
            own.operations.flatMap { own in sum.map { $0 + own } }
        }
    }

    /// For how long after the planned end overdue operations are still started; what is left then is missed.
    ///
    /// A phase without a planned duration is a single burst: all that there is to it comes after its planned end.
    package var effectiveGraceNanoseconds: UInt64 {
        graceNanoseconds ?? (durationNanoseconds > 0 ? Self.defaultGrace : Self.defaultGraceOfBurst)
    }

    private static let defaultGrace: UInt64 = 2_000_000_000
    private static let defaultGraceOfBurst: UInt64 = 30_000_000_000

    /// The planned rate over all scenarios, in operations per second, or nil in the closed model and without a duration.
    ///
    /// With loads beside it is the mean over the whole phase.
    package var offeredPerSecond: Double? {
        guard !besides.isEmpty else { return schedule.offeredPerSecond(over: durationNanoseconds) }
        guard schedule.isOpen, durationNanoseconds > 0, let operations else { return nil }
        return Double(operations) * 1e9 / Double(durationNanoseconds)
    }
}

extension Schedule {
    /// The planned rate in operations per second, or nil in the closed model and without a duration.
    package func offeredPerSecond(over durationNanoseconds: UInt64) -> Double? {
        switch self {
        case .constant(let events, let perNanoseconds, _, _):
            Double(events) * 1e9 / Double(perNanoseconds)
        case .curve(let curve, _, let operations, _):
            Double(operations) * 1e9 / Double(curve.durationNanoseconds)
        case .burst(_, _, let operations) where durationNanoseconds > 0:
            Double(operations) * 1e9 / Double(durationNanoseconds)
        case .burst, .closed, .idle:
            nil
        }
    }
}

extension PlannedPhase {
    /// Whether nothing but the system decides when the phase ends.
    package var isOpenEnded: Bool {
        if case .closed(_, nil) = schedule { true } else { false }
    }
}
