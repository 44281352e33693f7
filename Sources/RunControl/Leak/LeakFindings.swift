import LoadEngine
import Results

/// All trials of a leak check, and what they come to together.
struct LeakFindings {
    /// What the profile asks for.
    let settings: LeakSettings
    /// The trials in the order in which they ran, each assessed.
    var trials: [LeakTrial] = []

    /// Makes the value without trials.
    init(settings: LeakSettings) {
        self.settings = settings
    }

    /// The trial of a kind; of one that was repeated with more cycles, that.
    func trial(_ kind: LeakTrialKind) -> LeakTrial? {
        trials.last { $0.name == kind.rawValue + LeakTrialKind.longerSuffix }
            ?? trials.first { $0.name == kind.rawValue }
    }

    /// The growth of the harness; nil where it is not known.
    var control: LeakGrowth? { trial(.control)?.growth }

    /// The trials that answer a question of their own, and what confirms each.
    private static let subjects: [(kind: LeakTrialKind, confirmation: LeakTrialKind)] = [
        (.check, .doubleItems), (.sessions, .doubleSessions), (.threads, .doubleThreads),
    ]

    /// What one of them says; growth that did not come again proves nothing.
    func verdict(of kind: LeakTrialKind) -> LeakReport.Verdict? {
        guard let trial = trial(kind), let verdict = trial.verdict else { return nil }
        guard verdict == .leak, let subject = Self.subjects.first(where: { $0.kind == kind }),
            let again = self.trial(subject.confirmation)
        else { return verdict }
        // By the tolerance of the first: what goes with flushes does not double with the items.
        let growth = again.growth?.beyond(kind == .check ? control : nil)
        let isConfirmed = again.hasLeftHandles || (growth?.low ?? 0) > settings.tolerance(items: trial.itemsPerCycle)
        return isConfirmed ? .leak : .inconclusive
    }

    /// The worst of them.
    var verdict: LeakReport.Verdict {
        let order: [LeakReport.Verdict] = [.leak, .inconclusive, .growingBounded, .ok]
        let verdicts = Self.subjects.compactMap { verdict(of: $0.kind) }
        return order.first(where: verdicts.contains) ?? .inconclusive
    }

    /// What grows, and with what: the most telling first; none without a leak.
    var causes: [LeakCause] {
        var causes: [LeakCause] = []
        for resource in LeakCause.Resource.allCases {
            var known: LeakCause?
            if let check = trial(.check), grows(resource, in: check, of: .check) {
                known = LeakCause(
                    resource,
                    in: check,
                    doubleItems: trial(.doubleItems),
                    doubleFlushes: trial(.doubleFlushes),
                    control: control
                )
            }
            let others = [(LeakTrialKind.sessions, LeakCause.Unit.session), (.threads, .thread)].compactMap {
                kind,
                unit -> LeakCause? in
                guard let trial = trial(kind), grows(resource, in: trial, of: kind) else { return nil }
                return LeakCause(resource, with: unit, in: trial, known: known)
            }
            causes += [known].compactMap(\.self) + others
        }
        return causes
    }

    private func grows(_ resource: LeakCause.Resource, in trial: LeakTrial, of kind: LeakTrialKind) -> Bool {
        guard verdict(of: kind) == .leak else { return false }
        switch resource {
        case .threads: return (trial.threadGrowth ?? 0) > 0
        case .descriptors: return (trial.descriptorGrowth ?? 0) > 0
        case .bytes:
            let growth = trial.growth?.beyond(kind == .check ? control : nil)
            return (growth?.low ?? 0) > settings.tolerance(items: trial.itemsPerCycle)
        }
    }

    /// What memory did over the cycles that count, in the trial that shows the leak, or in the check; nil where too little
    /// was measured.
    var memory: MemoryClassification? {
        guard let trial = trial(causes.first?.kind ?? .check), trial.counted > 1 else { return nil }
        let tolerance = settings.tolerance(items: trial.itemsPerCycle) * Double(trial.counted - 1)
        return MemoryClassification(
            from: trial.checkpoints[trial.discarded],
            to: trial.checkpoints[trial.checkpoints.count - 1],
            liveTolerance: Int64(min(tolerance, Double(MemoryClassification.liveTolerance))),
            isAnswered: true
        )
    }

    /// The whole answer, without command lines.
    func report() -> LeakReport {
        let check = trial(.check)
        let causes = causes
        var report = LeakReport(
            verdict: verdict,
            sentence: LeakSentence(self).text,
            toleranceBytesPerCycle: settings.tolerance(items: check?.itemsPerCycle ?? 0),
            trials: trials
        )
        if let growth = check?.growth?.beyond(control), let check, check.itemsPerCycle > 0 {
            report.bytesPerCycle = growth.slope
            report.bytesPerItem = growth.slope / Double(check.itemsPerCycle)
        }
        if let cause = causes.first {
            report.resource = cause.resource.rawValue
            report.growsPer = cause.unit?.rawValue
            report.bytesPerUnit = cause.resource == .bytes ? cause.perUnit : nil
            if cause.resource != .bytes { report.handlesPerCycle = trial(cause.kind)?.growth(of: cause.resource, nil) }
        }
        return report
    }
}
