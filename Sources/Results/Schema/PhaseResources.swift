/// Memory of the worker over a phase, in bytes.
package struct PhaseMemory: Codable, Equatable, Sendable {
    /// Resident before the phase.
    package var rssStartBytes: UInt64?
    /// Most that was resident during the phase.
    package var rssPeakBytes: UInt64?
    /// Resident after the phase and its flush.
    package var rssEndBytes: UInt64?
    /// Resident after minus before.
    package var rssGrowthBytes: Int64?
    /// Allocated on the heap before the phase.
    package var bytesInUseStart: UInt64?
    /// Allocated on the heap after the phase and its flush.
    package var bytesInUseEnd: UInt64?
    /// Allocated after minus before.
    package var bytesInUseGrowth: Int64?
    /// Resident at the end of the operations, before the flush, minus before the phase.
    package var heldRSSGrowthBytes: Int64?
    /// Allocated at the end of the operations, before the flush, minus before the phase.
    package var heldBytesInUseGrowthBytes: Int64?
    /// Items that waited in the system then; absent if it does not say.
    package var heldItems: UInt64?
    /// Their size by the system's own account; absent if it does not say.
    package var heldQueuedBytes: UInt64?
    /// Allocated on the heap then.
    package var heldBytesInUse: UInt64?
    /// Resident then.
    package var heldRSSBytes: UInt64?

    /// Makes the value; what was not measured is left out.
    package init(
        rssStartBytes: UInt64? = nil,
        rssPeakBytes: UInt64? = nil,
        rssEndBytes: UInt64? = nil,
        rssGrowthBytes: Int64? = nil,
        bytesInUseStart: UInt64? = nil,
        bytesInUseEnd: UInt64? = nil,
        bytesInUseGrowth: Int64? = nil,
        heldRSSGrowthBytes: Int64? = nil,
        heldBytesInUseGrowthBytes: Int64? = nil
    ) {
        self.rssStartBytes = rssStartBytes
        self.rssPeakBytes = rssPeakBytes
        self.rssEndBytes = rssEndBytes
        self.rssGrowthBytes = rssGrowthBytes
        self.bytesInUseStart = bytesInUseStart
        self.bytesInUseEnd = bytesInUseEnd
        self.bytesInUseGrowth = bytesInUseGrowth
        self.heldRSSGrowthBytes = heldRSSGrowthBytes
        self.heldBytesInUseGrowthBytes = heldBytesInUseGrowthBytes
    }

    private enum CodingKeys: String, CodingKey {
        case rssStartBytes = "rss_start_bytes"
        case rssPeakBytes = "rss_peak_bytes"
        case rssEndBytes = "rss_end_bytes"
        case rssGrowthBytes = "rss_growth_bytes"
        case bytesInUseStart = "bytes_in_use_start"
        case bytesInUseEnd = "bytes_in_use_end"
        case bytesInUseGrowth = "bytes_in_use_growth"
        case heldRSSGrowthBytes = "held_rss_growth_bytes"
        case heldBytesInUseGrowthBytes = "held_bytes_in_use_growth_bytes"
        case heldItems = "held_items"
        case heldQueuedBytes = "held_queued_bytes"
        case heldBytesInUse = "held_bytes_in_use"
        case heldRSSBytes = "held_rss_bytes"
    }
}

/// Processor time of the worker over a phase.
package struct PhaseCPU: Codable, Equatable, Sendable {
    /// User and system time of all its threads, in seconds.
    package var seconds: Double
    /// The same per second of the phase, in percent of one processor.
    package var percent: Double?
    /// Seconds for a million attempted items; absent when there were none.
    package var secondsPerMillionItems: Double?

    /// Makes the value; what was not measured is left out.
    package init(
        seconds: Double,
        percent: Double? = nil,
        secondsPerMillionItems: Double? = nil
    ) {
        self.seconds = seconds
        self.percent = percent
        self.secondsPerMillionItems = secondsPerMillionItems
    }

    private enum CodingKeys: String, CodingKey {
        case seconds = "cpu_s"
        case percent = "cpu_percent"
        case secondsPerMillionItems = "cpu_s_per_million_items"
    }
}

extension PhaseCPU {
    /// Works out the derived figures; each is left out where there is nothing to divide by.
    package init(seconds: Double, wallSeconds: Double, items: UInt64) {
        self.init(
            seconds: seconds,
            percent: wallSeconds > 0 ? 100 * seconds / wallSeconds : nil,
            secondsPerMillionItems: items > 0 ? seconds * 1e6 / Double(items) : nil
        )
    }
}
