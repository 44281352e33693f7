/// What a client has done so far for one signal: a consistent snapshot of its counters.
///
/// `accepted == exported + failed + queued` at any moment.
public struct SignalStatus: Sendable, Equatable {
    /// Items taken into the queue.
    public var accepted: UInt64 = 0
    /// Items acknowledged by the backend.
    public var exported: UInt64 = 0
    /// Accepted items that were given up after all: the sum of the reasons in `dropped` that are not at the call.
    public var failed: UInt64 = 0
    /// Accepted items that are neither exported nor failed yet.
    public var queued: UInt64 = 0
    /// Of the queued items, those that the exporter has taken and not settled yet.
    public var inFlight: UInt64 = 0
    /// Encoded size of the queued items, in bytes.
    public var queuedBytes: UInt64 = 0
    /// Most items that were ever queued at a time.
    ///
    /// Nothing is known of it for metrics, which have no queue.
    public var peakQueued: UInt64 = 0
    /// Most bytes of encoded items that were ever queued at a time.
    public var peakQueuedBytes: UInt64 = 0
    /// Requests sent, retries included.
    public var requests: UInt64 = 0
    /// Requests that were repeated after a retryable failure, or sent again because a kept connection proved dead.
    public var retries: UInt64 = 0
    /// Items refused or lost, by reason.
    ///
    /// A reason that never occurred is not in the dictionary.
    public var dropped: [TelemetryStatus.DropReason: UInt64] = [:]
    /// The last thing that went wrong with a request, in words; nil if nothing ever did.
    public var lastFailure: String?

    /// Makes the status of a signal of which nothing was recorded.
    public init() {}
}
