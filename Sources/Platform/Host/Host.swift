import CLinux
import Glibc

/// What is known of the machine.
///
/// Nothing is cached: each call reads its file.
package enum Host {
    /// What uname(2) says.
    package struct Name: Equatable, Sendable {
        /// Such as `Linux`.
        package let system: String
        /// The kernel's release, such as `6.1.0-18-amd64`.
        package let release: String
        /// The instruction set, such as `x86_64`.
        package let machine: String
        /// The machine's name in the network.
        package let host: String
    }

    /// Names of system and machine.
    ///
    /// - Throws: `SystemError`, which Linux does not give a reason for.
    package static func name() throws(SystemError) -> Name {
        var names = utsname()
        guard uname(&names) == 0 else {
            throw SystemError.last("uname")
        }
        func text<Field>(_ field: Field) -> String {
            withUnsafeBytes(of: field) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
        }
        return Name(
            system: text(names.sysname),
            release: text(names.release),
            machine: text(names.machine),
            host: text(names.nodename)
        )
    }

    /// The id of this process.
    package static var processID: Int32 {
        getpid()
    }

    /// The C library and its version: `glibc 2.36`; nil where it does not say.
    package static func libc() -> String? {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: 128) { text in
            let length = confstr(Int32(_CS_GNU_LIBC_VERSION), text.baseAddress, text.count)
            guard (1...text.count).contains(length), let start = text.baseAddress else { return nil }
            return String(cString: start)
        }
    }

    /// How many processors this process may run on, by its affinity mask; nil where the kernel does not say.
    package static func usableProcessors() -> Int? {
        let count = clinux_usable_processors()
        return count > 0 ? Int(count) : nil
    }

    /// What the processors have done since boot.
    ///
    /// About 7 µs.
    ///
    /// - Throws: `ProcReadError`.
    package static func processorTimes() throws(ProcReadError) -> ProcSystemStat {
        try parse("/proc/stat", capacity: 1 << 20) { bytes throws(ProcParseError) in try ProcSystemStat(parsing: bytes)
        }
    }

    /// The load averages.
    ///
    /// - Throws: `ProcReadError`.
    package static func loadAverage() throws(ProcReadError) -> ProcLoadAverage {
        try parse("/proc/loadavg", capacity: 256) { bytes throws(ProcParseError) in try ProcLoadAverage(parsing: bytes)
        }
    }

    /// The machine's memory.
    ///
    /// - Throws: `ProcReadError`.
    package static func memory() throws(ProcReadError) -> ProcMemoryInfo {
        try parse("/proc/meminfo", capacity: 16 << 10) { bytes throws(ProcParseError) in
            try ProcMemoryInfo(parsing: bytes)
        }
    }

    /// What the processors are.
    ///
    /// - Throws: `ProcReadError`.
    package static func processors() throws(ProcReadError) -> ProcCPUInfo {
        try parse("/proc/cpuinfo", capacity: 4 << 20) { bytes throws(ProcParseError) in ProcCPUInfo(parsing: bytes) }
    }

    /// The lowest memory limit of the control groups that this process is in; nil if there is none.
    ///
    /// - Throws: `ProcReadError` if a group's file is there and cannot be read.
    package static func memoryLimit() throws(ProcReadError) -> UInt64? {
        let cgroup: Cgroup
        do throws(ProcReadError) {
            cgroup = try parse("/proc/self/cgroup", capacity: 64 << 10) { bytes throws(ProcParseError) in
                Cgroup(parsing: bytes)
            }
        } catch .system(let error) where error.code == ENOENT {
            // A kernel without control groups sets no limit.
            return nil
        }
        var lowest: UInt64?
        for file in cgroup.limitFiles {
            do throws(ProcReadError) {
                let limit = try parse(file, capacity: 256) { bytes throws(ProcParseError) in
                    Cgroup.limit(parsing: bytes)
                }
                lowest = [lowest, limit].compactMap(\.self).min()
            } catch .system(let error) where error.code == ENOENT {
                // The root group has no limit, and a host's path is not visible in a container.
                continue
            }
        }
        return lowest
    }

    private static func parse<Value>(
        _ path: String,
        capacity: Int,
        _ parser: (UnsafeRawBufferPointer) throws(ProcParseError) -> Value
    ) throws(ProcReadError) -> Value {
        let file: ProcFile
        do throws(SystemError) {
            file = try ProcFile(path, capacity: capacity)
        } catch {
            throw .system(error)
        }
        return try file.parse(parser)
    }
}
