import HarnessCore
import Measurement
import Results

extension CampaignReport.Figures {
    /// Takes the figures of a run out of its result; nil if a part of it is missing.
    init?(_ result: RunResult) {
        guard let repetition = result.repetitions.first, let counters = repetition.counters,
            let ledger = repetition.ledger, let faults = repetition.faults
        else { return nil }
        let phase = { (name: String) in repetition.phases.first { $0.name == name } }
        guard let healthy = phase("healthy"), let fault = phase("fault"), let recovery = phase("recovery"),
            let after = phase("after")
        else { return nil }
        let missing = Int64(clamping: counters.accepted) - Int64(clamping: ledger.distinct)
        let lost = missing - Int64(clamping: counters.queued)
        self.init(
            accepted: counters.accepted,
            rejected: counters.rejected,
            lost: lost,
            dropped: counters.dropped,
            unaccounted: lost - Int64(clamping: counters.dropped.values.reduce(0, +)),
            duplicated: ledger.duplicated,
            unanswered: faults.unanswered.items,
            struck: faults.faults.reduce(0) { $0 + $1.struck },
            retryAfterSent: faults.retryAfter.sent,
            retryAfterEarly: faults.retryAfter.early
        )
        duplicatedByBug = ledger.findings?.duplicatedByBug
        let before = healthy.latency.serviceTime
        let during = fault.latency.serviceTime
        (healthyP50, healthyP999) = (before?.p50Nanoseconds, before?.p999Nanoseconds)
        (faultP50, faultP999, faultMaximum) = (during?.p50Nanoseconds, during?.p999Nanoseconds, during?.maxNanoseconds)
        queued = counters.queuedPeak
        queuedBytes = counters.queuedBytesPeak
        peakResident = [fault, recovery, after].compactMap(\.memory?.rssPeakBytes).max()
        if let peak = peakResident, let start = fault.memory?.rssStartBytes {
            residentGrowth = Int64(clamping: peak) - Int64(clamping: start)
        }
        freshnessBefore = healthy.latency.freshness?.p99Nanoseconds
        freshnessAfter = after.latency.freshness?.p99Nanoseconds
        retries = counters.retries
        recoverySeconds = Self.recovery(recovery, after)
    }

    /// What a batch may take on its way without being late, in seconds.
    private static let usualSeconds = 0.2

    /// Everything from before the fault's end has arrived when a phase no longer finds items of the one before it that
    /// are later than usual.
    private static func recovery(_ recovery: PhaseResult, _ after: PhaseResult) -> Double? {
        if let late = after.drainSeconds, late > usualSeconds { return recovery.durationSeconds + late }
        return recovery.drainSeconds
    }
}
