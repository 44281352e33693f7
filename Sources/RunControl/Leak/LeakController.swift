import FoundationEssentials
package import LoadEngine
package import Results

/// Checks whether a system leaks, once or several times.
package struct LeakController {
    private let settings: LeakSettings
    private let document: ProfileDocument
    private let request: RunRequest
    private let command: [String]
    private let observer: any RunObserver

    /// Prepares a leak check.
    ///
    /// - Parameters:
    ///   - settings: How it judges.
    ///   - document: The profile with the phase to check.
    ///   - request: Everything else; its repetitions are whole checks. Profile and plan are replaced at each trial.
    ///   - command: The command line, for the result.
    ///   - observer: Whoever watches.
    package init(
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
    }

    /// Checks.
    ///
    /// - Returns: The result of the first trial with the answer in it; of several checks, that of the worst.
    /// - Throws: `RunError` if the first trial of the first check gave no result.
    package func run() throws(RunError) -> RunResult {
        var rows: [LeakCheckRow] = []
        var worst: RunResult?
        for number in 1...request.repetitions {
            var check = LeakCheck(
                settings: settings,
                document: document,
                request: request,
                command: command,
                observer: observer
            )
            let result: RunResult
            do {
                result = try check.perform()
            } catch {
                // What the checks before found is not lost with this one.
                guard var partial = worst else { throw error }
                partial.endLeakCheck(because: error, in: "check \(number) of \(request.repetitions)")
                observer.note("Error: \(error)")
                worst = partial
                break
            }
            if let report = result.leak {
                rows.append(LeakCheckRow(report, system: result.system.name, elapsedSeconds: check.elapsedSeconds))
                if request.repetitions > 1 {
                    observer.note("check \(number) of \(request.repetitions): \(report.verdict.word)")
                }
            }
            if worst.map({ Self.severity(of: result) > Self.severity(of: $0) }) ?? true { worst = result }
            if result.outcome != .completed { break }
        }
        guard var result = worst else { throw .internal("a leak check has at least one trial") }
        if request.repetitions > 1 { result.leakChecks = rows }
        return result
    }

    /// An interruption is the last word; a failure is worse than a doubt.
    private static func severity(of result: RunResult) -> Int {
        switch result.verdict {
        case .pass: result.leak?.verdict == .ok ? 0 : 1
        case .noVerdict, .invalid: 2
        case .fail: 3
        case .error: 4
        case .interrupted: 5
        }
    }
}
