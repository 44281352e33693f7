/// `/proc/PID/status`: memory, threads and context switches of a process (proc_pid_status(5)).
///
/// The memory figures are absent for a zombie, and some on old kernels.
package struct ProcStatus: Equatable, Sendable {
    /// How many threads it has.
    package private(set) var threads: UInt64

    /// Context switches of the main thread because it waited.
    package private(set) var voluntarySwitches: UInt64

    /// Context switches of the main thread because its time was up or another thread came first.
    package private(set) var nonvoluntarySwitches: UInt64

    /// `VmRSS`: what is in memory.
    package private(set) var residentBytes: UInt64?

    /// `VmHWM`: the highest value of `VmRSS` since the start, or since `ProcessProbe.resetPeak()`.
    package private(set) var peakResidentBytes: UInt64?

    /// `RssAnon`: the part of `VmRSS` that is heap and stacks.
    package private(set) var anonymousBytes: UInt64?

    /// `RssFile`: the part of `VmRSS` that is pages of files.
    package private(set) var fileBytes: UInt64?

    /// `RssShmem`: the part of `VmRSS` that is shared memory.
    package private(set) var sharedMemoryBytes: UInt64?

    /// `VmSize`: the address space.
    package private(set) var sizeBytes: UInt64?

    /// `VmSwap`: what was moved out of memory.
    package private(set) var swapBytes: UInt64?

    /// Parses the file's text: lines of `Name:⇥value`, memory in kB of 1,024 bytes.
    ///
    /// Unknown lines are passed over.
    ///
    /// - Throws: `ProcParseError` if a line that every process has is missing, or a value is not a number.
    package init(parsing bytes: UnsafeRawBufferPointer) throws(ProcParseError) {
        var threads: UInt64?
        var voluntary: UInt64?
        var nonvoluntary: UInt64?
        var memory = [UInt64?](repeating: nil, count: Self.memoryNames.count)
        var text = ProcText(bytes)
        repeat {
            guard let name = text.word() else {
                continue
            }
            if ProcText.equals(name, "Threads:") {
                threads = try Self.number(&text, "Threads")
            } else if ProcText.equals(name, "voluntary_ctxt_switches:") {
                voluntary = try Self.number(&text, "voluntary_ctxt_switches")
            } else if ProcText.equals(name, "nonvoluntary_ctxt_switches:") {
                nonvoluntary = try Self.number(&text, "nonvoluntary_ctxt_switches")
            } else if let index = Self.memoryNames.firstIndex(where: { ProcText.equals(name, $0) }) {
                memory[index] = KernelUnits.bytes(try Self.number(&text, "\(Self.memoryNames[index])"), unit: 1024)
            }
        } while text.nextLine()

        guard let threads, let voluntary, let nonvoluntary else {
            throw ProcParseError(file: "status", reason: "no thread count or no context switches")
        }
        self.threads = threads
        voluntarySwitches = voluntary
        nonvoluntarySwitches = nonvoluntary
        residentBytes = memory[0]
        peakResidentBytes = memory[1]
        anonymousBytes = memory[2]
        fileBytes = memory[3]
        sharedMemoryBytes = memory[4]
        sizeBytes = memory[5]
        swapBytes = memory[6]
    }

    private static let memoryNames: [StaticString] = [
        "VmRSS:", "VmHWM:", "RssAnon:", "RssFile:", "RssShmem:", "VmSize:", "VmSwap:",
    ]

    private static func number(_ text: inout ProcText, _ name: String) throws(ProcParseError) -> UInt64 {
        guard let number = text.number() else {
            throw ProcParseError(file: "status", reason: "\(name) is not a number")
        }
        return number
    }
}
