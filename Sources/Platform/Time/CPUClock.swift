import Glibc

/// Processor time used, in nanoseconds, user and system together.
///
/// A system call each, about 200 ns.
package enum CPUClock {
    /// Of all threads of this process, including those that have ended.
    package static func process() -> UInt64 {
        read(CLOCK_PROCESS_CPUTIME_ID)
    }

    /// Of the calling thread.
    package static func thread() -> UInt64 {
        read(CLOCK_THREAD_CPUTIME_ID)
    }

    private static func read(_ clock: clockid_t) -> UInt64 {
        var time = timespec()
        clock_gettime(clock, &time)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }
}
