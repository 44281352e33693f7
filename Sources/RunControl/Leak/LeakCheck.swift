import FoundationEssentials
import HarnessCore
import LoadEngine
import Platform
import Results

/// One leak check: trials in fresh workers, one after the other, as many as it takes to answer.
///
///     check ── control ── sessions ── threads ── ok
///       │ unclear: once more with twice the cycles     (so do sessions and threads)
///       └ grows:   double-items confirms it; it and double-flushes name what it goes with
struct LeakCheck {
    private let settings: LeakSettings
    private let document: ProfileDocument
    private let request: RunRequest
    private let command: [String]
    private let observer: any RunObserver
    private let began = MonotonicClock.now()
    private var findings: LeakFindings
    /// The result of the first trial, which becomes that of the check.
    private var main: RunResult?
    /// The result of a trial that was stopped; nothing is run after it.
    private var stopped: RunResult?
    private var warnings: [String] = []
    /// The trial that runs, or ran last.
    private var underWay = LeakTrialKind.check

    /// Prepares a check; the parameters are those of ``LeakController``.
    init(
        settings: LeakSettings,
        document: ProfileDocument,
        request: RunRequest,
        command: [String],
        observer: any RunObserver
    ) {
        self.settings = settings
        self.document = document
        self.request = request
        self.command = command
        self.observer = observer
        findings = LeakFindings(settings: settings)
    }

    /// How long it has taken so far, in seconds.
    var elapsedSeconds: Double { Double(MonotonicClock.now() - began) / 1e9 }

    /// Runs the trials and answers.
    ///
    /// - Returns: the result of the first trial with the answer in it; where a later trial gave none, with what there is
    ///   and the reason.
    /// - Throws: `RunError` if the first trial gave no result.
    mutating func perform() throws(RunError) -> RunResult {
        do {
            try carryOutAll()
        } catch {
            guard var result = main else { throw error }
            result.leak = findings.report()
            result.warnings += warnings
            result.endLeakCheck(because: error, in: "the trial \(underWay.rawValue)")
            observer.note("Error: \(error)")
            return result
        }
        return try conclude()
    }

    /// Runs the trials that it takes.
    private mutating func carryOutAll() throws(RunError) {
        try carryOut(.check)
        try carryOutControl()
        try settle(.check)
        for kind in [LeakTrialKind.sessions, .threads] {
            try carryOut(kind)
            try settle(kind)
        }
        for (kind, causes) in [
            (LeakTrialKind.check, [LeakTrialKind.doubleItems, .doubleFlushes]), (.sessions, [.doubleSessions]),
            (.threads, [.doubleThreads]),
        ] where findings.trial(kind)?.verdict == .leak {
            for cause in causes { try carryOut(cause) }
        }
    }

    /// The result of the first trial with what all trials come to.
    private func conclude() throws(RunError) -> RunResult {
        guard var result = main else { throw .internal("a leak check has a first trial") }
        var report = findings.report()
        if report.verdict == .leak {
            report.commands = LeakCommands(request, document, findings).lines
        }
        result.warnings += warnings
        result.endedAt = Date().formatted(.iso8601)
        if let stopped {
            report.verdict = .inconclusive
            report.sentence = "the check was stopped after \(findings.trials.count) of its series"
            (result.outcome, result.isPartial) = (stopped.outcome, true)
            (result.verdict, result.exitStatus) = (stopped.verdict, stopped.exitStatus)
        }
        result.leak = report
        result.memory = findings.memory ?? result.memory
        do {
            try result.concludeLeakCheck()
        } catch {
            throw .internal("\(error)")
        }
        return result
    }

    // MARK: - Trials

    /// Looks at a trial, and where it cannot tell, runs it again with twice the cycles.
    private mutating func settle(_ kind: LeakTrialKind) throws(RunError) {
        guard let index = findings.trials.firstIndex(where: { $0.name == kind.rawValue }) else { return }
        assess(index, discard: settings.discard)
        let first = findings.trials[index]
        guard first.verdict == .inconclusive || first.verdict == .growingBounded, first.growth != nil else { return }
        observer.note("\(kind.rawValue): \(first.verdict?.word ?? "") so far; again with twice the cycles")
        guard try carryOut(kind, isLonger: true) else { return }
        // What fills up has to be full by then.
        let isBounded = first.verdict == .growingBounded
        assess(findings.trials.count - 1, discard: isBounded ? settings.cycles : settings.discard)
        if isBounded, findings.trials[findings.trials.count - 1].verdict == .ok {
            findings.trials[findings.trials.count - 1].verdict = .growingBounded
        }
    }

    private mutating func assess(_ index: Int, discard: Int) {
        let control = findings.trials[index].name.hasPrefix(LeakTrialKind.check.rawValue) ? findings.control : nil
        findings.trials[index].assess(settings, discard: discard, control: control)
    }

    /// A worker that offers no `null` system leaves the harness' own growth unknown, which is next to nothing.
    private mutating func carryOutControl() throws(RunError) {
        do {
            guard try carryOut(.control) else { return }
        } catch {
            guard error.exitStatus == .usage else { throw error }
            warnings.append("the harness' own growth is not taken off: \(error)")
            return
        }
        findings.trials[findings.trials.count - 1].verdict = nil
    }

    /// Runs a trial and looks at it by itself.
    ///
    /// - Returns: whether there is something to look at.
    @discardableResult
    private mutating func carryOut(_ kind: LeakTrialKind, isLonger: Bool = false) throws(RunError) -> Bool {
        guard stopped == nil, let trial = try trial(kind, isLonger) else { return false }
        underWay = kind
        let began = MonotonicClock.now()
        let result = try RunController(
            request: trial.request,
            configuration: trial.document.effectiveConfiguration,
            command: command,
            observer: observer
        ).run()
        if main == nil { main = result }
        guard result.outcome == .completed else {
            stopped = result
            return false
        }
        let name = kind.rawValue + (isLonger ? LeakTrialKind.longerSuffix : "")
        var record = LeakTrial(name: name, of: result, settings, plan: trial.request.plan)
        record.elapsedSeconds = Double(MonotonicClock.now() - began) / 1e9
        findings.trials.append(record)
        assess(findings.trials.count - 1, discard: settings.discard)
        if kind != .check, result.verdict == .fail {
            let broken = result.thresholds.filter(\.isFailure).map(\.metric).joined(separator: ", ")
            warnings.append("the trial \(name) broke limits of the profile: \(broken)")
        }
        observer.note(Self.line(findings.trials[findings.trials.count - 1]))
        return true
    }

    /// What a trial runs; nil where the profile has no place for it.
    private func trial(
        _ kind: LeakTrialKind,
        _ isLonger: Bool
    ) throws(RunError) -> (request: RunRequest, document: ProfileDocument)? {
        guard let assignments = kind.assignments(settings, self.request.profile, isLonger: isLonger) else { return nil }
        var request = request
        do {
            let document = try document.applying(ProfileOverrides(set: assignments), origin: .profile)
            request.profile = try document.profile()
            request.plan = try request.profile.makePlan()
            request.repetitions = 1
            // Once is enough, and it takes as long as some cycles.
            request.calibrates = request.calibrates && main == nil
            return (request, document)
        } catch {
            throw .usage("the trial \(kind.rawValue) of the leak check cannot be made: \(error)")
        }
    }

    private static func line(_ trial: LeakTrial) -> String {
        guard let growth = trial.growth else { return "\(trial.name): bytes in use were not measured" }
        let handles = [(trial.descriptorGrowth, "descriptors"), (trial.threadGrowth, "threads")].compactMap {
            count,
            name in count.flatMap { $0 > 0 ? ", \($0) \(name) more" : nil }
        }
        return "\(trial.name): \(Quantity.format(bytes: growth.slope)) a cycle "
            + "(99 %: \(Quantity.format(bytes: growth.low)) to \(Quantity.format(bytes: growth.high)))"
            + handles.joined()
    }
}

extension LeakTrial {
    /// What a run of cycles left behind, not yet assessed.
    ///
    /// - Parameters:
    ///   - name: the name of the trial.
    ///   - result: the run.
    ///   - settings: the leak check.
    ///   - plan: what was run.
    init(name: String, of result: RunResult, _ settings: LeakSettings, plan: Plan) {
        let cycles = plan.phases.indices.filter { plan.phases[$0].isCycle }
        let names = Set(cycles.map { plan.phases[$0].name })
        let repetition = result.repetitions.first
        let first = plan.phases[cycles[0]]
        let attempted = repetition?.phases.last { names.contains($0.name) }?.load.attempted ?? 0
        let further = plan.workload.components.reduce(0) { $0 + UInt64($1.workload.itemsPerOperation) }
        self.init(
            name: name,
            system: result.system.name,
            itemsPerCycle: attempted + first.sessions * Plan.operationsOfSession * further,
            flushesPerCycle: plan.flushes(inPhase: cycles[0]) + first.sessions,
            sessionsPerCycle: first.sessions,
            threadsPerCycle: first.freshThreads ? UInt64(plan.producers) : 0,
            discarded: 0,
            checkpoints: repetition?.checkpoints.filter { $0.phase.map(names.contains) ?? false } ?? []
        )
    }
}

extension RunResult {
    /// Marks a leak check that a trial without a result has ended: what was found until then is kept beside the reason.
    ///
    /// - Parameters:
    ///   - error: why there is none.
    ///   - place: what gave none, such as `the trial control`.
    mutating func endLeakCheck(because error: RunError, in place: String) {
        let reason = "\(place) gave no result: \(error)"
        leak?.verdict = .inconclusive
        leak?.sentence = "the check did not come to its end: \(reason.prefix { $0 != "\n" })"
        leak?.commands = []
        endedAt = Date().formatted(.iso8601)
        (outcome, isPartial) = (error.exitStatus == .interrupted ? .interrupted : .failed, true)
        (verdict, exitStatus) = (error.exitStatus == .interrupted ? .interrupted : .error, error.exitStatus)
        warnings.append(reason)
    }

    /// Makes the verdict of the run that of its leak check, where nothing is worse.
    ///
    /// The answer is a row of the thresholds as well, so that whoever judges the result again finds it.
    ///
    /// - Throws: `StrictJSONError` if the metric is unknown, which would be an error of the harness.
    fileprivate mutating func concludeLeakCheck() throws(StrictJSONError) {
        guard outcome == .completed, let leak else { return }
        let gates = try Gate.gates(ofProfile: profile, thresholds: [("leaks", "== 0")], source: .builtIn)
        summary = computedSummary()
        thresholds += gates.compactMap { $0.evaluate(self) }
        switch leak.verdict {
        case .leak: verdict = .fail
        case .inconclusive where verdict == .pass: verdict = .noVerdict
        case .ok, .growingBounded, .inconclusive:
            // The answer is a judgement, also where the profile limits nothing that the system has.
            if verdict == .noVerdict, leak.verdict != .inconclusive, !lacksProof(for: thresholds) { verdict = .pass }
        }
        if leak.verdict == .growingBounded { warnings.append(leak.sentence) }
        exitStatus = verdict.exitStatus
    }
}
