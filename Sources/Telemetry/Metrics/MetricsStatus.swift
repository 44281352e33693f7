/// What became of the measurements of a client, and of the data points made of them.
///
/// A measurement is recorded or refused at the call. A collection turns what was recorded into data points, one for each
/// series; `collectedPoints == exportedPoints + failedPoints + queuedPoints` at any moment.
public struct MetricsStatus: Sendable, Equatable {
    /// Measurements that were recorded, those in overflow series included.
    public var measurements: UInt64 = 0
    /// Measurements that found their instrument's series exhausted and went into its overflow series.
    public var overflowMeasurements: UInt64 = 0
    /// Measurements that were not recorded, by reason.
    ///
    /// A reason that never occurred is not in the dictionary.
    public var refused: [MeasurementRefusal: UInt64] = [:]
    /// Instruments that exist.
    public var instruments = 0
    /// Times that an instrument was asked for under a name that exists with another kind, unit or description, which made
    /// it a stream of its own, or with other bounds.
    public var conflicts: UInt64 = 0
    /// Series that exist in all instruments.
    public var series = 0
    /// Collections begun.
    public var collections: UInt64 = 0
    /// Data points collected.
    public var collectedPoints: UInt64 = 0
    /// Data points acknowledged by the backend.
    public var exportedPoints: UInt64 = 0
    /// Data points that were given up.
    public var failedPoints: UInt64 = 0
    /// Data points that are neither exported nor failed yet.
    public var queuedPoints: UInt64 = 0
    /// Data points given up, by reason.
    public var dropped: [TelemetryStatus.DropReason: UInt64] = [:]
    /// Requests sent, retries included.
    public var requests: UInt64 = 0
    /// Requests that were repeated after a retryable failure.
    public var retries: UInt64 = 0
    /// The last thing that went wrong with a request, in words; nil if nothing ever did.
    public var lastFailure: String?

    /// Makes the status of a client that has measured nothing.
    public init() {}
}
