import CLinux
import Glibc

/// What the program holds from the C allocator, which Swift's objects come from too.
///
/// Resident memory is not that: glibc keeps what was freed.
package struct HeapUsage: Equatable, Sendable {
    /// Bytes in use over all arenas, and those mapped for single large blocks (`mallinfo2`: `uordblks + hblkhd`).
    ///
    /// Free blocks that a thread keeps in its cache (tcache) count as used: at most about 1 MiB a thread.
    package let bytesInUse: UInt64

    /// Bytes that the arenas hold and the program does not use (`fordblks`), resident or not.
    package let freeBytes: UInt64

    /// The part of ``bytesInUse`` that is single large blocks with mappings of their own (`hblkhd`).
    package let mappedBytes: UInt64

    /// The present usage.
    ///
    /// Takes each arena's lock in turn, and walks its free lists: some µs in a small process, more in a fragmented one.
    ///
    /// - Returns: the usage; nil where the allocator does not say, which shows as no use at all.
    package static func now() -> HeapUsage? {
        let usage = clinux_heap_usage()
        guard usage.in_use > 0 else { return nil }
        return HeapUsage(bytesInUse: usage.in_use, freeBytes: usage.free, mappedBytes: usage.mapped)
    }

    /// Bytes in use now; nil where the allocator does not say.
    ///
    /// Costs as much as ``now()``.
    package static func bytesInUse() -> UInt64? {
        now()?.bytesInUse
    }

    /// Gives blocks from a size on mappings of their own, which go back to the system as soon as they are freed.
    ///
    /// By default glibc raises that size to the largest block that was ever freed, up to 32 MiB; large blocks then leave
    /// holes among the small ones that live on, and resident memory climbs for as long as a program runs. Each block
    /// costs a system call and its page faults instead.
    ///
    /// - Parameter bytes: The size, at least a page.
    package static func mapBlocks(from bytes: Int) {
        // Another allocator may not know the setting; it has no holes of this kind to avoid.
        _ = mallopt(M_MMAP_THRESHOLD, Int32(clamping: bytes))
    }

    /// Gives free memory back to the system where the allocator can.
    ///
    /// It may take milliseconds, and may find nothing.
    package static func trim() {
        malloc_trim(0)
    }
}
