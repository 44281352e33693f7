import Glibc

/// What the threads of one process have had of the processors, followed over the life of the process.
///
/// Each thread's `schedstat` stays open (1 µs a reading); threads that have ended keep what they had at their last
/// reading. One thread at a time uses a table.
package final class ThreadTable {
    /// The threads at one moment.
    package struct Reading: Equatable, Sendable {
        /// Time on a processor, in nanoseconds, of all threads that were ever seen.
        package var runNanoseconds: UInt64 = 0
        /// Time ready to run and waiting for a processor, in nanoseconds, likewise.
        package var waitNanoseconds: UInt64 = 0
        /// Time on a processor by thread id, in nanoseconds.
        package var runByThread: [Int32: UInt64] = [:]

        /// A reading of nothing.
        package init() {}
    }

    private struct Thread {
        /// Nil once the thread has ended.
        var file: ProcFile?
        var last: ProcSchedstat
    }

    private let processID: Int32
    private let limit: Int
    private var threads: [Int32: Thread] = [:]

    /// Follows the threads of a process.
    ///
    /// - Parameters:
    ///   - processID: the process.
    ///   - limit: how many threads are followed at most, ended ones included; a process with more is not measured.
    package init(processID: Int32, limit: Int = 512) {
        self.processID = processID
        self.limit = limit
    }

    /// Looks for new threads, and reads all.
    ///
    /// About 5 µs for each new thread and 1 µs for each known one.
    ///
    /// - Returns: the reading, or nil where `/proc` does not show it, the process has ended or has too many threads.
    package func read() -> Reading? {
        guard let present = ThreadTable.threadIDs(of: processID), !present.isEmpty else {
            return nil
        }
        for id in present where threads[id]?.file == nil {
            guard threads.count < limit else {
                return nil
            }
            // A thread may end before its file is open; without schedstat in the kernel none can be opened.
            guard let file = try? ProcFile("/proc/\(processID)/task/\(id)/schedstat", capacity: 128),
                let value = try? Self.value(file)
            else {
                continue
            }
            threads[id] = Thread(file: file, last: value)
        }
        guard !threads.isEmpty else {
            return nil
        }
        var reading = Reading()
        for id in threads.keys {
            if let file = threads[id]?.file {
                if let value = try? Self.value(file) {
                    threads[id]?.last = value
                } else {
                    threads[id]?.file = nil
                }
            }
            guard let last = threads[id]?.last else {
                continue
            }
            reading.runNanoseconds += last.runNanoseconds
            reading.waitNanoseconds += last.waitNanoseconds
            reading.runByThread[id] = last.runNanoseconds
        }
        return reading
    }

    /// How often the threads that live now lost a processor before they were done; nil where that cannot be read.
    ///
    /// About 15 µs a thread: for the ends of phases.
    package func involuntarySwitches() -> UInt64? {
        guard let present = ThreadTable.threadIDs(of: processID), !present.isEmpty, present.count <= limit else {
            return nil
        }
        var sum: UInt64 = 0
        for id in present {
            // A thread that ends meanwhile takes its count with it.
            guard let file = try? ProcFile("/proc/\(processID)/task/\(id)/status", capacity: 16 << 10),
                let status = try? file.parse({ bytes throws(ProcParseError) in try ProcStatus(parsing: bytes) })
            else {
                continue
            }
            sum += status.nonvoluntarySwitches
        }
        return sum
    }

    private static func value(_ file: ProcFile) throws(ProcReadError) -> ProcSchedstat {
        try file.parse { bytes throws(ProcParseError) in try ProcSchedstat(parsing: bytes) }
    }

    private static func threadIDs(of processID: Int32) -> [Int32]? {
        guard let directory = opendir("/proc/\(processID)/task") else {
            return nil
        }
        defer { closedir(directory) }
        var ids: [Int32] = []
        while let entry = readdir(directory) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if let id = Int32(name) {
                ids.append(id)
            }
        }
        return ids
    }
}
