extension Gate {
    /// Whether the metric is a percentile that the samples of a result do not support.
    fileprivate func lacksSamples(_ result: RunResult) -> Bool {
        if case .unsupported = result.reading(of: metric, phase: phase) { true } else { false }
    }
}

extension Judging {
    /// Judges every candidate by the absolute limits that it carries and by those that select it.
    mutating func judgeBudgets() throws(ResultFileError) {
        if request.baselines.isEmpty {
            for (path, result) in request.candidates {
                try judgeBudgets(of: result, path, input: path)
                hasObstacles = hasObstacles || !result.obstacles.isEmpty
            }
        } else {
            // Of a set it is the set that is judged: each repetition of each file is one observation.
            for results in Self.grouped(request.candidates) {
                let place = results.map(\.path).joined(separator: ", ")
                try judgeBudgets(
                    of: Self.joined(results),
                    place,
                    input: nil,
                    joinedFrom: results.count > 1 ? results : []
                )
            }
        }
        // The limits are the candidate's to keep.
        for (path, paired) in request.pairs { try judgeBudgets(of: paired.candidate.result, path, input: path) }
    }

    private mutating func judgeBudgets(
        of result: RunResult,
        _ path: String,
        input: String?,
        joinedFrom files: [(path: String, result: RunResult)] = []
    ) throws(ResultFileError) {
        let stored: [Gate]
        do {
            stored = try Gate.gates(storedIn: result)
        } catch {
            throw ResultFileError(path: "\(path):", reason: "\(error)")
        }
        let selected = request.gates.filter { $0.limit != nil && $0.level != .off && $0.selects(result) }
        // A limit that stands in both places is one limit.
        let others = stored.filter { gate in !selected.contains { $0.isSameLimit(as: gate) } && gate.level != .off }
        let undisturbed = request.isComparison ? result.withoutDisturbedRepetitions() : result
        for gate in others + selected {
            // Counts have no noise: a disturbed machine excuses none of them.
            let subject = gate.metric.countsOnInvalidRuns ? result : undisturbed
            guard let row = row(gate, subject, input: input, joinedFrom: files) else { continue }
            rows.append(row)
        }
    }

    private func row(
        _ gate: Gate,
        _ result: RunResult,
        input: String?,
        joinedFrom files: [(path: String, result: RunResult)]
    ) -> ComparisonRow? {
        guard let judged = gate.evaluate(result, joinedFrom: files) else { return nil }
        let isMissing = judged.verdict == .missing && !gate.lacksSamples(result)
        guard !isMissing || gate.onMissing != .ignore else { return nil }
        var row = ComparisonRow(
            profile: result.profile,
            metric: gate.metric,
            phase: gate.phase,
            input: input,
            gate: gate.source == .thresholds ? gate.name : gate.id,
            kind: .budget,
            level: isMissing && gate.onMissing == .warn && gate.level == .error ? .warn : gate.level,
            source: gate.source,
            candidate: judged.observed,
            samples: judged.samples,
            limit: judged.expression,
            verdict: verdict(of: judged, gate, result),
            reason: judged.reason
        )
        row.line = gate.line
        row.budget = judged.limit
        row.margin = judged.margin
        if row.verdict == .invalid, judged.verdict != .notEvaluated {
            row.reason += "; the run is invalid, and times of such a run prove nothing"
        }
        if case .values(let values, _) = result.observations(of: gate.metric, phase: gate.phase) {
            row.candidateValues = values
        }
        return row
    }

    private func verdict(of row: GateRow, _ gate: Gate, _ result: RunResult) -> RowVerdict {
        if gate.level == .info { return .info }
        let isTrusted = result.validity.isValid || gate.metric.countsOnInvalidRuns
        switch row.verdict {
        case .pass: return isTrusted ? .pass : .invalid
        case .fail: return isTrusted ? .failed : .invalid
        // A percentile of too few samples is no missing metric, and certainly no pass.
        case .missing: return gate.lacksSamples(result) ? .inconclusive : .missing
        case .notEvaluated:
            guard result.outcome == .completed, !result.isPartial else { return .invalid }
            guard gate.metric.needsLedger else { return .inconclusive }
            // Where nothing was to be delivered there is nothing to prove; where it was, a gate wants the proof.
            if result.delivery == .notApplicable { return .info }
            // What the run was allowed goes for its own limits; those of a file are another's.
            let isOwn = gate.source != .thresholds && gate.source != .commandLine
            return request.allowsUnverified || (isOwn && result.allowsUnverified == true) ? .info : .inconclusive
        }
    }

    // MARK: - Sets

    /// The results by experiment, in the order of the first of each.
    static func grouped(
        _ results: [(path: String, result: RunResult)]
    ) -> [[(path: String, result: RunResult)]] {
        var groups: [[(path: String, result: RunResult)]] = []
        for entry in results {
            let place = groups.firstIndex {
                $0[0].result.profile == entry.result.profile && $0[0].result.plan.identity == entry.result.plan.identity
            }
            if let place { groups[place].append(entry) } else { groups.append([entry]) }
        }
        return groups
    }

    private static func joined(_ results: [(path: String, result: RunResult)]) throws(ResultFileError) -> RunResult {
        guard results.count > 1 else { return results[0].result }
        do {
            return try RunResult.joined(results.map(\.result))
        } catch {
            throw ResultFileError(path: "\(results[0].path):", reason: "\(error)")
        }
    }
}
