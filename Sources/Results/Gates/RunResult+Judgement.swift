extension RunResult {
    /// Judges the run by the gates of its profile: fills ``summary``, ``spread``, ``memory``, ``thresholds``,
    /// ``verdict`` and ``exitStatus``.
    ///
    /// What is judged is the summary: of several repetitions the median for timed metrics, the worst for counted ones.
    ///
    /// Call it last, when outcome, validity, delivery and repetitions are final.
    package mutating func judge(by gates: [Gate]) {
        summary = computedSummary()
        spread = computedSpread()
        memory = computedMemory()
        thresholds = gates.filter { $0.level != .off }.compactMap { $0.evaluate(self) }
        verdict = verdict(for: thresholds)
        exitStatus = verdict.exitStatus
    }

    /// What the run is worth, given how its limits stand.
    ///
    /// A machine that disturbed the run disturbs times, not counts: on an invalid run only a broken limit on a counted
    /// metric is a failure, everything else is *invalid*.
    package func verdict(for rows: [GateRow]) -> RunVerdict {
        switch outcome {
        case .interrupted: return .interrupted
        case .failed: return .error
        case .completed: break
        }
        let failures = rows.filter(\.isFailure)
        if !validity.isValid {
            let isCounted = { (row: GateRow) in MetricCatalogue.metric(named: row.metric)?.countsOnInvalidRuns == true }
            return failures.contains { $0.verdict == .fail && isCounted($0) } ? .fail : .invalid
        }
        if !failures.isEmpty { return .fail }
        if lacksProof(for: rows) || isInconclusive(for: rows) { return .noVerdict }
        return rows.contains { $0.verdict == .pass || $0.verdict == .fail } ? .pass : .noVerdict
    }

    /// Whether limits that count could not be judged because the run was too short for them, or too disturbed.
    package func isInconclusive(for rows: [GateRow]) -> Bool {
        rows.contains { row in
            row.level == .error && row.verdict == .notEvaluated
                && MetricCatalogue.metric(named: row.metric)?.needsLedger == false
        }
    }

    /// Whether limits that count could not be judged because nobody proved what arrived, and the user did not allow that.
    package func lacksProof(for rows: [GateRow]) -> Bool {
        delivery == .unverified && allowsUnverified != true
            && rows.contains { $0.level == .error && $0.verdict == .notEvaluated }
    }
}
