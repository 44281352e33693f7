import HarnessCore

extension GateReport {
    /// Judges results by the gates of their profiles and of a thresholds file.
    ///
    /// - Parameters:
    ///   - results: the results with the files they come from.
    ///   - thresholds: a thresholds file with its name.
    ///   - allowsUnselected: whether gates that select none of the results are a note rather than a problem.
    ///   - allowsUnverified: whether limits that only a ledger can judge may stay unjudged.
    /// - Throws: when the thresholds that a result carries cannot be understood.
    package init(
        judging results: [(path: String, result: RunResult)],
        thresholds: (path: String, file: ThresholdsFile)?,
        allowsUnselected: Bool,
        allowsUnverified: Bool = false
    ) throws(ResultFileError) {
        var judging = BudgetJudging(allowsUnverified: allowsUnverified)
        for (path, result) in results {
            judging.add(result, path: path, gates: try Self.storedGates(result, path), thresholds?.file.gates ?? [])
        }
        if let thresholds {
            judging.checkSelection(of: thresholds.file.gates, thresholds.path, results.map(\.result), allowsUnselected)
        }
        judging.close()
        let order = GateTable.order(judging.rows.map(\.gate))
        let status = ExitStatus.mostUrgent(of: judging.statuses)
        self.init(
            thresholdsFile: thresholds?.path,
            results: judging.subjects,
            rows: order.map { judging.rows[$0] },
            problems: judging.problems,
            notes: judging.notes,
            verdict: SuiteVerdict(status),
            exitStatus: status
        )
    }

    private static func storedGates(_ result: RunResult, _ path: String) throws(ResultFileError) -> [Gate] {
        do {
            return try Gate.gates(storedIn: result)
        } catch {
            throw ResultFileError(path: "\(path):", reason: "\(error)")
        }
    }
}

/// Collects what speaks for each status while results are judged.
private struct BudgetJudging {
    let allowsUnverified: Bool
    var subjects: [GateReport.Subject] = []
    var rows: [GateReport.Row] = []
    var problems: [String] = []
    var notes: [String] = []
    var statuses: [ExitStatus] = []

    /// Judges one result by the gates that it carries and by those of the file that select it.
    mutating func add(_ result: RunResult, path: String, gates stored: [Gate], _ listed: [Gate]) {
        let obstacles = Self.obstacles(of: result)
        subjects.append(
            GateReport.Subject(
                path: path,
                profile: result.profile,
                runID: result.runID,
                verdict: result.verdict,
                obstacles: obstacles
            )
        )
        if !obstacles.isEmpty { statuses.append(.noVerdict) }
        let selected = listed.filter { $0.selects(result) && $0.level != .off }
        // A limit that stands in both places is one limit.
        let others = stored.filter { gate in !selected.contains { $0.isSameLimit(as: gate) } && gate.level != .off }
        for gate in others + selected {
            guard let row = gate.evaluate(result) else { continue }
            if row.verdict == .missing, gate.onMissing == .ignore { continue }
            rows.append(GateReport.Row(path: path, gate: row))
            if gate.level == .error { count(row, gate, of: result, path) }
        }
    }

    private mutating func count(_ row: GateRow, _ gate: Gate, of result: RunResult, _ path: String) {
        switch row.verdict {
        case .pass: break
        case .fail:
            // Times on a machine that spoilt the run prove nothing; counts do.
            if result.validity.isValid || gate.metric.countsOnInvalidRuns { statuses.append(.gateFailed) }
        case .missing where gate.onMissing == .error:
            problems.append("\(path): \(row.reason)")
        case .missing: break
        // Where nothing was to be delivered there is nothing to prove; where it was, a gate wants the proof.
        case .notEvaluated where result.delivery == .notApplicable && gate.metric.needsLedger: break
        case .notEvaluated where result.delivery == .unverified && gate.metric.needsLedger:
            // What the run was allowed goes for its own limits; those of a file are another's.
            let isAllowed = allowsUnverified || (gate.source != .thresholds && result.allowsUnverified == true)
            if !isAllowed { statuses.append(.noVerdict) }
        case .notEvaluated: statuses.append(.noVerdict)
        }
    }

    /// Finds the gates that judge nothing.
    mutating func checkSelection(of gates: [Gate], _ path: String, _ results: [RunResult], _ allowsUnselected: Bool) {
        let idle = gates.filter { gate in gate.level != .off && !results.contains(where: gate.selects) }
        guard allowsUnselected else {
            problems += idle.map { gate in
                let phase = gate.phase.map { ", phase \"\($0)\"" } ?? ""
                let advice =
                    Self.guess(gate, results)
                    ?? "pass its result too, or allow it with --allow-unselected"
                return "\(path): \(gate.path) (profile \"\(gate.profile)\"\(phase), \(gate.metric.name)) "
                    + "selects none of the results; \(advice)"
            }
            return
        }
        guard !idle.isEmpty else { return }
        for gate in idle {
            guard let guess = Self.guess(gate, results) else { continue }
            notes.append("\(path): \(gate.path) (\(gate.metric.name)) selects none of the results; \(guess)")
        }
        let profiles = idle.map(\.profile).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
        notes.append(
            "\(idle.count) of \(gates.count) gates in \(path) select none of the results: \(profiles.joined(separator: ", "))"
        )
    }

    /// What a gate that selects nothing may have meant: a phase of a result whose profile it selects, or a profile.
    private static func guess(_ gate: Gate, _ results: [RunResult]) -> String? {
        let sameProfile = results.filter { Glob.matches($0.profile, pattern: gate.profile) }
        if sameProfile.isEmpty {
            let profile = Suggestion.nearest(to: gate.profile, in: results.map(\.profile))
            return profile.map { "did you mean the profile \"\($0)\"?" }
        }
        guard let phase = gate.phase else { return nil }
        let phases = sameProfile.flatMap { $0.repetitions.flatMap(\.phases).map(\.name) }
        if let name = Suggestion.nearest(to: phase, in: phases) { return "did you mean the phase \"\(name)\"?" }
        let known = phases.reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
        return "there is no such phase, only: \(known.joined(separator: ", "))"
    }

    /// Draws what follows from everything together.
    mutating func close() {
        if !problems.isEmpty { statuses.append(.usage) }
        if !rows.contains(where: { $0.gate.verdict == .pass || $0.gate.verdict == .fail }) {
            notes.append("there was nothing to judge")
            statuses.append(.noVerdict)
        }
    }

    private static func obstacles(of result: RunResult) -> [String] {
        switch result.outcome {
        case .interrupted: ["the run was interrupted"]
        case .failed: ["the run failed"]
        case .completed where result.isPartial: ["the run is incomplete"]
        case .completed: result.validity.isValid ? [] : result.validity.reasons
        }
    }
}
