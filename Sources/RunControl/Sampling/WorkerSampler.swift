import Measurement
import Platform
import Results

/// Reads the memory of a worker from outside, at a fixed period, through descriptors that stay open.
final class WorkerSampler {
    /// When the next sample is due, monotonic nanoseconds.
    private(set) var nextSample: UInt64
    /// What was resident at the last sample, in bytes.
    private(set) var residentBytes: UInt64?

    private let probe: ProcessProbe?
    private let isSampling: Bool
    private let startTime: UInt64
    private var series = TimeSeries(capacity: 600, windowNanoseconds: RepetitionRunner.samplePeriod)
    private var peak: UInt64?
    private var canResetPeak = false
    private var sampledPeak: UInt64?
    private var extent: TimelinePoint.Extent?

    /// Opens the process's files; where `/proc` does not let us, nothing is measured and the figures stay absent.
    ///
    /// - Parameters:
    ///   - processID: the worker.
    ///   - startTime: what the times of samples count from.
    ///   - isSampling: whether samples are taken; peaks and processor time are read either way.
    init(processID: Int32, startTime: UInt64, isSampling: Bool = true) {
        probe = try? ProcessProbe(processID: processID)
        self.isSampling = isSampling && probe != nil
        self.startTime = startTime
        nextSample = self.isSampling ? startTime : .max
    }

    /// Takes a sample if the time has come.
    func sampleIfDue() {
        let now = MonotonicClock.now()
        guard let probe, now >= nextSample else { return }
        // Samples that were missed are not made up for.
        nextSample = now + RepetitionRunner.samplePeriod - (now - nextSample) % RepetitionRunner.samplePeriod
        // A process that has just ended has nothing to read; its end is noticed elsewhere.
        guard let bytes = (try? probe.statm())?.residentBytes else { return }
        residentBytes = bytes
        sampledPeak = max(sampledPeak ?? 0, bytes)
        extent.add(bytes)
        series.append(Double(bytes), at: now - startTime)
    }

    /// Forgets what was read before the worker was ready, and takes the next sample at once.
    func restart() {
        residentBytes = nil
        extent = nil
        guard isSampling else { return }
        nextSample = min(nextSample, MonotonicClock.now())
        sampleIfDue()
    }

    /// What was resident over the samples since the last call; nil without any.
    func takeExtent() -> TimelinePoint.Extent? {
        defer { extent = nil }
        return extent
    }

    /// Processor time that the worker has used since its start, in nanoseconds; nil where it cannot be read.
    ///
    /// From the process's own clock, which is exact; `/proc` counts in ticks of 10 ms.
    var cpuNanoseconds: UInt64? {
        probe.flatMap { CPUClock.process($0.processID) }
    }

    /// Memory in detail, threads and descriptors as they are now; nil where `/proc` does not let us.
    ///
    /// - Parameter isQuiet: whether nothing is measured now, so that the worker may be stalled.
    /// - Returns: the reading.
    func reading(isQuiet: Bool) -> OutsideReading? {
        probe.map { OutsideReading($0, isQuiet: isQuiet) }
    }

    /// What the worker's address space holds now, by kind; nil where `/proc` does not let us.
    ///
    /// Stalls the worker for about a millisecond: for quiet moments.
    func mappings() -> [MappingUsage]? {
        (try? probe?.mappings()).map { MappingUsage.groups(of: $0) }
    }

    /// Begins to look for a new peak.
    func resetPeak() {
        recordPeak()
        canResetPeak = probe?.resetPeak() ?? false
        sampledPeak = nil
    }

    /// The most that was resident since `resetPeak`, in bytes: the kernel's own mark where it can be reset, otherwise
    /// the highest sample.
    func peakResidentBytes() -> UInt64? {
        recordPeak()
        guard canResetPeak else { return sampledPeak }
        return (try? probe?.status())?.peakResidentBytes ?? sampledPeak
    }

    /// What a result keeps.
    var trace: MemoryTrace? {
        guard series.count > 0 else { return nil }
        return MemoryTrace(
            rssBytes: series,
            rssPeakBytes: peak,
            samplePeriodSeconds: Double(RepetitionRunner.samplePeriod) / 1e9
        )
    }

    /// Keeps the highest peak of the whole repetition across resets.
    private func recordPeak() {
        if let mark = (try? probe?.status())?.peakResidentBytes { peak = max(peak ?? 0, mark) }
    }
}
