import Platform
import Results

/// Watches the machine and the processes of one repetition, for its phases and as a whole.
///
///     init ───── begin ─── sampleIfDue … ─── end ───── begin … end ───── whole
///                └────── a phase ────────────┘
///     └─────────────────────── the repetition ────────────────────────────┘
///
/// Memory is constant, and all work is done by the controller's thread: about 50 µs each half second.
final class HostMeter {
    /// When the next sample is due, monotonic nanoseconds.
    private(set) var nextSample: UInt64

    private let probe: HostProbe
    private let worker: Int32
    private let threads: ThreadTable
    private let status: ProcFile?
    private let start: HostReading
    private var phaseStart: HostReading?
    private var last: HostReading
    private var phasePeaks = HostPeaks()
    private var peaks = HostPeaks()

    /// Five of the worker's memory samples.
    private static let period = 5 * RepetitionRunner.samplePeriod

    /// Begins to watch.
    ///
    /// - Parameters:
    ///   - probe: reads the counters.
    ///   - worker: the worker's process, which has just been started.
    init(probe: HostProbe, worker: Int32) {
        self.probe = probe
        self.worker = worker
        threads = ThreadTable(processID: worker)
        status = try? ProcFile("/proc/\(worker)/status", capacity: 16 << 10)
        start = probe.reading(worker: worker, threads: threads)
        last = start
        nextSample = start.time + Self.period
        _ = probe.peaks()
    }

    /// Takes a sample if the time has come.
    func sampleIfDue() {
        let now = MonotonicClock.now()
        guard now >= nextSample else { return }
        nextSample = now + Self.period - (now - nextSample) % Self.period
        // New threads are noticed while they live.
        _ = threads.read()
        sample()
    }

    /// Begins a phase.
    func beginPhase() {
        sample()
        phaseStart = probe.reading(worker: worker, threads: threads)
        phasePeaks = HostPeaks()
    }

    /// Ends the phase that was begun.
    ///
    /// - Returns: what happened meanwhile; nil where no phase was begun.
    func endPhase() -> HostNoise? {
        guard let phaseStart else { return nil }
        sample()
        last = probe.reading(worker: worker, threads: threads)
        self.phaseStart = nil
        return HostNoise(from: phaseStart, to: last, peaks: phasePeaks)
    }

    /// From the beginning to the end of the last phase.
    var whole: HostNoise {
        HostNoise(from: start, to: last, peaks: peaks)
    }

    private func sample() {
        var seen = probe.peaks()
        seen.workerSwap = (try? status?.read { try? ProcStatus(parsing: $0) })??.swapBytes
        phasePeaks.add(seen)
        peaks.add(seen)
    }
}
