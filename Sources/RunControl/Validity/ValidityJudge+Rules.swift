import HarnessCore
import LoadEngine
import Measurement
import Results

extension ValidityJudge {
    // MARK: - The generator

    /// Whether the generator kept its plan.
    func generator(_ phase: PhaseResult, _ place: Place) -> [Observation] {
        // What an operation waits for those of its own burst is the plan's doing, and the system's.
        let late = phase.latency.lag?.p99Nanoseconds.map { max(0, Double($0) - backToBack(phase)) }
        let slowest = Double(phase.latency.serviceTime?.maxNanoseconds ?? 0)
        // A call that took long makes those after it late. One that did not take half as long is no explanation.
        let isSystem = late.map { slowest >= $0 / 2 } ?? false
        let blame =
            isSystem
            ? "the system's calls took up to \(Quantity.format(durationNanoseconds: slowest)), so this is its doing; "
                + "response times show it, service times do not"
            : "the generator was late by itself, so response times are partly its own; use a quieter machine, a lower "
                + "rate or more producers"
        return [
            observation(
                .lagP99,
                late,
                place,
                isAtFault: !isSystem,
                statement: { "the p99 of the generator's lag was \($0)" },
                consequence: blame
            ),
            missed(phase, place),
        ].compactMap(\.self)
    }

    /// Whether what was due was also started.
    private func missed(_ phase: PhaseResult, _ place: Place) -> Observation? {
        guard let missed = phase.load.missed, phase.durationSeconds > 0 else { return nil }
        let done = phase.load.operations ?? phase.load.attempted
        let planned = Double(done) + Double(missed)
        let service = phase.latency.serviceTime
        // A call of so many seconds makes all that is due meanwhile late; calls that fill the producers' time do as well.
        let slowest = Double(service?.maxNanoseconds ?? 0) / 1e9
        let inCalls = (service?.meanNanoseconds ?? 0) / 1e9 * Double(done)
        let share = inCalls / phase.durationSeconds / Double(max(1, plan.producers))
        let isSystem = share >= 0.5 || slowest * planned / phase.durationSeconds >= Double(missed) / 2
        return observation(
            .missedPercent,
            planned > 0 ? 100 * Double(missed) / planned : nil,
            place,
            isAtFault: !isSystem,
            statement: { "\($0) of the planned operations could not be started in time" },
            consequence: isSystem
                ? "the system's calls took the time, so this is its doing"
                : "this was not the load that was asked for; use a quieter machine, a lower rate or more producers"
        )
    }

    /// How late the last operation of a burst is when all before it take what they take on average, in nanoseconds.
    private func backToBack(_ phase: PhaseResult) -> Double {
        guard let size = plan.phases.first(where: { $0.name == phase.name })?.burstSize,
            let mean = phase.latency.serviceTime?.meanNanoseconds
        else { return 0 }
        let operations = (Double(size) / Double(max(1, plan.producers))).rounded(.up)
        // Beside the call itself: two clock readings and three histograms.
        return operations * (mean + 100)
    }

    // MARK: - The machine

    /// Whether the machine left the run alone.
    func machine(_ phase: PhaseResult, _ repetition: Repetition, _ place: Place) -> [Observation] {
        let own = phase.host.flatMap { $0.windowSeconds >= Self.shortestWindowSeconds ? $0 : nil }
        let (noise, where_) = own.map { ($0, place) } ?? (repetition.host, place.whole)
        let throttling = phase.host ?? repetition.host
        return [
            observation(
                .stealPercent,
                noise?.stealPercent,
                where_,
                statement: { "the host took \($0) of the processors away from this machine" },
                consequence: "times contain its pauses; use a machine of your own, or another hour"
            ),
            observation(
                .otherCPUPercent,
                noise?.otherCPUPercent,
                where_,
                statement: { "other processes on this host took \($0) of its processors" },
                consequence: "the run had to share them; stop the other processes, or use a quieter machine"
            ),
            observation(
                .runQueueWaitPercent,
                noise.flatMap(waitForOthers),
                where_,
                statement: {
                    "other processes kept the worker's threads from a processor for \($0) of the time they wanted one"
                },
                consequence:
                    "times contain these waits; stop the other processes, or use a machine with more processors"
            ),
            observation(
                .throttledPercent,
                throttling?.throttledPercent,
                place,
                statement: { "the control group's quota of processor time stopped the run for \($0) of the time" },
                consequence: "times contain the pauses; raise the quota (cpu.max, or --cpus of a container)"
            ),
            observation(
                .clockStep,
                phase.host?.clockStepNanoseconds.map { Double($0) },
                place,
                statement: { "the clock for time stamps stepped by up to \($0)" },
                consequence: "ages of items are wrong by as much; let time synchronisation settle and run again"
            ),
            observation(
                .swapBytes,
                [phase.host?.swappedBytes, phase.host?.workerSwapBytes].compactMap(\.self).max().map { Double($0) },
                place,
                statement: { "\($0) were moved between memory and swap" },
                consequence: "neither times nor resident memory mean anything then; free memory, or turn swap off"
            ),
        ].compactMap(\.self)
    }

    /// Of the time that the worker's threads wanted a processor, what others than the run's own processes took, in
    /// percent.
    ///
    /// More threads than processors wait for each other by design, so of their waits only the part counts that others had
    /// of the processors' work.
    private func waitForOthers(_ noise: HostNoise) -> Double? {
        guard let wait = noise.runQueueWaitPercent, let others = noise.otherCPUPercent,
            let worker = noise.workerCPUPercent
        else { return nil }
        let own = worker + (noise.sinkCPUPercent ?? 0) + (noise.benchCPUPercent ?? 0)
        let all = others + own / Double(max(1, processors))
        return all > 0 ? wait * others / all : 0
    }

    // MARK: - The sink

    /// Whether the sink had time left.
    func sink(_ phase: PhaseResult, _ place: Place) -> [Observation] {
        guard let noise = phase.host, noise.windowSeconds >= Self.shortestWindowSeconds else { return [] }
        // A closed model drives whatever is slowest to its limit: that it was the sink is a finding.
        let isClosed = phase.shape == "max"
        let backlog = noise.sinkBacklogBytes.map { " (\(Quantity.format(bytes: Double($0))) waited unread)" } ?? ""
        return [
            observation(
                .sinkThreadPercent,
                noise.sinkThreadPercent,
                place,
                isAtFault: !isClosed,
                statement: { "the sink's busiest thread used \($0) of a processor\(backlog)" },
                consequence: isClosed
                    ? "the sink was the bottleneck, and the rate is its own rather than the system's"
                    : "the sink was the bottleneck; lower the rate, or export over more connections"
            )
        ].compactMap(\.self)
    }
}
