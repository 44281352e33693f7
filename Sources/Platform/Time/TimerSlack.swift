import CLinux

/// How late the kernel may wake the calling thread so as to bundle timers: 50 µs unless set.
package enum TimerSlack {
    /// Sets the calling thread's slack; 0 means the thread's default.
    ///
    /// - Throws: `SystemError` if the kernel refuses.
    package static func set(nanoseconds: UInt64) throws(SystemError) {
        guard clinux_set_timer_slack(UInt(nanoseconds)) == 0 else {
            throw SystemError.last("prctl", "PR_SET_TIMERSLACK")
        }
    }
}
