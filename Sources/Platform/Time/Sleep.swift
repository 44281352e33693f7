import Glibc

/// Sleeping in the calling thread.
///
/// Signals do not shorten it.
package enum Sleep {
    /// Sleeps until `MonotonicClock.now()` reaches `monotonic`; returns at once if it has.
    ///
    /// An absolute `clock_nanosleep`: repeated calls do not drift. The kernel adds the thread's timer slack.
    package static func until(monotonic: UInt64) {
        var deadline = timespec(nanoseconds: monotonic)
        while clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &deadline, nil) == EINTR {}
    }

    /// Sleeps for at least `nanoseconds`.
    package static func `for`(nanoseconds: UInt64) {
        until(monotonic: MonotonicClock.deadline(after: nanoseconds))
    }
}
