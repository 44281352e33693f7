/// What a client has done so far: a consistent snapshot of its counters.
///
/// For an enabled client `accepted == exported + failed + queued` at any moment, and every item that was refused or
/// lost has a reason in `dropped`.
///
/// The totals are over logs and traces, whose items are recorded and delivered one by one. Metrics are aggregated: what
/// is known of their data points stands in `signals` alone.
public struct TelemetryStatus: Sendable, Equatable {
    /// Why an item was not delivered.
    public enum DropReason: String, Sendable, CaseIterable {
        /// The queue was full in items or in bytes; refused at the call.
        case queueFull = "queue_full"
        /// The item alone is larger than a request may be; refused at the call.
        case itemTooLarge = "item_too_large"
        /// The client was shut down before the call; refused at the call.
        case alreadyShutdown = "already_shutdown"
        /// The backend answered with a status that must not be retried, or with something that is not an answer.
        case exportRejected = "export_rejected"
        /// The backend took the request and refused some of its items (partial success).
        case itemsRejected = "items_rejected"
        /// The backend could not be reached, or asked to come back later, for longer than the retry policy allows.
        case retriesExhausted = "retries_exhausted"
        /// The time-out of a shutdown passed while the item was still queued.
        case shutdownTimedOut = "shutdown_timed_out"

        /// Whether the item was refused at the call, before it was accepted.
        public var isAtCall: Bool {
            switch self {
            case .queueFull, .itemTooLarge, .alreadyShutdown: true
            case .exportRejected, .itemsRejected, .retriesExhausted, .shutdownTimedOut: false
            }
        }
    }

    /// Whether the client records anything, and why.
    public var enablement: Enablement
    /// Items taken into the queue.
    public var accepted: UInt64 = 0
    /// Items acknowledged by the backend.
    public var exported: UInt64 = 0
    /// Accepted items that were given up after all: the sum of the reasons in `dropped` that are not at the call.
    public var failed: UInt64 = 0
    /// Accepted items that are neither exported nor failed yet.
    public var queued: UInt64 = 0
    /// Encoded size of the queued items, in bytes.
    public var queuedBytes: UInt64 = 0
    /// Most items that were ever queued at a time, added up over signals: each has a queue of its own.
    public var peakQueued: UInt64 = 0
    /// Most bytes that were ever queued at a time, added up over signals.
    public var peakQueuedBytes: UInt64 = 0
    /// Requests sent, retries included.
    public var requests: UInt64 = 0
    /// Requests that were repeated after a retryable failure, or sent again because a kept connection proved dead.
    public var retries: UInt64 = 0
    /// Items refused or lost, by reason.
    ///
    /// A reason that never occurred is not in the dictionary.
    public var dropped: [DropReason: UInt64] = [:]
    /// The last thing that went wrong with a request, in words; nil if nothing ever did.
    public var lastFailure: String?

    /// The counters of each signal.
    ///
    /// Empty for a client that is disabled.
    public var signals: [Signal: SignalStatus] = [:]

    /// Makes the status of a client that has done nothing.
    public init(isEnabled: Bool) {
        enablement = Enablement(isEnabled: isEnabled, reason: .explicit)
    }

    /// Whether the client records anything.
    public var isEnabled: Bool {
        enablement.isEnabled
    }

    /// Adds what one signal has to say.
    mutating func add(_ status: SignalStatus, of signal: Signal) {
        signals[signal] = status
        guard signal != .metrics else { return }
        accepted += status.accepted
        exported += status.exported
        failed += status.failed
        queued += status.queued
        queuedBytes += status.queuedBytes
        peakQueued += status.peakQueued
        peakQueuedBytes += status.peakQueuedBytes
        requests += status.requests
        retries += status.retries
        dropped.merge(status.dropped, uniquingKeysWith: +)
        lastFailure = status.lastFailure ?? lastFailure
    }
}
