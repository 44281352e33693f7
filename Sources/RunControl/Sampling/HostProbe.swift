import Platform

/// Reads the machine's and the processes' counters; its files stay open, and what cannot be opened is never read.
///
/// Two probes of one run are independent. One thread at a time uses a probe.
final class HostProbe {
    private let processors = Set(Processor.usable().map { Int($0.number) })
    private let stat = try? ProcFile("/proc/stat", capacity: 1 << 20)
    private let memory = try? ProcFile("/proc/vmstat", capacity: 64 << 10)
    private let throttling = Host.throttlingFiles()
    private let sinkProcess: Int32?
    private let sinkThreads: ThreadTable?
    private let connections: ProcFile?
    private let sinkPort: UInt16?
    private var nextBacklog: UInt64 = 0
    private var offset: Int64?

    /// The part of the time that looking at all sockets of the machine may take: one 500th.
    private static let backlogInterval: UInt64 = 500

    /// - Parameters:
    ///   - sinkProcess: the sink, if it is ours.
    ///   - sinkPort: its port on this machine, if it is on this machine.
    init(sinkProcess: Int32?, sinkPort: UInt16?) {
        self.sinkProcess = sinkProcess
        self.sinkPort = sinkPort
        sinkThreads = sinkProcess.map { ThreadTable(processID: $0) }
        connections = sinkPort == nil ? nil : try? ProcFile("/proc/net/tcp", capacity: 256 << 10)
    }

    /// Everything that counts up.
    ///
    /// 100 to 300 µs with ten threads: for the beginnings and ends of phases.
    ///
    /// - Parameters:
    ///   - worker: the worker's process; nil while there is none.
    ///   - threads: its threads.
    /// - Returns: what could be read.
    func reading(worker: Int32?, threads: ThreadTable?) -> HostReading {
        var reading = HostReading(time: MonotonicClock.now())
        if let times = processorTimes() {
            reading.processorTotal = times.reduce(0) { $0 + $1.total }
            reading.processorBusy = times.reduce(0) { $0 + $1.busy }
            reading.processorSteal = times.reduce(0) { $0 + $1.steal }
        }
        reading.workerCPU = worker.flatMap { CPUClock.process($0) }
        reading.sinkCPU = sinkProcess.flatMap { CPUClock.process($0) }
        reading.benchCPU = CPUClock.process()
        reading.workerThreads = threads?.read()
        reading.involuntarySwitches = threads?.involuntarySwitches()
        reading.sinkThreads = sinkThreads?.read()
        let groups = throttling.compactMap { file in
            try? file.parse { bytes throws(ProcParseError) in try CgroupCPUStat(parsing: bytes) }
        }
        reading.throttled = groups.map(\.throttledNanoseconds).max()
        reading.throttledPeriods = groups.map(\.throttledPeriods).max()
        reading.swapped = (try? memory?.readPieces { try? ProcVMStat(parsing: $0) })??.swappedBytes
        return reading
    }

    /// What does not count up, as it is now; 10 µs, and a few milliseconds once every few seconds.
    func peaks() -> HostPeaks {
        // New threads are noticed while they live.
        _ = sinkThreads?.read()
        return HostPeaks(clockStep: clockStep(), sinkBacklog: backlog())
    }

    private func processorTimes() -> [ProcSystemStat.Times]? {
        guard
            let all = try? stat?.parse({ bytes throws(ProcParseError) in try ProcSystemStat(parsing: bytes) })
        else { return nil }
        let usable = zip(all.processorNumbers, all.processors).filter { processors.contains($0.0) }.map(\.1)
        return usable.isEmpty ? all.processors : usable
    }

    /// The step since the last call; readings that were disturbed say nothing.
    private func clockStep() -> UInt64? {
        let now = ClockOffset.now()
        guard now.uncertainty < 100_000 else { return nil }
        defer { offset = now.nanoseconds }
        guard let offset else { return nil }
        let step = (now.nanoseconds - offset).magnitude
        // The readings themselves are apart by up to their uncertainty.
        return step > 200_000 ? step : 0
    }

    /// The kernel walks all sockets of the machine for this, so it is looked at rarely where there are many.
    private func backlog() -> UInt64? {
        let start = MonotonicClock.now()
        guard let connections, let sinkPort, start >= nextBacklog else { return nil }
        let queues = try? connections.readPieces { try? ProcNetTCP(parsing: $0, port: sinkPort) }
        let end = MonotonicClock.now()
        nextBacklog = end + max(500_000_000, (end - start) * Self.backlogInterval)
        return queues?.unreadBytes
    }
}
