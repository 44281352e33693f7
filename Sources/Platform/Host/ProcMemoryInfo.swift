/// `/proc/meminfo`: the memory of the machine (proc_meminfo(5)).
package struct ProcMemoryInfo: Equatable, Sendable {
    /// `MemTotal`: what the kernel manages.
    package let totalBytes: UInt64

    /// `MemFree`: what nobody uses.
    package let freeBytes: UInt64

    /// `MemAvailable`: what new work could have without swapping; nil before Linux 3.14.
    package let availableBytes: UInt64?

    /// `SwapTotal`; nil where the kernel has no swap.
    package let swapTotalBytes: UInt64?

    /// `SwapFree`; nil where the kernel has no swap.
    package let swapFreeBytes: UInt64?

    /// Parses the file's text: lines of `Name: number kB`, kB of 1,024 bytes.
    ///
    /// Unknown lines are passed over.
    ///
    /// - Throws: `ProcParseError`.
    package init(parsing bytes: UnsafeRawBufferPointer) throws(ProcParseError) {
        let names: [StaticString] = ["MemTotal:", "MemFree:", "MemAvailable:", "SwapTotal:", "SwapFree:"]
        var values = [UInt64?](repeating: nil, count: names.count)
        var text = ProcText(bytes)
        repeat {
            if let name = text.word(), let index = names.firstIndex(where: { ProcText.equals(name, $0) }) {
                values[index] = text.number().map { KernelUnits.bytes($0, unit: 1024) }
            }
        } while text.nextLine()
        guard let total = values[0], let free = values[1] else {
            throw ProcParseError(file: "meminfo", reason: "no MemTotal or no MemFree")
        }
        totalBytes = total
        freeBytes = free
        availableBytes = values[2]
        swapTotalBytes = values[3]
        swapFreeBytes = values[4]
    }
}
