/// `/proc/vmstat`: what the machine's memory management has done since boot (proc_vmstat(5)).
package struct ProcVMStat: Equatable, Sendable {
    /// `pswpin`: pages read back from swap.
    package let pagesSwappedIn: UInt64

    /// `pswpout`: pages written to swap.
    package let pagesSwappedOut: UInt64

    /// What moved between memory and swap in either direction, in bytes.
    package var swappedBytes: UInt64 {
        let (pages, overflow) = pagesSwappedIn.addingReportingOverflow(pagesSwappedOut)
        return KernelUnits.bytes(overflow ? .max : pages, unit: KernelUnits.pageBytes)
    }

    /// Parses the file's text: lines of `name number`.
    ///
    /// - Throws: `ProcParseError` where a kernel without swap leaves both lines out.
    package init(parsing bytes: UnsafeRawBufferPointer) throws(ProcParseError) {
        var (swappedIn, swappedOut): (UInt64?, UInt64?)
        var text = ProcText(bytes)
        repeat {
            guard let name = text.word() else {
                continue
            }
            if ProcText.equals(name, "pswpin") {
                swappedIn = text.number()
            } else if ProcText.equals(name, "pswpout") {
                swappedOut = text.number()
            }
        } while text.nextLine()
        guard let swappedIn, let swappedOut else {
            throw ProcParseError(file: "vmstat", reason: "no pswpin or no pswpout")
        }
        pagesSwappedIn = swappedIn
        pagesSwappedOut = swappedOut
    }
}
