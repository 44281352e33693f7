package import Measurement

/// How the memory of a worker went over a repetition.
package struct MemoryTrace: Codable, Equatable, Sendable {
    /// Resident bytes, sampled from outside.
    package var rssBytes: TimeSeries?
    /// Most that was ever resident, in bytes.
    package var rssPeakBytes: UInt64?
    /// Time from sample to sample, in seconds.
    package var samplePeriodSeconds: Double?

    /// Makes the value; what was not measured is left out.
    package init(
        rssBytes: TimeSeries? = nil,
        rssPeakBytes: UInt64? = nil,
        samplePeriodSeconds: Double? = nil
    ) {
        self.rssBytes = rssBytes
        self.rssPeakBytes = rssPeakBytes
        self.samplePeriodSeconds = samplePeriodSeconds
    }

    private enum CodingKeys: String, CodingKey {
        case rssBytes = "rss_bytes"
        case rssPeakBytes = "rss_peak_bytes"
        case samplePeriodSeconds = "sample_period_s"
    }
}

/// One reading at a quiet moment.
package struct CheckpointRecord: Codable, Equatable, Sendable {
    /// The ``label`` of a checkpoint at the end of a phase.
    package static let phaseEnd = "phase_end"

    /// Where in the run: `phase_end`.
    package var label: String
    /// Name of the phase.
    package var phase: String?
    /// When, in seconds since the start of the repetition.
    package var elapsedSeconds: Double?
    /// Bytes allocated on the heap.
    package var bytesInUse: UInt64?
    /// Bytes resident.
    package var rssBytes: UInt64?
    /// Processor time so far, in seconds.
    package var cpuSeconds: Double?
    /// Bytes that the allocator holds and the program does not use.
    package var freeBytes: UInt64?
    /// The part of ``bytesInUse`` that is single large blocks with mappings of their own.
    package var mappedBytes: UInt64?
    /// Bytes resident that are heap and stacks.
    package var rssAnonymousBytes: UInt64?
    /// Bytes resident that are pages of files.
    package var rssFileBytes: UInt64?
    /// Bytes that were moved out of memory.
    package var swapBytes: UInt64?
    /// Bytes resident by the kernel's exact count (`smaps_rollup`).
    package var rollupRSSBytes: UInt64?
    /// Threads of the process.
    package var threads: UInt64?
    /// Open file descriptors of the process.
    package var descriptors: UInt64?
    /// Items that waited in the system.
    package var queuedItems: UInt64?
    /// Their size by the system's own account, in bytes.
    package var queuedBytes: UInt64?

    /// Makes the value; what was not measured is left out.
    package init(
        label: String,
        phase: String? = nil,
        elapsedSeconds: Double? = nil,
        bytesInUse: UInt64? = nil,
        rssBytes: UInt64? = nil,
        cpuSeconds: Double? = nil
    ) {
        self.label = label
        self.phase = phase
        self.elapsedSeconds = elapsedSeconds
        self.bytesInUse = bytesInUse
        self.rssBytes = rssBytes
        self.cpuSeconds = cpuSeconds
    }

    private enum CodingKeys: String, CodingKey {
        case label
        case phase
        case elapsedSeconds = "elapsed_s"
        case bytesInUse = "bytes_in_use"
        case rssBytes = "rss_bytes"
        case cpuSeconds = "cpu_s"
        case freeBytes = "free_bytes"
        case mappedBytes = "mapped_bytes"
        case rssAnonymousBytes = "rss_anonymous_bytes"
        case rssFileBytes = "rss_file_bytes"
        case swapBytes = "swap_bytes"
        case rollupRSSBytes = "rollup_rss_bytes"
        case threads
        case descriptors
        case queuedItems = "queued_items"
        case queuedBytes = "queued_bytes"
    }
}
