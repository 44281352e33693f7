import HarnessCore

extension RunResult {
    /// That the run is partial, how far it came, and what that is worth, in a clause; nil for a run that is whole.
    ///
    /// `partial: cut off after 11.2 s of 33 s, none of 9 thresholds judged`
    package var partialStatement: String? {
        guard isPartial else { return nil }
        let judged = thresholds.count { $0.verdict == .pass || $0.verdict == .fail }
        let limits =
            thresholds.isEmpty
            ? nil : "\(judged == 0 ? "none" : "\(judged)") of \(thresholds.count) thresholds judged"
        let text = [progress ?? "cut off before anything was measured", limits].compactMap(\.self)
        return "partial: " + text.joined(separator: ", ")
    }

    /// What the figures of a partial run are of, in a sentence; nil for a run that is whole.
    package var partialExplanation: String? {
        guard isPartial else { return nil }
        if let leak {
            return "The leak check is partial: \(leak.trials.count) of its series came to their ends, and the figures "
                + "are of the first."
        }
        let last = repetitions.last?.phases.last?.name
        guard let last else { return "The run is partial: nothing of the plan was measured." }
        let known = Set(repetitions.flatMap(\.phases).map(\.name))
        let missing = plan.phases.map(\.name).filter { !known.contains($0) }
        let rest = missing.isEmpty ? "" : " Not reached: \(missing.joined(separator: ", "))."
        return
            "The run is partial: the figures are of what was done until then, phase \(last) as far as it came; what only "
            + "the end of a phase tells (the ledger, what was dropped or still queued, the heap after its flush) is "
            + "missing where it did not come to one, and limits are not judged." + rest
    }

    /// How far the last repetition came, of what was planned.
    private var progress: String? {
        guard let last = repetitions.last, !last.phases.isEmpty else { return nil }
        let reached = last.phases.reduce(0.0) { end, phase in (phase.startSeconds ?? end) + phase.durationSeconds }
        let lengths = plan.phases.map(\.durationSeconds)
        let planned = lengths.compactMap(\.self).reduce(0, +)
        // Where nothing but the system decides when a phase ends, nobody knows the whole.
        let whole = lengths.contains(nil) || planned < reached ? "" : " of \(MetricUnit.seconds.format(planned))"
        let place = last.index > 0 ? " of repetition \(last.index + 1)" : ""
        return "cut off after \(MetricUnit.seconds.format(reached))\(whole)\(place)"
    }
}
