/// `/proc/PID/statm`: the size of a process (proc_pid_statm(5)).
///
/// The kernel keeps its counters per thread and adds them up lazily, so the numbers can be off by some pages a thread.
package struct ProcStatm: Equatable, Sendable {
    /// The size of the address space.
    package let sizeBytes: UInt64

    /// What is in memory: anonymous pages, pages of files and shared memory.
    package let residentBytes: UInt64

    /// The part of it that is pages of files and shared memory.
    package let sharedBytes: UInt64

    /// Data and stack, in memory or not.
    package let dataBytes: UInt64

    /// The resident part that belongs to the process alone: heap and stacks.
    package var anonymousBytes: UInt64 {
        residentBytes - min(sharedBytes, residentBytes)
    }

    /// Parses the file's text: seven numbers, of which the fifth and the last are always 0.
    ///
    /// - Parameters:
    ///   - bytes: the text.
    ///   - pageBytes: the size of a page on the machine that the text is from; this machine's by default.
    /// - Throws: `ProcParseError`.
    package init(
        parsing bytes: UnsafeRawBufferPointer,
        pageBytes: UInt64? = nil
    ) throws(ProcParseError) {
        let pageBytes = pageBytes ?? KernelUnits.pageBytes
        var text = ProcText(bytes)
        guard let size = text.number(), let resident = text.number(), let shared = text.number(),
            text.number() != nil, text.number() != nil, let data = text.number()
        else {
            throw ProcParseError(file: "statm", reason: "fewer than six numbers")
        }
        sizeBytes = KernelUnits.bytes(size, unit: pageBytes)
        residentBytes = KernelUnits.bytes(resident, unit: pageBytes)
        sharedBytes = KernelUnits.bytes(shared, unit: pageBytes)
        dataBytes = KernelUnits.bytes(data, unit: pageBytes)
    }
}
