/// What the machine and the harness did beside the system while something was measured.
///
/// Shares of the host are in percent of the processors that the run may use, all together; shares of a process or a
/// thread are in percent of one processor. What could not be read is absent.
package struct HostNoise: Codable, Equatable, Sendable {
    /// How long it was watched, in seconds.
    package var windowSeconds: Double
    /// Time that the host of this machine gave to other machines, in percent of the host.
    package var stealPercent: Double?
    /// Processor time of all other processes, in percent of the host.
    package var otherCPUPercent: Double?
    /// Of the time that the worker's threads wanted a processor, the part that they waited for one, in percent.
    package var runQueueWaitPercent: Double?
    /// How often the worker's threads lost a processor before they were done.
    package var involuntarySwitches: UInt64?
    /// How long the control group was stopped because its quota of processor time was used up, in percent of the window.
    package var throttledPercent: Double?
    /// In how many periods that happened.
    package var throttledPeriods: UInt64?
    /// Bytes that the machine moved between memory and swap.
    package var swappedBytes: UInt64?
    /// Most of the worker's memory that was in swap, in bytes.
    package var workerSwapBytes: UInt64?
    /// The largest step of the clock for time stamps, in nanoseconds, without its sign.
    package var clockStepNanoseconds: UInt64?
    /// Processor time of the worker, in percent of one processor, what its producers spun included.
    package var workerCPUPercent: Double?
    /// Processor time of the sink, in percent of one processor.
    package var sinkCPUPercent: Double?
    /// Processor time of its busiest thread, in percent of one processor.
    package var sinkThreadPercent: Double?
    /// Most that was seen waiting in the receive queues of the sink, in bytes.
    package var sinkBacklogBytes: UInt64?
    /// Processor time of the controller, in percent of one processor.
    package var benchCPUPercent: Double?

    /// Makes the value; what was not measured is left out.
    package init(
        windowSeconds: Double,
        stealPercent: Double? = nil,
        otherCPUPercent: Double? = nil,
        runQueueWaitPercent: Double? = nil,
        involuntarySwitches: UInt64? = nil,
        throttledPercent: Double? = nil,
        throttledPeriods: UInt64? = nil,
        swappedBytes: UInt64? = nil,
        workerSwapBytes: UInt64? = nil,
        clockStepNanoseconds: UInt64? = nil,
        workerCPUPercent: Double? = nil,
        sinkCPUPercent: Double? = nil,
        sinkThreadPercent: Double? = nil,
        sinkBacklogBytes: UInt64? = nil,
        benchCPUPercent: Double? = nil
    ) {
        self.windowSeconds = windowSeconds
        self.stealPercent = stealPercent
        self.otherCPUPercent = otherCPUPercent
        self.runQueueWaitPercent = runQueueWaitPercent
        self.involuntarySwitches = involuntarySwitches
        self.throttledPercent = throttledPercent
        self.throttledPeriods = throttledPeriods
        self.swappedBytes = swappedBytes
        self.workerSwapBytes = workerSwapBytes
        self.clockStepNanoseconds = clockStepNanoseconds
        self.workerCPUPercent = workerCPUPercent
        self.sinkCPUPercent = sinkCPUPercent
        self.sinkThreadPercent = sinkThreadPercent
        self.sinkBacklogBytes = sinkBacklogBytes
        self.benchCPUPercent = benchCPUPercent
    }

    private enum CodingKeys: String, CodingKey {
        case windowSeconds = "window_s"
        case stealPercent = "steal_percent"
        case otherCPUPercent = "other_cpu_percent"
        case runQueueWaitPercent = "run_queue_wait_percent"
        case involuntarySwitches = "involuntary_switches"
        case throttledPercent = "throttled_percent"
        case throttledPeriods = "throttled_periods"
        case swappedBytes = "swapped_bytes"
        case workerSwapBytes = "worker_swap_bytes"
        case clockStepNanoseconds = "clock_step_ns"
        case workerCPUPercent = "worker_cpu_percent"
        case sinkCPUPercent = "sink_cpu_percent"
        case sinkThreadPercent = "sink_thread_percent"
        case sinkBacklogBytes = "sink_backlog_bytes"
        case benchCPUPercent = "bench_cpu_percent"
    }
}
