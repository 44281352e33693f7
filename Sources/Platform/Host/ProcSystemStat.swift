/// `/proc/stat`: what the processors of the machine have done since boot (proc_stat(5)).
package struct ProcSystemStat: Equatable, Sendable {
    /// Times of one processor, or of all together, in nanoseconds, in steps of a clock tick.
    package struct Times: Equatable, Sendable {
        /// In user mode, including guests.
        package let user: UInt64
        /// In user mode at low priority.
        package let nice: UInt64
        /// In the kernel.
        package let system: UInt64
        /// Doing nothing.
        package let idle: UInt64
        /// Doing nothing while a task waits for a disk.
        package let ioWait: UInt64
        /// Serving interrupts.
        package let interrupt: UInt64
        /// Serving soft interrupts.
        package let softInterrupt: UInt64
        /// Ready to work while the host let another guest run.
        package let steal: UInt64

        /// Working for processes of this machine; interrupts belong to none of them.
        package var busy: UInt64 {
            [user, nice, system].reduce(0) { sum, part in
                let (next, overflow) = sum.addingReportingOverflow(part)
                return overflow ? .max : next
            }
        }

        /// All of them together; guest time is within `user` and `nice`.
        package var total: UInt64 {
            [user, nice, system, idle, ioWait, interrupt, softInterrupt, steal].reduce(0) { sum, part in
                let (next, overflow) = sum.addingReportingOverflow(part)
                return overflow ? .max : next
            }
        }
    }

    /// All processors together.
    package let all: Times

    /// Each processor that is on line, in the kernel's order.
    package let processors: [Times]

    /// The kernel's numbers of these processors: those that are off line are missing.
    package let processorNumbers: [Int]

    /// Parses the file's text.
    ///
    /// - Throws: `ProcParseError` if the first line is not that of all processors, or a value is not a number.
    package init(parsing bytes: UnsafeRawBufferPointer) throws(ProcParseError) {
        var text = ProcText(bytes)
        guard let first = text.word(), ProcText.equals(first, "cpu") else {
            throw ProcParseError(file: "stat", reason: "no line for all processors")
        }
        all = try Self.times(&text)
        var processors: [Times] = []
        var numbers: [Int] = []
        while text.nextLine(), let name = text.word(), name.starts(with: "cpu".utf8) {
            guard let number = ProcText.number(name.dropFirst(3)) else {
                throw ProcParseError(file: "stat", reason: "a processor without a number")
            }
            numbers.append(Int(clamping: number))
            processors.append(try Self.times(&text))
        }
        self.processors = processors
        processorNumbers = numbers
    }

    private static func times(_ text: inout ProcText) throws(ProcParseError) -> Times {
        var values: [UInt64] = []
        for _ in 0..<8 {
            guard let ticks = text.number() else {
                throw ProcParseError(file: "stat", reason: "fewer than eight times of a processor")
            }
            values.append(KernelUnits.nanoseconds(ticks: ticks))
        }
        return Times(
            user: values[0],
            nice: values[1],
            system: values[2],
            idle: values[3],
            ioWait: values[4],
            interrupt: values[5],
            softInterrupt: values[6],
            steal: values[7]
        )
    }
}
