/// What the harness and the machine could do just before a run, measured in a fraction of a second.
///
/// It says how far a run's figures are from the limits of what measured them. What could not be measured is absent.
package struct Calibration: Codable, Equatable, Sendable {
    /// How long all of it took, in seconds.
    package var durationSeconds: Double
    /// What a timed operation of a system that does nothing takes in a worker, in nanoseconds: the harness's own cost.
    package var nullOperationNanoseconds: Double?
    /// The median round trip of a small request to the sink, in nanoseconds.
    package var sinkEchoNanoseconds: Double?
    /// Items a second that the sink takes over one connection.
    package var sinkItemsPerSecond: Double?
    /// Bytes a second that one thread reads and writes while it copies 4 MB.
    package var memoryBytesPerSecond: Double?
    /// How long a thread that only looks at the clock was watched for gaps, in seconds.
    package var spinSeconds: Double?
    /// Of the time that such a thread lost in gaps of more than a microsecond, in percent of the time watched.
    package var spinLostPercent: Double?
    /// The 99th percentile of a gap that an operation at a random moment would have met, in nanoseconds.
    package var spinGapP99Nanoseconds: UInt64?
    /// The largest gap, in nanoseconds.
    package var spinGapMaximumNanoseconds: UInt64?

    /// Makes the value; what was not measured is left out.
    package init(
        durationSeconds: Double,
        nullOperationNanoseconds: Double? = nil,
        sinkEchoNanoseconds: Double? = nil,
        sinkItemsPerSecond: Double? = nil,
        memoryBytesPerSecond: Double? = nil,
        spinSeconds: Double? = nil,
        spinLostPercent: Double? = nil,
        spinGapP99Nanoseconds: UInt64? = nil,
        spinGapMaximumNanoseconds: UInt64? = nil
    ) {
        self.durationSeconds = durationSeconds
        self.nullOperationNanoseconds = nullOperationNanoseconds
        self.sinkEchoNanoseconds = sinkEchoNanoseconds
        self.sinkItemsPerSecond = sinkItemsPerSecond
        self.memoryBytesPerSecond = memoryBytesPerSecond
        self.spinSeconds = spinSeconds
        self.spinLostPercent = spinLostPercent
        self.spinGapP99Nanoseconds = spinGapP99Nanoseconds
        self.spinGapMaximumNanoseconds = spinGapMaximumNanoseconds
    }

    private enum CodingKeys: String, CodingKey {
        case durationSeconds = "duration_s"
        case nullOperationNanoseconds = "null_operation_ns"
        case sinkEchoNanoseconds = "sink_echo_p50_ns"
        case sinkItemsPerSecond = "sink_items_per_s"
        case memoryBytesPerSecond = "memory_bytes_per_s"
        case spinSeconds = "spin_s"
        case spinLostPercent = "spin_lost_percent"
        case spinGapP99Nanoseconds = "spin_gap_p99_ns"
        case spinGapMaximumNanoseconds = "spin_gap_max_ns"
    }
}
