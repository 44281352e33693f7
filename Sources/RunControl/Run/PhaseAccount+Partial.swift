import LoadEngine
import Measurement
import Results

extension PhaseAccount {
    /// Works out a phase that did not end, from its intervals alone.
    ///
    /// Whatever only the end of a phase tells (what was dropped, what is queued, the heap) is absent.
    ///
    /// - Parameters:
    ///   - repetitionStart: monotonic time in nanoseconds that start times are counted from.
    ///   - phaseStart: when the phase began, as a moment of the same clock.
    ///   - delivered: different items that had arrived at the last look; nil if nobody looked.
    ///   - residentBytes: the samples of resident memory, in order.
    /// - Returns: the phase, or nil if it has no interval.
    func partialResult(
        repetitionStart: UInt64,
        phaseStart: UInt64,
        delivered: UInt64?,
        residentBytes: [UInt64]
    ) -> PhaseResult? {
        guard lastElapsed > 0 else { return nil }
        var load = PhaseLoad(attempted: attempted, accepted: accepted, rejected: rejected, delivered: delivered)
        if operations != attempted { load.operations = operations }
        if planned.isOpen { load.missed = missed }
        let duration = Double(lastElapsed) / 1e9
        return PhaseResult(
            name: planned.name,
            shape: planned.schedule.shape,
            isReported: planned.report,
            startSeconds: Double(Int64(clamping: phaseStart) - Int64(clamping: repetitionStart)) / 1e9,
            durationSeconds: duration,
            load: load,
            rates: PhaseRates(
                offeredPerSecond: planned.offeredPerSecond,
                load: load,
                durationSeconds: duration,
                completionSeconds: nil
            ),
            latency: PhaseLatency(
                responseTime: LatencySummary(response),
                serviceTime: LatencySummary(service),
                lag: LatencySummary(lag),
                flushLatency: LatencySummary(flushLatency)
            ),
            memory: residentBytes.isEmpty
                ? nil
                : PhaseMemory(
                    rssStartBytes: residentBytes.first,
                    rssPeakBytes: residentBytes.max(),
                    rssEndBytes: residentBytes.last
                )
        )
    }
}
