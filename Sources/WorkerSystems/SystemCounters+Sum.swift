import LoadEngine

extension SystemCounters {
    /// The account of two systems together; what one of them does not say is not known of both.
    static func + (one: SystemCounters, other: SystemCounters) -> SystemCounters {
        let sum = { (value: KeyPath<SystemCounters, UInt64?>) -> UInt64? in
            guard let first = one[keyPath: value], let second = other[keyPath: value] else { return nil }
            return first + second
        }
        var counters = SystemCounters(
            accepted: one.accepted + other.accepted,
            rejected: one.rejected.merging(other.rejected, uniquingKeysWith: +),
            dropped: one.dropped.merging(other.dropped, uniquingKeysWith: +),
            exported: one.exported + other.exported,
            queued: one.queued + other.queued
        )
        counters.queuedBytes = sum(\.queuedBytes)
        // At most, for the peaks need not have been at one moment.
        counters.peakQueued = sum(\.peakQueued)
        counters.peakQueuedBytes = sum(\.peakQueuedBytes)
        counters.requests = sum(\.requests)
        counters.retries = sum(\.retries)
        return counters
    }
}
