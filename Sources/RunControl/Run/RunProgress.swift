/// Where a run stands, for a display.
package struct RunProgress: Sendable, Equatable {
    /// Two percentiles of the last interval, in nanoseconds.
    package struct Percentiles: Sendable, Equatable {
        /// The median.
        package var p50: UInt64
        /// The 99th percentile.
        package var p99: UInt64

        /// Makes a pair.
        package init(p50: UInt64, p99: UInt64) {
            self.p50 = p50
            self.p99 = p99
        }
    }

    /// The repetition, from 0.
    package var repetition: Int
    /// How many repetitions there will be.
    package var repetitions: Int
    /// The name of the phase.
    package var phase: String
    /// The phase, from 0.
    package var phaseIndex: Int
    /// How many phases a repetition has.
    package var phaseCount: Int
    /// Time since the phase began, in nanoseconds.
    package var elapsed: UInt64
    /// The planned duration of the phase, in nanoseconds; 0 when operations alone bound it.
    package var planned: UInt64
    /// What is planned to come after this moment over all repetitions, in nanoseconds.
    package var remaining: UInt64 = 0
    /// Whether a phase of unknown length is among what is to come, which ``remaining`` leaves out.
    package var isRemainingOpen = false
    /// Operations of the phase so far.
    package var operations: UInt64 = 0
    /// Operations that the phase has in all; nil when time alone bounds them.
    package var plannedOperations: UInt64?
    /// Items of the phase that the system accepted so far.
    package var accepted: UInt64 = 0
    /// Items of the phase that the system refused so far.
    package var rejected: UInt64 = 0
    /// Operations of the phase that were given up so far, because they could not be started in time.
    package var missed: UInt64 = 0
    /// Operations a second over the last interval; nil when it was too short to say.
    package var ratePerSecond: Double?
    /// Operations a second that were planned for it; nil in a closed model.
    package var targetPerSecond: Double?
    /// Whether the operations are over and the worker waits for the flush.
    package var isFlushing = false
    /// Items of the phase that arrived so far; nil when nobody counts.
    package var delivered: UInt64?
    /// The 99th percentile of the generator's lateness over the last interval, in nanoseconds; nil in a closed model.
    package var lagP99: UInt64?
    /// Response times over the last interval; nil in a closed model.
    package var response: Percentiles?
    /// Service times over the last interval.
    package var service: Percentiles?
    /// Resident memory of the worker, in bytes.
    package var residentBytes: UInt64?
    /// What the worker's program has allocated and not freed, in bytes; nil where it does not say.
    package var bytesInUse: UInt64?

    /// Makes the progress of a moment of which nothing is known yet but the place.
    package init(
        repetition: Int,
        repetitions: Int,
        phase: String,
        phaseIndex: Int,
        phaseCount: Int,
        elapsed: UInt64,
        planned: UInt64
    ) {
        self.repetition = repetition
        self.repetitions = repetitions
        self.phase = phase
        self.phaseIndex = phaseIndex
        self.phaseCount = phaseCount
        self.elapsed = elapsed
        self.planned = planned
    }
}
