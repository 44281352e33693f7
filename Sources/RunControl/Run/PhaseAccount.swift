import LoadEngine
import Measurement

/// A phase that took longer than its plan.
struct PhaseOverrun {
    /// The name of the phase.
    var phase: String
    /// How long its operations should have taken, in seconds.
    var plannedSeconds: Double
    /// How long they took, in seconds.
    var actualSeconds: Double
    /// The share of that time which the producers spent in the system's calls, all together.
    var callShare: Double
}

/// Everything that was heard of one phase, from three sides: the worker, the ledger and `/proc`.
struct PhaseAccount {
    /// What the plan says.
    let planned: LoadEngine.PlannedPhase
    /// Operations reported in intervals so far.
    private(set) var attempted: UInt64 = 0
    /// The end of the interval before the last one, in nanoseconds from the start of the phase.
    private(set) var previousElapsed: UInt64 = 0
    private var lastElapsed: UInt64 = 0
    /// Distributions over all intervals.
    private(set) var response = HistogramSnapshot()
    private(set) var service = HistogramSnapshot()
    private(set) var lag = HistogramSnapshot()
    private(set) var flushLatency = HistogramSnapshot()
    /// The worker's last word on the phase.
    var checkpoint: WorkerMessage.Checkpoint?
    /// The system's own account when the phase began.
    let countersBefore: SystemCounters
    /// The ledger when the phase was over; nil when nobody keeps one.
    var ledger: LedgerSnapshot.Phase?
    /// The most memory that was resident during the phase, in bytes.
    var peakResidentBytes: UInt64?

    init(planned: LoadEngine.PlannedPhase, countersBefore: SystemCounters) {
        self.planned = planned
        self.countersBefore = countersBefore
    }

    /// Adds what one interval brought.
    mutating func add(_ interval: WorkerMessage.Interval) {
        attempted += interval.attempted
        previousElapsed = lastElapsed
        lastElapsed = interval.elapsedNanoseconds
        if let histogram = interval.response { response.add(histogram) }
        if let histogram = interval.service { service.add(histogram) }
        if let histogram = interval.lag { lag.add(histogram) }
        if let histogram = interval.flushLatency { flushLatency.add(histogram) }
    }
}
