/// `/proc/PID/schedstat`: how long the main thread ran and waited for a processor
/// (https://docs.kernel.org/scheduler/sched-stats.html).
package struct ProcSchedstat: Equatable, Sendable {
    /// Time on a processor, in nanoseconds.
    package let runNanoseconds: UInt64

    /// Time ready to run and waiting for a processor, in nanoseconds.
    package let waitNanoseconds: UInt64

    /// How often it was put on a processor.
    package let slices: UInt64

    /// Parses the file's text: three numbers.
    ///
    /// - Throws: `ProcParseError`.
    package init(parsing bytes: UnsafeRawBufferPointer) throws(ProcParseError) {
        var text = ProcText(bytes)
        guard let run = text.number(), let wait = text.number(), let slices = text.number() else {
            throw ProcParseError(file: "schedstat", reason: "fewer than three numbers")
        }
        runNanoseconds = run
        waitNanoseconds = wait
        self.slices = slices
    }
}
