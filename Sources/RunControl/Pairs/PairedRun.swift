import HarnessCore
package import LoadEngine
package import Results

/// Runs two sides in turn, each time with a fresh worker, a fresh sink and so a fresh ledger.
package struct PairedRun {
    /// One side: what to run, and how it differs from the profile.
    package struct Side {
        /// What to run; its repetitions do not matter, each run has one.
        package var request: RunRequest
        /// Every setting with its origin, for the result.
        package var configuration: EffectiveConfiguration
        /// What was changed for this side alone, each as `key=value`.
        package var settings: [String]

        /// Makes the value from its parts.
        package init(request: RunRequest, configuration: EffectiveConfiguration, settings: [String]) {
            self.request = request
            self.configuration = configuration
            self.settings = settings
        }
    }

    private let sides: [PairedResult.Side: Side]
    private let pairs: Int
    private let command: [String]
    private let observer: any RunObserver
    private let workers: [PairedResult.Side: WorkerIdentity]

    /// Prepares pairs of runs.
    ///
    /// - Parameters:
    ///   - baseline: what is compared with.
    ///   - candidate: what is looked at.
    ///   - pairs: how many pairs; at least 1.
    ///   - command: the command line, for the result.
    ///   - observer: whoever watches.
    /// - Throws: `RunError` of usage if the two do not have the same plan: they would not be comparable.
    package init(
        baseline: Side,
        candidate: Side,
        pairs: Int,
        command: [String],
        observer: any RunObserver
    ) throws(RunError) {
        guard baseline.request.plan.hash == candidate.request.plan.hash else {
            throw .usage(
                "the two sides would do different things (plans \(baseline.request.plan.hash.prefix(16)) and "
                    + "\(candidate.request.plan.hash.prefix(16))); change settings of the system only, or change both"
            )
        }
        sides = [.baseline: baseline, .candidate: candidate]
        workers = sides.mapValues { WorkerIdentity(file: $0.request.workerExecutable) }
        self.pairs = pairs
        self.command = command
        self.observer = observer
    }

    /// Asks the worker of each side whether it takes the configuration, so that a mistake in either shows before any load.
    ///
    /// Each is started and ended once, some tens of milliseconds.
    ///
    /// - Throws: `RunError` that names the side: of usage where a worker cannot be started or refuses its settings.
    package func check() throws(RunError) {
        for name in [PairedResult.Side.baseline, .candidate] {
            guard let request = sides[name]?.request else { continue }
            let objection: String?
            do throws(RunError) {
                objection = try SystemCheck.objection(
                    to: request.profile,
                    plan: request.plan,
                    worker: request.workerExecutable
                )
            } catch {
                throw RunError(exitStatus: error.exitStatus, message: "the \(name.rawValue): \(error.message)")
            }
            if let objection { throw .usage("the \(name.rawValue): \(objection)") }
        }
    }

    /// Runs all pairs.
    ///
    /// - Parameter keep: takes what there is after each pair, so that a long comparison survives its end.
    /// - Returns: all whole pairs; fewer than asked for if a signal ended it.
    /// - Throws: `RunError` if a run comes to no result, if there is not one whole pair, or what `keep` throws.
    package func run(keep: (PairedResult) throws(RunError) -> Void) throws(RunError) -> PairedResult {
        var done: [PairedResult.Pair] = []
        var results: [PairedResult.Side: [RunResult]] = [:]
        var paired: PairedResult?
        let seed = sides[.baseline]?.request.plan.seed ?? 0
        for (index, first) in PairOrder.first(pairs: pairs, seed: seed).enumerated() {
            let order: [PairedResult.Side] = first == .baseline ? [.baseline, .candidate] : [.candidate, .baseline]
            var pair: [PairedResult.Side: RunResult] = [:]
            for side in order {
                if observer.wantsProgress { observer.note("pair \(index + 1)/\(pairs): \(side.rawValue)") }
                // Once is enough: it is the same machine.
                pair[side] = try carryOut(side, calibrating: done.isEmpty && pair.isEmpty)
                guard pair[side]?.outcome == .completed else {
                    guard let paired else {
                        throw RunError(exitStatus: .interrupted, message: "interrupted before the first pair was whole")
                    }
                    return paired
                }
            }
            for (side, result) in pair { results[side, default: []].append(result) }
            done.append(PairedResult.Pair(index: index, first: first))
            let whole = try result(done, results)
            try keep(whole)
            paired = whole
        }
        guard let paired else { throw .usage("there is nothing to compare in no pairs; use --pairs 1 or more") }
        return paired
    }

    private func carryOut(_ name: PairedResult.Side, calibrating: Bool) throws(RunError) -> RunResult {
        guard let side = sides[name] else { throw .internal("there is no side \(name.rawValue)") }
        var request = side.request
        request.repetitions = 1
        request.calibrates = calibrating
        let controller = RunController(
            request: request,
            configuration: side.configuration,
            command: command,
            observer: observer
        )
        return try controller.run()
    }

    private func result(
        _ pairs: [PairedResult.Pair],
        _ results: [PairedResult.Side: [RunResult]]
    ) throws(RunError) -> PairedResult {
        PairedResult(
            tool: ToolIdentity(name: "bench", version: ToolVersion.current),
            plannedPairs: self.pairs,
            command: command,
            pairs: pairs,
            baseline: try measured(.baseline, results),
            candidate: try measured(.candidate, results)
        )
    }

    private func measured(
        _ name: PairedResult.Side,
        _ results: [PairedResult.Side: [RunResult]]
    ) throws(RunError) -> PairedResult.Measured {
        guard let side = sides[name], let runs = results[name], var worker = workers[name] else {
            throw .internal("there are no runs of the \(name.rawValue)")
        }
        let joined: RunResult
        do {
            joined = try RunResult.joined(runs)
        } catch {
            throw .internal("\(error)")
        }
        worker.sdkVersion = joined.system.sdkVersion
        return PairedResult.Measured(worker: worker, settings: side.settings, result: joined)
    }
}
