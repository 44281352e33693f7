import Platform

/// What a worker knows of the process that it runs in; tests pass their own.
struct WorkerHost: Sendable {
    /// The id of the process.
    var processID: Int32
    /// What the process uses now.
    var usage: @Sendable () -> WorkerMessage.ProcessUsage

    /// The process that runs this code.
    static func current() -> WorkerHost {
        let probe = OwnProcess()
        return WorkerHost(processID: Host.processID) { probe.usage() }
    }
}

/// Measures the process that it is in.
///
/// `@unchecked Sendable` is sound: the file is used with the lock held.
private final class OwnProcess: @unchecked Sendable {
    private let lock = Lock()
    /// Nil where there is no `/proc`: resident memory is not measured then.
    private let memory = try? ProcFile("/proc/self/statm", capacity: 512)

    func usage() -> WorkerMessage.ProcessUsage {
        lock.withLock {
            let heap = HeapUsage.now()
            var usage = WorkerMessage.ProcessUsage(
                bytesInUse: heap?.bytesInUse,
                residentBytes: try? memory?.read { try? ProcStatm(parsing: $0) }?.residentBytes,
                cpuNanoseconds: CPUClock.process()
            )
            usage.freeBytes = heap?.freeBytes
            usage.mappedBytes = heap?.mappedBytes
            return usage
        }
    }
}
