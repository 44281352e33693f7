import HarnessCore
package import LoadEngine
import Measurement
package import Results

/// Searches for the highest rate that a system sustains, each try in a fresh worker.
package struct SearchController {
    /// How often a rate is tried whose run turns out to be invalid.
    private static let validityAttempts = 3

    private let settings: SearchSettings
    private let document: ProfileDocument
    private let request: RunRequest
    private let command: [String]
    private let observer: any RunObserver

    /// Prepares a search.
    ///
    /// - Parameters:
    ///   - settings: What to look for.
    ///   - document: The profile with the phase to search.
    ///   - request: Everything else; its profile and plan are replaced at each try.
    ///   - command: The command line, for the result.
    ///   - observer: Whoever watches.
    package init(
        settings: SearchSettings,
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
    }

    /// Searches.
    ///
    /// - Returns: The result of the confirmation, or of the last try when none was confirmed, with the search in it.
    /// - Throws: `RunError` if a try gave no result at all.
    package func run() throws(RunError) -> RunResult {
        let criteria = try usage { () throws(StrictJSONError) in
            try SearchCriteria(settings, profile: request.profile.name)
        }
        var search = CapacitySearch(from: settings.from, to: settings.to, precision: settings.precision)
        var report = SearchReport(phase: settings.phase, conditions: criteria.sentences, precision: settings.precision)
        var last: RunResult?
        while let attempt = search.next {
            let result = try carryOut(attempt)
            last = result
            guard result.outcome == .completed else { break }
            let obstacles = result.validity.isValid ? [] : result.validity.reasons
            let reasons = obstacles + criteria.reasons(against: result, rate: attempt.rate)
            search.record(attempt, holds: reasons.isEmpty)
            report.tries.append(
                SearchTry(
                    stage: attempt.stage.rawValue,
                    ratePerSecond: Double(attempt.rate),
                    holds: reasons.isEmpty,
                    reasons: reasons,
                    isValid: obstacles.isEmpty,
                    metrics: SearchCriteria.curve(result)
                )
            )
            observer.note(Self.line(attempt, reasons))
        }
        guard var result = last else { throw .internal("a search has at least one try") }
        report.conclude(search)
        result.search = report
        if result.outcome == .completed, search.confirmed == nil {
            result.verdict = .noVerdict
            result.exitStatus = .noVerdict
            result.warnings.append(
                "no rate was confirmed: \(search.holding == nil ? "not even the lowest held" : "the confirmations failed")"
            )
        }
        return result
    }

    /// Runs one try, again while the machine spoils it.
    private func carryOut(_ attempt: CapacitySearch.Try) throws(RunError) -> RunResult {
        let duration =
            attempt.stage == .confirming ? settings.confirmationNanoseconds : settings.probeNanoseconds
        let trial = try usage { () throws(ProfileError) in
            try document.trying(rate: attempt.rate, durationNanoseconds: duration)
        }
        var request = request
        request.profile = try usage { () throws(ProfileError) in try trial.profile() }
        let profile = request.profile
        request.plan = try usage { () throws(ProfileError) in try profile.makePlan() }
        // The confirmation becomes the result; before it, the time is better spent on tries.
        request.calibrates = attempt.stage == .confirming
        for _ in 1..<Self.validityAttempts {
            let result = try run(request, trial)
            if result.validity.isValid || result.outcome != .completed { return result }
            observer.note("again: \(result.validity.reasons.first ?? "the run was invalid")")
        }
        return try run(request, trial)
    }

    private func run(_ request: RunRequest, _ trial: ProfileDocument) throws(RunError) -> RunResult {
        try RunController(
            request: request,
            configuration: trial.effectiveConfiguration,
            command: command,
            observer: observer
        ).run()
    }

    private static func line(_ attempt: CapacitySearch.Try, _ reasons: [String]) -> String {
        let rate = Quantity.format(perSecond: Double(attempt.rate))
        let verdict = reasons.first.map { "does not hold: \($0)" } ?? "holds"
        return "\(attempt.stage.rawValue) \(rate): \(verdict)"
    }

    /// Runs what can only fail by a mistake of the user.
    private func usage<Value, Failure: Error>(_ body: () throws(Failure) -> Value) throws(RunError) -> Value {
        do {
            return try body()
        } catch {
            throw .usage("\(error)")
        }
    }
}

extension SearchReport {
    /// Draws what follows from all tries.
    fileprivate mutating func conclude(_ search: CapacitySearch) {
        capacityPerSecond = search.confirmed.map { Double($0) }
        if search.confirmed != nil {
            // What ended the search from above is the lowest rate that did not hold.
            let wall = tries.filter { !$0.holds }.min { $0.ratePerSecond < $1.ratePerSecond }
            boundedBy = search.reachedCeiling ? .ceiling : wall?.isValid == false ? .generator : .objective
        }
        let curve = tries.filter { $0.stage != CapacitySearch.Stage.confirming.rawValue }
            .sorted { $0.ratePerSecond < $1.ratePerSecond }
            .compactMap { attempt in
                attempt.metrics["response_time.p99"].map { (x: attempt.ratePerSecond, y: $0) }
            }
        kneePerSecond = Knee.index(of: curve).map { curve[$0].x }
    }
}
