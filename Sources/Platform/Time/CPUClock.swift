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

    /// Of all threads of another process, including those that have ended; nil if there is no such process.
    ///
    /// Needs no `/proc`.
    package static func process(_ processID: Int32) -> UInt64? {
        var clock = clockid_t()
        var time = timespec()
        guard processID > 0, clock_getcpuclockid(processID, &clock) == 0, clock_gettime(clock, &time) == 0 else {
            return nil
        }
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }

    private static func read(_ clock: clockid_t) -> UInt64 {
        var time = timespec()
        clock_gettime(clock, &time)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }
}
