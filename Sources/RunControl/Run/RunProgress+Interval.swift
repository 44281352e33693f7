import LoadEngine
import Measurement

extension RunProgress {
    /// The shortest interval that says anything of a rate, in nanoseconds: the last of a phase may be a mere rest.
    private static let shortestInterval: UInt64 = 100_000_000

    /// Where a run stands at the end of an interval, as far as the worker tells.
    ///
    /// Cheap: a few percentiles of histograms that were decoded anyway, and closed forms of the plan.
    ///
    /// - Parameters:
    ///   - request: What is run.
    ///   - repetition: The repetition, from 0.
    ///   - phase: The phase, from 0.
    ///   - account: What was heard of the phase, the interval included.
    ///   - interval: The interval.
    init(
        request: RunRequest,
        repetition: Int,
        phase: Int,
        account: PhaseAccount,
        interval: WorkerMessage.Interval
    ) {
        let plan = request.plan
        self.init(
            repetition: repetition,
            repetitions: request.repetitions,
            phase: account.planned.name,
            phaseIndex: phase,
            phaseCount: plan.phases.count,
            elapsed: interval.elapsedNanoseconds,
            planned: account.planned.durationNanoseconds
        )
        let outline = RunOutline(plan: plan, repetitions: request.repetitions)
        (remaining, isRemainingOpen) = outline.remaining(repetition: repetition, phase: phase, elapsed: elapsed)
        operations = account.operations
        plannedOperations = plan.operations(inPhase: phase)
        accepted = account.accepted
        rejected = account.rejected
        missed = account.missed
        let begin = min(account.previousElapsed, elapsed)
        if elapsed - begin > Self.shortestInterval {
            let span = Double(elapsed - begin) / 1e9
            ratePerSecond = Double(interval.operations) / span
            targetPerSecond = Self.target(plan, phase, from: begin, to: elapsed)
        }
        bytesInUse = interval.bytesInUse
        lagP99 = interval.lag?.value(atPercentile: 99)
        response = interval.response.flatMap(Percentiles.init)
        service = interval.service.flatMap(Percentiles.init)
    }

    /// The planned rate between two moments of a phase, in operations a second; nil in a closed model and after its end.
    private static func target(_ plan: Plan, _ phase: Int, from begin: UInt64, to end: UInt64) -> Double? {
        let planned = plan.phases[phase]
        let end = min(end, planned.durationNanoseconds)
        guard planned.isOpen, begin < end else { return nil }
        // The grid of a constant rate is nothing that a reader wants to see.
        if case .constant = planned.schedule, plan.shard == nil { return planned.offeredPerSecond }
        guard let before = plan.operations(inPhase: phase, before: begin),
            let after = plan.operations(inPhase: phase, before: end)
        else { return nil }
        return Double(after - before) * 1e9 / Double(end - begin)
    }
}

extension RunProgress.Percentiles {
    /// The percentiles of a distribution; nil when it is empty.
    fileprivate init?(_ histogram: HistogramSnapshot) {
        guard let p50 = histogram.value(atPercentile: 50), let p99 = histogram.value(atPercentile: 99) else {
            return nil
        }
        self.init(p50: p50, p99: p99)
    }
}
