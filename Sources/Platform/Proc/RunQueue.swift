/// How long threads wait for a processor.
package enum RunQueue {
    /// How long the calling thread has been ready to run without a processor since it began, in nanoseconds.
    ///
    /// Costs about 10 µs; allocates.
    ///
    /// - Returns: The time, or nil where the kernel does not tell.
    package static func waitNanoseconds() -> UInt64? {
        guard let file = try? ProcFile("/proc/thread-self/schedstat", capacity: 128),
            let value = try? file.parse(ProcSchedstat.init(parsing:))
        else { return nil }
        return value.waitNanoseconds
    }
}
