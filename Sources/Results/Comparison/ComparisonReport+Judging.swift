import HarnessCore

extension ComparisonReport {
    /// Judges results by the gates of their profiles, of a thresholds file and of a command line.
    ///
    /// - Throws: when the thresholds that a result carries cannot be understood.
    package init(judging request: ComparisonRequest) throws(ResultFileError) {
        var judging = Judging(request: request)
        for (path, result) in request.baselines { judging.note(path, result, as: .baseline) }
        for (path, result) in request.candidates { judging.note(path, result, as: .candidate) }
        for (path, paired) in request.pairs { judging.note(path, paired) }
        try judging.judgeBudgets()
        judging.judgeChanges()
        judging.checkSelection()
        judging.applyWaivers()
        judging.close()
        let (verdict, status) = judging.outcome
        self.init(
            verdict: verdict,
            exitStatus: status,
            design: request.baselines.isEmpty ? (request.pairs.isEmpty ? .budgets : .paired) : .unpaired,
            thresholds: request.thresholds?.identity,
            inputs: judging.inputs,
            baseline: request.isComparison ? SideIdentity(baselinesOf: request) : nil,
            candidate: SideIdentity(candidatesOf: request),
            differences: judging.differences,
            problems: judging.problems,
            notes: judging.notes,
            rows: judging.rows
        )
    }
}

/// Collects what speaks for each verdict while results are judged.
struct Judging {
    let request: ComparisonRequest
    var inputs: [ComparisonInput] = []
    var rows: [ComparisonRow] = []
    var differences: [FingerprintDifference] = []
    var problems: [String] = []
    var notes: [String] = []
    /// Whether a result that only budgets were judged of cannot be judged as a whole.
    var hasObstacles = false
    /// Whether the comparison that was asked for cannot be made, whatever limits there are on changes.
    var isUncomparable = false

    init(request: ComparisonRequest) {
        self.request = request
    }

    mutating func note(_ path: String, _ result: RunResult, as role: ComparisonInput.Role) {
        inputs.append(
            ComparisonInput(
                path: path,
                role: role,
                profile: result.profile,
                runID: result.runID,
                startedAt: result.startedAt,
                repetitions: result.repetitions.count,
                verdict: result.verdict,
                obstacles: result.obstacles
            )
        )
    }

    mutating func note(_ path: String, _ paired: PairedResult) {
        let (first, second) = (paired.baseline.result, paired.candidate.result)
        var input = ComparisonInput(
            path: path,
            role: .paired,
            profile: paired.profile,
            runID: second.runID,
            startedAt: paired.startedAt,
            repetitions: paired.pairs.count,
            verdict: second.verdict
        )
        input.obstacles =
            first.obstacles.map { "baseline: \($0)" } + second.obstacles.map { "candidate: \($0)" }
        if !paired.isComplete {
            // To stop when one likes what one sees is no measurement.
            input.obstacles.append("\(paired.pairs.count) of \(paired.plannedPairs) pairs were measured")
            hasObstacles = true
        }
        inputs.append(input)
    }

    // MARK: - What follows

    /// Puts known failures aside, and finds waivers that no longer hold.
    ///
    /// A waiver says that a gate is known to fail: it excuses a row that fails, and one that looks as if it did (*suspect*).
    /// A row without a verdict keeps the suite from passing, waiver or not: what nobody could judge is no known failure.
    mutating func applyWaivers() {
        for waiver in request.thresholds?.file.waivers ?? [] {
            let path = request.thresholds?.identity.path ?? ""
            if waiver.isExpired(today: request.today) {
                problems.append(
                    "\(path): the waiver of \(waiver.gate) ended on \(waiver.until) (\(waiver.reason)); "
                        + "mend the gate, or renew the waiver with a reason"
                )
                continue
            }
            let concerned = rows.indices.filter { rows[$0].gate == waiver.gate && rows[$0].source == .thresholds }
            for index in concerned {
                let row = rows[index]
                if row.verdict.isFailure || row.verdict == .suspect {
                    rows[index].reason =
                        "\(row.verdict.phrase), waived until \(waiver.until) (\(waiver.reason)): \(row.reason)"
                    rows[index].verdict = .waived
                    rows[index].waiver = waiver
                } else if row.verdict.isDoubt {
                    rows[index].reason +=
                        "; the waiver until \(waiver.until) (\(waiver.reason)) excuses a failure, not a row without a verdict"
                }
            }
            if !concerned.isEmpty, concerned.allSatisfy({ !rows[$0].verdict.isDoubt && rows[$0].waiver == nil }) {
                notes.append("\(path): the waiver of \(waiver.gate) is not needed here: the gate holds")
            }
        }
    }

    /// Draws what follows from everything together.
    mutating func close() {
        let judged = rows.contains { $0.kind != .information && $0.level != .info && $0.verdict != .info }
        if !judged { notes.append("there was nothing to judge") }
    }

    /// What everything is worth, by the precedence of ``ExitStatus/mostUrgent(of:)``.
    var outcome: (SuiteVerdict, ExitStatus) {
        let counted = rows.filter { $0.kind != .information && $0.level == .error }
        let verdict: SuiteVerdict =
            if !problems.isEmpty {
                .error
            } else if counted.contains(where: \.verdict.isFailure) {
                .fail
            } else if isUncomparable || counted.contains(where: { $0.verdict == .notComparable }) {
                .notComparable
            } else if hasObstacles || counted.contains(where: { $0.verdict == .invalid }) {
                .invalid
            } else if counted.contains(where: \.verdict.isDoubt) {
                .inconclusive
            } else if rows.contains(where: { $0.kind != .information && $0.level != .info && $0.verdict != .info }) {
                .pass
            } else {
                .inconclusive
            }
        return (verdict, verdict.exitStatus)
    }
}

extension RunResult {
    /// Why the run cannot be judged as a whole, each a clause; none if it can.
    var obstacles: [String] {
        switch outcome {
        case .interrupted: ["the run was interrupted"]
        case .failed: ["the run failed"]
        case .completed where isPartial: ["the run is incomplete"]
        case .completed: validity.isValid ? [] : validity.reasons
        }
    }
}
