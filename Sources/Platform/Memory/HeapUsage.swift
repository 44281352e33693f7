import CLinux
import Glibc

/// What the program holds from the C allocator, which Swift's objects come from too.
///
/// Resident memory is not that: glibc keeps what was freed.
package enum HeapUsage {
    /// Bytes in use over all arenas, and those mapped for single large blocks (`mallinfo2`: `uordblks + hblkhd`).
    ///
    /// Free blocks that a thread keeps in its cache (tcache) count as used: at most about 1 MiB a thread. Takes each
    /// arena's lock in turn, and walks its free lists: some µs in a small process, more in a fragmented one.
    /// Nil where the allocator does not say, which shows as no use at all.
    package static func bytesInUse() -> UInt64? {
        let bytes = clinux_heap_bytes_in_use()
        return bytes == 0 ? nil : bytes
    }

    /// Gives free memory back to the system where the allocator can.
    ///
    /// It may take milliseconds, and may find nothing.
    package static func trim() {
        malloc_trim(0)
    }
}
