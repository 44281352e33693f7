/// A system's own account of its items, since it was made.
///
/// The account has to balance: `accepted = exported + dropped + queued`, and rejected items are not accepted ones.
public struct SystemCounters: Sendable, Equatable, Codable {
    /// How many items the system took over.
    public var accepted: UInt64
    /// How many items were refused at the call, by reason.
    public var rejected: [String: UInt64]
    /// How many accepted items were given up later, by reason.
    public var dropped: [String: UInt64]
    /// How many items the receiver has acknowledged.
    public var exported: UInt64
    /// How many accepted items still wait.
    public var queued: UInt64
    /// The size of what still waits, in bytes; nil if the system does not say.
    public var queuedBytes: UInt64?
    /// Most items that ever waited at a time; nil if the system does not say.
    public var peakQueued: UInt64?
    /// Most bytes that ever waited at a time; nil if the system does not say.
    public var peakQueuedBytes: UInt64?
    /// Requests sent, retries included; nil if the system does not say.
    public var requests: UInt64?
    /// Requests that were repeated after a failure; nil if the system does not say.
    public var retries: UInt64?

    /// Creates an account.
    public init(
        accepted: UInt64 = 0,
        rejected: [String: UInt64] = [:],
        dropped: [String: UInt64] = [:],
        exported: UInt64 = 0,
        queued: UInt64 = 0
    ) {
        self.accepted = accepted
        self.rejected = rejected
        self.dropped = dropped
        self.exported = exported
        self.queued = queued
    }
}
