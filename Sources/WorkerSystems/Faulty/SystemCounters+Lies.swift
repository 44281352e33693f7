import LoadEngine

extension SystemCounters {
    /// An account that claims items as delivered which the system never had.
    func claiming(_ items: UInt64) -> SystemCounters {
        var counters = self
        counters.accepted += items
        counters.exported += items
        return counters
    }

    /// An account that conceals items which the system had beside those it was given.
    func concealing(_ items: UInt64) -> SystemCounters {
        var counters = self
        counters.accepted -= min(items, counters.accepted)
        let exported = min(items, counters.exported)
        counters.exported -= exported
        counters.queued -= min(items - exported, counters.queued)
        return counters
    }

    /// An account in which the items of repeated requests are exported once more for each repetition.
    ///
    /// Which requests were repeated nobody says, so each has as many items as they have on average.
    func countingRetries() -> SystemCounters {
        guard let requests, let retries, retries > 0, requests > retries else { return self }
        var counters = self
        counters.exported += exported / (requests - retries) * retries
        return counters
    }
}
