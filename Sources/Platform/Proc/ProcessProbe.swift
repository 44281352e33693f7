import Glibc

/// The `/proc` files of one process, kept open.
///
/// The descriptors stay with the process that they were opened for: after its end every read throws `ESRCH`, even if
/// its id has been given to another. One thread at a time uses a probe.
package final class ProcessProbe {
    /// The process.
    package let processID: Int32

    private let statmFile: ProcFile
    private let statusFile: ProcFile
    private let statFile: ProcFile
    private let schedstatFile: ProcFile?
    private let ioFile: ProcFile?

    /// Opens the files of a process.
    ///
    /// - Throws: `SystemError` if the process does not exist, or `/proc` is not mounted.
    package init(processID: Int32) throws(SystemError) {
        self.processID = processID
        statmFile = try ProcFile("/proc/\(processID)/statm", capacity: 512)
        statusFile = try ProcFile("/proc/\(processID)/status", capacity: 16 << 10)
        statFile = try ProcFile("/proc/\(processID)/stat", capacity: 4096)
        schedstatFile = try Self.optional("/proc/\(processID)/schedstat")
        ioFile = try Self.optional("/proc/\(processID)/io")
    }

    /// Opens a file that a kernel may lack, or that may be kept from us; nil then.
    private static func optional(_ path: String) throws(SystemError) -> ProcFile? {
        do throws(SystemError) {
            return try ProcFile(path, capacity: 1024)
        } catch {
            guard [ENOENT, EACCES, EPERM].contains(error.code) else {
                throw error
            }
            return nil
        }
    }

    /// Size and resident memory.
    ///
    /// About 1 µs: for sampling.
    ///
    /// - Throws: `ProcReadError`.
    package func statm() throws(ProcReadError) -> ProcStatm {
        try statmFile.parse { bytes throws(ProcParseError) in try ProcStatm(parsing: bytes) }
    }

    /// Memory in detail, threads, context switches.
    ///
    /// About 8 µs.
    ///
    /// - Throws: `ProcReadError`.
    package func status() throws(ProcReadError) -> ProcStatus {
        try statusFile.parse { bytes throws(ProcParseError) in try ProcStatus(parsing: bytes) }
    }

    /// State, processor time, page faults.
    ///
    /// Works on a zombie as well.
    ///
    /// - Throws: `ProcReadError`.
    package func stat() throws(ProcReadError) -> ProcStat {
        try statFile.parse { bytes throws(ProcParseError) in try ProcStat(parsing: bytes) }
    }

    /// Running and waiting times of the main thread; nil where the kernel has no such file.
    ///
    /// - Throws: `ProcReadError`.
    package func schedstat() throws(ProcReadError) -> ProcSchedstat? {
        try schedstatFile?.parse { bytes throws(ProcParseError) in try ProcSchedstat(parsing: bytes) }
    }

    /// Read and write calls; nil where it is not permitted, as with another user's process.
    ///
    /// - Throws: `ProcReadError`.
    package func io() throws(ProcReadError) -> ProcIO? {
        guard let ioFile else {
            return nil
        }
        do throws(ProcReadError) {
            return try ioFile.parse { bytes throws(ProcParseError) in try ProcIO(parsing: bytes) }
        } catch {
            // Permission is looked at with every read, not only with opening.
            if case .system(let failure) = error, failure.code == EACCES || failure.code == EPERM {
                return nil
            }
            throw error
        }
    }

    /// What is resident by the page tables, in bytes: exact where `statm` and `status` estimate.
    ///
    /// **Stalls the process**: the kernel walks its page tables with its memory map locked, about 12 µs for each
    /// resident MiB. For moments at which nothing is measured.
    ///
    /// - Throws: `ProcReadError`.
    package func exactResidentBytes() throws(ProcReadError) -> UInt64 {
        let mappings = try mappings(in: "smaps_rollup", capacity: 4096)
        return mappings.reduce(0) { $0 + $1.residentBytes }
    }

    /// Every mapping of the process.
    ///
    /// Stalls the process as ``exactResidentBytes()`` does, and takes some µs more for each mapping.
    ///
    /// - Throws: `ProcReadError`; `EFBIG` where there are more mappings than 4 MiB of text describe, about 5,000.
    package func mappings() throws(ProcReadError) -> [ProcMapping] {
        try mappings(in: "smaps", capacity: 4 << 20)
    }

    private func mappings(in name: String, capacity: Int) throws(ProcReadError) -> [ProcMapping] {
        let outcome: Result<[ProcMapping], ProcParseError>
        do throws(SystemError) {
            // Opened anew: it is read seldom, and needs a large buffer.
            outcome = try ProcFile("/proc/\(processID)/\(name)", capacity: capacity).readPieces { bytes in
                do throws(ProcParseError) {
                    return .success(try ProcMapping.parse(bytes))
                } catch {
                    return .failure(error)
                }
            }
        } catch {
            throw .system(error)
        }
        do throws(ProcParseError) {
            return try outcome.get()
        } catch {
            throw .parse(error)
        }
    }

    /// How many descriptors the process has open, the one that is needed for counting one's own not included.
    ///
    /// - Throws: `SystemError` if the process has ended or is another user's.
    package func openDescriptors() throws(SystemError) -> Int {
        let path = "/proc/\(processID)/fd"
        guard let directory = opendir(path) else {
            throw SystemError.last("opendir", path)
        }
        defer { closedir(directory) }
        var count = 0
        errno = 0
        while let entry = readdir(directory) {
            // All but "." and "..".
            if entry.pointee.d_name.0 != 0x2E {
                count += 1
            }
        }
        let failure = SystemError.last("readdir", path)
        guard failure.code == 0 else {
            throw failure
        }
        return processID == getpid() ? count - 1 : count
    }

    /// Sets the peak of resident memory (`VmHWM`) to its present value, by writing 5 to `clear_refs`.
    ///
    /// False where that is not possible, as in some containers: then a peak is that since the start of the process.
    package func resetPeak() -> Bool {
        do throws(SystemError) {
            let file = try OwnedDescriptor.open("/proc/\(processID)/clear_refs", O_WRONLY)
            return write(file.raw, "5", 1) == 1
        } catch {
            return false
        }
    }
}
