/// `cpu.stat` of a control group: how often its quota of processor time was used up.
///
/// Version 2 writes `throttled_usec` (https://docs.kernel.org/admin-guide/cgroup-v2.html#cpu-interface-files), version 1
/// `throttled_time` in nanoseconds (https://docs.kernel.org/scheduler/sched-bwc.html#statistics).
package struct CgroupCPUStat: Equatable, Sendable {
    /// Periods in which the group was stopped because its quota was used up.
    package let throttledPeriods: UInt64

    /// How long it was stopped, in nanoseconds, added up over processors.
    package let throttledNanoseconds: UInt64

    /// Parses the file's text: lines of `name number`.
    ///
    /// - Throws: `ProcParseError` where the group has no quota controller: version 2 leaves the lines out then.
    package init(parsing bytes: UnsafeRawBufferPointer) throws(ProcParseError) {
        var (periods, nanoseconds): (UInt64?, UInt64?)
        var text = ProcText(bytes)
        repeat {
            guard let name = text.word() else {
                continue
            }
            if ProcText.equals(name, "nr_throttled") {
                periods = text.number()
            } else if ProcText.equals(name, "throttled_usec") {
                nanoseconds = text.number().map { KernelUnits.bytes($0, unit: 1000) }
            } else if ProcText.equals(name, "throttled_time") {
                nanoseconds = text.number()
            }
        } while text.nextLine()
        guard let periods, let nanoseconds else {
            throw ProcParseError(file: "cpu.stat", reason: "no nr_throttled or no throttled time")
        }
        throttledPeriods = periods
        throttledNanoseconds = nanoseconds
    }
}
