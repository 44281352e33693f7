import HarnessCore
import Measurement

extension Judging {
    /// Judges how the candidate differs from the baseline, and shows every other metric of both.
    ///
    /// Whoever names a baseline wants to know of changes: where no profile is on both sides, or the sides of one are no equal
    /// experiments, the answer is that they cannot be compared, even if no gate limits a change.
    mutating func judgeChanges() {
        guard request.isComparison else { return noteUnjudgedRegressions() }
        let gates = request.gates.filter { $0.regression != nil && $0.level != .off }
        let profiles = allResults.map(\.profile).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
        let shared = profiles.filter { profile in
            let (first, second) = (baselines(of: profile), candidates(of: profile))
            return !first.isEmpty && !second.isEmpty
        }
        if shared.isEmpty {
            isUncomparable = true
            notes.append("no profile is on both sides")
        }
        for profile in profiles {
            let selecting = gates.filter { gate in allResults.contains { $0.profile == profile && gate.selects($0) } }
            guard shared.contains(profile) else {
                judgeAlone(profile, selecting, hasOthers: !shared.isEmpty)
                continue
            }
            let sides = sides(of: profile)
            differences += sides.differences
            isUncomparable = isUncomparable || sides.isBlocked
            var tested: [TestedRow] = []
            for metric in Set(selecting.filter { $0.phase == nil }.map(\.metric.name)).sorted() {
                noteContradictions(in: metric, profile)
            }
            for gate in selecting {
                switch row(gate, profile, sides) {
                case .settled(let row): rows.append(row)
                case .tested(let row): tested.append(row)
                case nil: break
                }
            }
            settle(tested)
            showOthers(profile, sides, except: selecting)
        }
    }

    // MARK: - Sides

    private func baselines(of profile: String) -> [RunResult] {
        (request.baselines.map(\.result) + request.pairs.map(\.result.baseline.result)).filter { $0.profile == profile }
    }

    private func candidates(of profile: String) -> [RunResult] {
        (request.candidates.map(\.result) + request.pairs.map(\.result.candidate.result))
            .filter { $0.profile == profile }
    }

    private func sides(of profile: String) -> ComparedSides {
        let (first, second) = (baselines(of: profile), candidates(of: profile))
        // Fresh pairs belong to the one comparison that asked for them.
        let paired = request.pairs.map(\.result).filter { $0.profile == profile }
        return ComparedSides(
            baseline: first,
            candidate: second,
            isPaired: !request.pairs.isEmpty,
            confirmation: paired.count == 1 ? paired[0].confirmation : nil,
            differences: Fingerprint.differences(profile: profile, baseline: first, candidate: second)
        )
    }

    /// Names the files of a profile whose summary and repetitions say different things of a metric.
    ///
    /// Changes are judged by the repetitions; whoever changed one of the two is to be seen.
    private mutating func noteContradictions(in name: String, _ profile: String) {
        guard let metric = MetricCatalogue.metric(named: name) else { return }
        let sides = request.pairs.flatMap {
            [($0.path, $0.result.baseline.result), ($0.path, $0.result.candidate.result)]
        }
        for (path, result) in request.baselines + request.candidates + sides where result.profile == profile {
            guard let difference = result.contradiction(in: metric) else { continue }
            notes.append("\(path): of \(name) \(difference): the file was changed")
        }
    }

    /// What a profile that one side lacks means.
    private mutating func judgeAlone(_ profile: String, _ gates: [Gate], hasOthers: Bool) {
        let hasBaseline = !baselines(of: profile).isEmpty
        for gate in gates {
            if hasBaseline {
                guard gate.onMissing != .ignore else { continue }
                var row = blank(gate, profile, .missing, "the candidate has no result of the profile \(profile)")
                if gate.onMissing == .warn, row.level == .error { row.level = .warn }
                rows.append(row)
            } else {
                let reason = "there is no baseline of the profile \(profile)"
                rows.append(blank(gate, profile, hasOthers ? .new : .notComparable, reason))
            }
        }
        guard gates.isEmpty else { return }
        notes.append("only the \(hasBaseline ? "baseline" : "candidate") has a result of the profile \(profile)")
    }

    private mutating func noteUnjudgedRegressions() {
        let results = allResults
        let unjudged = request.gates.filter { gate in
            gate.regression != nil && gate.level != .off && results.contains(where: gate.selects)
        }
        // What somebody asks for on this very command line is no standing limit that may wait for a baseline.
        for gate in unjudged where gate.source == .commandLine {
            problems.append(
                "--assert \(gate.path) limits a change of \(gate.metric.name), and there is nothing to compare with; "
                    + "give --baseline and --candidate, or a result of bench ab"
            )
        }
        let count = unjudged.count { $0.source != .commandLine }
        guard count > 0 else { return }
        notes.append(
            "\(count == 1 ? "1 limit on a change was" : "\(count) limits on changes were") not judged, for there is no "
                + "baseline; give one with --baseline"
        )
    }

    // MARK: - Rows

    private enum Outcome {
        case settled(ComparisonRow)
        case tested(TestedRow)
    }

    private func blank(_ gate: Gate, _ profile: String, _ verdict: RowVerdict, _ reason: String) -> ComparisonRow {
        var row = ComparisonRow(
            profile: profile,
            metric: gate.metric,
            phase: gate.phase,
            gate: gate.name,
            kind: .regression,
            level: gate.level,
            source: gate.source,
            limit: gate.regression?.text(unit: gate.metric.unit),
            verdict: gate.level == .info ? .info : verdict,
            reason: reason
        )
        row.line = gate.line
        row.maximumRelative = gate.regression?.maximumRelative
        row.minimumAbsolute = gate.regression?.minimumAbsolute
        return row
    }

    private func row(_ gate: Gate, _ profile: String, _ sides: ComparedSides) -> Outcome? {
        if sides.isBlocked {
            let fields = sides.differences.filter { $0.severity == .blocking }.map(\.field).joined(separator: ", ")
            return .settled(blank(gate, profile, .notComparable, "the sides differ in \(fields)"))
        }
        let unfinished = (sides.baseline + sides.candidate).first { $0.outcome != .completed || $0.isPartial }
        if let unfinished {
            return .settled(blank(gate, profile, .invalid, unfinished.obstacles.joined(separator: "; ")))
        }
        do {
            let values = try sides.values(of: gate.metric, phase: gate.phase)
            var row = blank(gate, profile, .info, "")
            row.fill(values, gate.metric)
            if values.isTooDisturbed {
                let unit = sides.isPaired ? "pairs" : "runs"
                row.verdict = .invalid
                row.reason =
                    "\(values.dropped) of \(values.total) \(unit) were disturbed, and more than a quarter is too many"
                return .settled(row)
            }
            guard let limit = gate.regression else { return nil }
            if gate.metric.kind == .exact { return .settled(row.judgedExactly(by: limit, gate)) }
            let fresh = try sides.freshValues(for: gate)
            return .tested(TestedRow(row: row, gate: gate, limit: limit, sides: sides, screen: values, fresh: fresh))
        } catch {
            return missing(gate, profile, error).map(Outcome.settled)
        }
    }

    /// The row of a metric that a side lacks.
    private func missing(_ gate: Gate, _ profile: String, _ error: MissingValues) -> ComparisonRow? {
        let name = gate.metric.name
        switch error {
        case .baseline(.unsupported(let samples, let needed)), .candidate(.unsupported(let samples, let needed)),
            .both(.unsupported(let samples, let needed)):
            let reason =
                "n = \(Quantity.format(count: samples)) does not support \(name), which needs "
                + "\(Quantity.format(count: needed)) samples"
            return blank(gate, profile, .inconclusive, reason)
        case .baseline(let reading):
            return blank(gate, profile, .new, "only the candidate has \(name): \(reading.clause)")
        case .both(.notApplicable(let reason)), .candidate(.notApplicable(let reason)):
            let isOfNoInterest = candidates(of: profile).allSatisfy { $0.delivery == .notApplicable }
            return blank(gate, profile, isOfNoInterest || request.allowsUnverified ? .info : .inconclusive, reason)
        case .candidate(let reading), .both(let reading):
            guard gate.onMissing != .ignore else { return nil }
            var row = blank(gate, profile, .missing, "the candidate has no \(name): \(reading.clause)")
            if gate.onMissing == .warn, row.level == .error { row.level = .warn }
            return row
        }
    }

    /// Corrects p for all gates on changes of a profile together, and decides.
    ///
    /// The family is that of one profile, whatever else was named beside it: a verdict does not depend on which files share a
    /// command line, and ``GateLint`` can say beforehand which gates can fire.
    private mutating func settle(_ tested: [TestedRow]) {
        // What is only shown takes no part: it cannot raise an alarm.
        let counted = tested.indices.filter { tested[$0].gate.level == .error || tested[$0].gate.level == .warn }
        // What fresh pairs decide is a family of its own: the screen has chosen it, on other figures.
        let fresh = counted.filter { tested[$0].isConfirmation }
        let family = fresh.isEmpty ? counted : fresh
        var pValues = tested.map(\.test.pValue)
        for group in [fresh, counted.filter { !fresh.contains($0) }] {
            for (index, pValue) in zip(group, Holm.adjusted(group.map { tested[$0].test.pValue })) {
                pValues[index] = pValue
            }
        }
        for (row, pValue) in zip(tested, pValues) { rows.append(row.settled(adjustedP: pValue)) }
        let mute = family.filter { tested[$0].test.smallestP * Double(family.count) > ChangeTest.level }
        guard !mute.isEmpty, let first = mute.first else { return }
        let needed = SignedRank.smallestCount(reaching: Holm.strictestLevel(ChangeTest.level, tests: family.count))
        let values = ComparisonReport.count(tested[first].test.count, "value")
        let gates = ComparisonReport.count(family.count, "gate")
        notes.append(
            "\(tested[first].row.profile): with \(values) a side, \(mute.count) of \(gates) on changes can hold or stay open "
                + "and cannot be called regressed; among so many gates that takes \(needed) pairs"
        )
    }

    // MARK: - Everything else

    /// Adds a row for every metric that no gate judges: what changed, vanished or is new.
    private mutating func showOthers(_ profile: String, _ sides: ComparedSides, except gates: [Gate]) {
        guard !sides.isBlocked else { return }
        for metric in MetricCatalogue.all
        where !gates.contains(where: { $0.metric.name == metric.name && $0.phase == nil }) {
            var row = ComparisonRow(
                profile: profile,
                metric: metric,
                kind: .information,
                level: .info,
                verdict: .info,
                reason: ""
            )
            do {
                let values = try sides.values(of: metric, phase: nil)
                // What is counted and the same everywhere says nothing.
                if metric.kind == .exact, Set(values.baseline + values.candidate).count == 1 { continue }
                row.fill(values, metric)
                guard !values.baseline.isEmpty, !values.candidate.isEmpty else { continue }
                if metric.kind == .exact {
                    row.effect = .exact(values, metric)
                } else {
                    let test = ChangeTest(values, isPaired: sides.isPaired, direction: metric.direction)
                    row.effect = test.effect(isConfirmation: false)
                    row.minimalDetectableEffect = test.detectable.flatMap { test.share($0, of: row.baseline ?? 0) }
                }
                row.reason = "no gate judges it"
            } catch {
                switch error {
                case .both: continue
                case .baseline(let reading):
                    if case .unsupported = reading { continue }
                    row.verdict = .new
                    row.reason = "only the candidate has it: \(reading.clause)"
                case .candidate(let reading):
                    if case .unsupported = reading { continue }
                    row.verdict = .missing
                    row.reason = "only the baseline has it: \(reading.clause)"
                }
            }
            rows.append(row)
        }
    }
}

extension MetricReading {
    /// Why there is no value, as a clause.
    var clause: String {
        switch self {
        case .value: "it has one"
        case .unsupported(let samples, let needed):
            "n = \(Quantity.format(count: samples)) does not support it, which needs \(Quantity.format(count: needed))"
        case .absent(let reason), .notApplicable(let reason): reason
        }
    }
}
