/// One phase of a plan.
package struct PlannedPhase: Codable, Equatable, Sendable {
    /// Name of the phase.
    package var name: String
    /// Shape of its load: `constant`, `ramp`, `step`, `spike`, `burst`, `soak`, `max` or `idle`.
    package var shape: String
    /// Whether its figures count; a warm-up does not.
    package var isReported: Bool
    /// How long it lasts, in seconds, where that is planned.
    package var durationSeconds: Double?
    /// How many operations it issues, where that is planned.
    package var operations: UInt64?
    /// Operations a second over all producers, for rates: the mean where it changes.
    package var ratePerSecond: Double?
    /// Operations in a burst.
    package var burstSize: UInt64?
    /// Time from burst to burst, in seconds.
    package var burstEverySeconds: Double?
    /// Operations between explicit flushes.
    package var flushEvery: UInt64?
    /// One operation in this many is timed.
    package var timedEvery: UInt64?
    /// The highest rate, where it changes.
    package var peakRatePerSecond: Double?
    /// How operations are spread where they come at random: `poisson`.
    package var arrivals: String?
    /// How fast overdue operations may be issued: `unlimited`, or a multiple of the plan such as `2x`; open model only.
    package var catchUp: String?
    /// For how long after the planned end they may still be started, in seconds; open model only.
    package var graceSeconds: Double?
    /// Time from flush to flush beside the producers, in seconds.
    package var flushIntervalSeconds: Double?
    /// Pause of a producer after each operation, in seconds; closed model only.
    package var thinkSeconds: Double?

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
        case peakRatePerSecond = "peak_rate_per_s"
        case arrivals
        case catchUp = "catch_up"
        case graceSeconds = "grace_s"
        case flushIntervalSeconds = "flush_interval_s"
        case thinkSeconds = "think_time_s"
    }
}
