/// `/proc/PID/stat`: state, processor time and page faults of a process (proc_pid_stat(5)).
package struct ProcStat: Equatable, Sendable {
    /// What the process does.
    package enum State: UInt8, Sendable {
        /// Runs or could run.
        case running = 0x52
        /// Waits, and can be interrupted.
        case sleeping = 0x53
        /// Waits in the kernel, usually for a disk.
        case diskSleep = 0x44
        /// Has ended and was not waited for.
        case zombie = 0x5A
        /// Was stopped by a signal.
        case stopped = 0x54
        /// Was stopped by a debugger.
        case traced = 0x74
        /// An idle thread of the kernel.
        case idle = 0x49
        /// Is being taken away.
        case dead = 0x58
    }

    /// Field 3; nil for a letter that is not known here.
    package let state: State?

    /// Field 4: the parent's process id.
    package let parentProcessID: Int32

    /// Field 10: page faults that needed no disk.
    package let minorFaults: UInt64

    /// Field 12: page faults that needed one.
    package let majorFaults: UInt64

    /// Field 14: processor time in user mode, of all threads, in steps of a clock tick.
    package let userNanoseconds: UInt64

    /// Field 15: processor time in the kernel, of all threads, in steps of a clock tick.
    package let systemNanoseconds: UInt64

    /// Field 20: how many threads there are.
    package let threads: UInt64

    /// Field 22: when the process began, after boot, in steps of a clock tick.
    package let startNanoseconds: UInt64

    /// Processor time, user and system together.
    package var cpuNanoseconds: UInt64 {
        let (sum, overflow) = userNanoseconds.addingReportingOverflow(systemNanoseconds)
        return overflow ? .max : sum
    }

    /// Parses the file's text, whose second field, the name, may contain blanks and parentheses.
    ///
    /// - Throws: `ProcParseError`.
    package init(parsing bytes: UnsafeRawBufferPointer) throws(ProcParseError) {
        var text = ProcText(bytes)
        guard text.skip(pastLast: UInt8(ascii: ")")), let state = text.word(), state.count == 1 else {
            throw ProcParseError(file: "stat", reason: "no name in parentheses with a state after it")
        }
        self.state = State(rawValue: state[state.startIndex])
        guard let parent = text.number() else {
            throw ProcParseError(file: "stat", reason: "no field 4")
        }
        parentProcessID = Int32(clamping: parent)
        var field = 4
        func number(_ wanted: Int) throws(ProcParseError) -> UInt64 {
            while field < wanted - 1, text.word() != nil {
                field += 1
            }
            guard field == wanted - 1, let number = text.number() else {
                throw ProcParseError(file: "stat", reason: "no number in field \(wanted)")
            }
            field = wanted
            return number
        }
        minorFaults = try number(10)
        majorFaults = try number(12)
        userNanoseconds = KernelUnits.nanoseconds(ticks: try number(14))
        systemNanoseconds = KernelUnits.nanoseconds(ticks: try number(15))
        threads = try number(20)
        startNanoseconds = KernelUnits.nanoseconds(ticks: try number(22))
    }
}
