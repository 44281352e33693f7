import Platform

/// What the kernel says of a worker at a checkpoint; the worker itself does nothing for it.
///
/// What could not be read is absent.
struct OutsideReading: Codable, Equatable {
    /// Bytes resident that are heap and stacks (`RssAnon`).
    var residentAnonymousBytes: UInt64?
    /// Bytes resident that are pages of files (`RssFile`).
    var residentFileBytes: UInt64?
    /// Bytes that were moved out of memory (`VmSwap`).
    var swapBytes: UInt64?
    /// Threads.
    var threads: UInt64?
    /// Open file descriptors.
    var descriptors: UInt64?
    /// Bytes resident by the page tables (`smaps_rollup`); only of quiet moments.
    var exactResidentBytes: UInt64?

    /// Reads a process: about 15 µs of the caller's time, and at a quiet moment the process stalls for some 12 µs for
    /// each resident MiB.
    ///
    /// - Parameters:
    ///   - probe: the process.
    ///   - isQuiet: whether nothing is measured now, so that the process may be stalled.
    init(_ probe: ProcessProbe, isQuiet: Bool) {
        if let status = try? probe.status() {
            residentAnonymousBytes = status.anonymousBytes
            residentFileBytes = status.fileBytes
            swapBytes = status.swapBytes
            threads = status.threads
        }
        descriptors = (try? probe.openDescriptors()).map { UInt64($0) }
        if isQuiet { exactResidentBytes = try? probe.exactResidentBytes() }
    }

    private enum CodingKeys: String, CodingKey {
        case residentAnonymousBytes = "rss_anonymous_bytes"
        case residentFileBytes = "rss_file_bytes"
        case swapBytes = "swap_bytes"
        case threads
        case descriptors
        case exactResidentBytes = "rollup_rss_bytes"
    }
}
