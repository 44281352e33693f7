/// Where a run stands, for a display.
package struct RunProgress: Sendable, Equatable {
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
    /// Operations of the phase so far.
    package var attempted: UInt64
    /// Operations a second over the last interval; nil before the first.
    package var ratePerSecond: Double?
    /// Items of the phase that arrived so far; nil when nobody counts.
    package var delivered: UInt64?
    /// The 99th percentile of the generator's lateness over the last interval, in nanoseconds; nil in a closed model.
    package var lagP99: UInt64?
    /// Resident memory of the worker, in bytes.
    package var residentBytes: UInt64?
}
