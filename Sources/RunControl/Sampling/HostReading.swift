import Platform
import Results

/// What counts up while a run goes on, at one moment; what cannot be read is nil.
struct HostReading: Equatable {
    /// The moment, monotonic nanoseconds.
    var time: UInt64
    /// Time of all processors that the run may use, since boot, in nanoseconds.
    var processorTotal: UInt64?
    /// Of it, time in which they worked for processes.
    var processorBusy: UInt64?
    /// Of it, time that the host gave to other machines.
    var processorSteal: UInt64?
    /// Processor time of the worker, in nanoseconds.
    var workerCPU: UInt64?
    /// Processor time of the sink, in nanoseconds.
    var sinkCPU: UInt64?
    /// Processor time of this process, in nanoseconds.
    var benchCPU: UInt64?
    /// What the worker's threads have had and waited for.
    var workerThreads: ThreadTable.Reading?
    /// How often they lost a processor before they were done.
    var involuntarySwitches: UInt64?
    /// What the sink's threads have had.
    var sinkThreads: ThreadTable.Reading?
    /// How long the control group was stopped, in nanoseconds.
    var throttled: UInt64?
    /// In how many periods.
    var throttledPeriods: UInt64?
    /// What moved between memory and swap since boot, in bytes.
    var swapped: UInt64?
}

/// The highest of what does not count up, over a stretch of time.
struct HostPeaks: Equatable {
    /// The worker's memory in swap, in bytes.
    var workerSwap: UInt64?
    /// A step of the clock for time stamps, in nanoseconds, without its sign.
    var clockStep: UInt64?
    /// What waited in the receive queues of the sink, in bytes.
    var sinkBacklog: UInt64?

    /// Takes in what was seen.
    mutating func add(_ other: HostPeaks) {
        func highest(_ one: UInt64?, _ two: UInt64?) -> UInt64? { [one, two].compactMap(\.self).max() }
        workerSwap = highest(workerSwap, other.workerSwap)
        clockStep = highest(clockStep, other.clockStep)
        sinkBacklog = highest(sinkBacklog, other.sinkBacklog)
    }
}

extension HostNoise {
    /// The shortest window, in nanoseconds, for what the kernel counts in ticks of 10 ms: a tick is then 2 % of it.
    static let shortestTickWindow: UInt64 = 500_000_000

    /// Works out what happened between two readings.
    ///
    /// What the kernel counts in ticks is left out of short windows, where it would be chance. What was read once only
    /// is left out as well.
    init(from start: HostReading, to end: HostReading, peaks: HostPeaks) {
        let window = end.time > start.time ? end.time - start.time : 0
        func growth(_ key: KeyPath<HostReading, UInt64?>) -> UInt64? {
            guard let before = start[keyPath: key], let after = end[keyPath: key] else { return nil }
            // Counters of the kernel may step back by a little where it estimates.
            return after > before ? after - before : 0
        }
        func share(_ part: UInt64?, of whole: UInt64?) -> Double? {
            guard let part, let whole, whole > 0 else { return nil }
            return 100 * Double(part) / Double(whole)
        }
        self.init(windowSeconds: Double(window) / 1e9)
        let (worker, sink, bench) = (growth(\.workerCPU), growth(\.sinkCPU), growth(\.benchCPU))
        if window >= Self.shortestTickWindow, let total = growth(\.processorTotal), total > 0 {
            stealPercent = share(growth(\.processorSteal), of: total)
            // Without the worker's own time nobody can say what the others had.
            if let busy = growth(\.processorBusy), let worker, let bench {
                let own = worker + bench + (sink ?? 0)
                otherCPUPercent = share(busy > own ? busy - own : 0, of: total)
            }
        }
        if let before = start.workerThreads, let after = end.workerThreads {
            let ran = after.runNanoseconds - min(after.runNanoseconds, before.runNanoseconds)
            let waited = after.waitNanoseconds - min(after.waitNanoseconds, before.waitNanoseconds)
            runQueueWaitPercent = share(waited, of: ran + waited)
        }
        involuntarySwitches = growth(\.involuntarySwitches)
        throttledPercent = share(growth(\.throttled), of: window)
        throttledPeriods = growth(\.throttledPeriods)
        swappedBytes = growth(\.swapped)
        workerCPUPercent = share(worker, of: window)
        sinkCPUPercent = share(sink, of: window)
        benchCPUPercent = share(bench, of: window)
        if let before = start.sinkThreads, let after = end.sinkThreads {
            let busiest = after.runByThread.map { id, ran in
                ran - min(ran, before.runByThread[id] ?? 0)
            }.max()
            sinkThreadPercent = share(busiest, of: window)
        }
        workerSwapBytes = peaks.workerSwap
        clockStepNanoseconds = peaks.clockStep
        sinkBacklogBytes = peaks.sinkBacklog
    }
}
