import HarnessCore
import LoadEngine
import Platform
package import Results

/// Runs checks of the harness itself, one after the other.
package final class SelfTest {
    /// What a check is run with.
    package struct Executables: Sendable {
        /// The path of a worker that hosts `telemetry`, `null` and `faulty`.
        package var worker: String
        /// The path of the sink.
        package var sink: String
        /// Variables of the environment that the worker inherits and that may change what is measured.
        package var inheritedVariables: [ConfigurationEntry]
        /// The variables of this process, for those that a worker needs beside them.
        package var environment: [String: String]

        /// Makes the value from its parts.
        package init(
            worker: String,
            sink: String,
            inheritedVariables: [ConfigurationEntry] = [],
            environment: [String: String] = [:]
        ) {
            self.worker = worker
            self.sink = sink
            self.inheritedVariables = inheritedVariables
            self.environment = environment
        }
    }

    /// A check that the host has spoilt is run so often at most.
    package static let maximumAttempts = 3

    private let executables: Executables
    private let observer: any RunObserver
    private var results: [String: RunResult] = [:]

    /// Prepares a self-test.
    ///
    /// - Parameters:
    ///   - executables: what checks are run with.
    ///   - observer: whoever watches the runs.
    package init(executables: Executables, observer: any RunObserver) {
        self.executables = executables
        self.observer = observer
    }

    /// The checks that the names choose, and the controls that these need, in the order of the catalogue.
    ///
    /// - Parameters:
    ///   - names: what the user asked for; empty for all.
    ///   - catalogue: all checks.
    /// - Returns: at least one check.
    /// - Throws: `RunError` of usage for a name that there is not, with the nearest one.
    package static func selection(
        _ names: [String],
        of catalogue: [SelfTestCheck] = SelfTestCatalogue.all
    ) throws(RunError) -> [SelfTestCheck] {
        guard !names.isEmpty else { return catalogue }
        for name in names where !catalogue.contains(where: { $0.name == name }) {
            let known = catalogue.map(\.name)
            let guess = Suggestion.nearest(to: name, in: known).map { "did you mean '\($0)'?" }
            throw .usage("there is no check '\(name)'; \(guess ?? "there are: \(known.joined(separator: ", "))")")
        }
        let chosen = catalogue.filter { names.contains($0.name) }
        let needed = Set(names + chosen.compactMap { $0.learned?.control })
        return catalogue.filter { needed.contains($0.name) }
    }

    /// Runs one check, again if the host has spoilt it.
    ///
    /// - Parameter check: a check; those whose results it learns from must have been run before.
    /// - Returns: its row; nil if the user interrupted it.
    package func run(_ check: SelfTestCheck) -> SelfTestReport.Row? {
        let began = MonotonicClock.now()
        var row = SelfTestReport.Row(
            check: check.name,
            system: "",
            expectation: check.expectation,
            observed: "",
            reasons: [],
            verdict: .failed,
            seconds: 0,
            attempts: 0,
            noise: []
        )
        repeat {
            row.attempts += 1
            do {
                let runs = try check.profiles.map { profile throws(RunError) in try carryOut(check, profile) }
                results[check.name] = runs.first
                if runs.contains(where: { $0.outcome == .interrupted }) { return nil }
                let finding = check.judge(runs)
                row.system = Self.systems(runs)
                row.observed = finding.observed
                row.reasons = finding.reasons
                row.noise = finding.isAsExpected ? [] : runs.flatMap(Self.noise) + [finding.doubt].compactMap { $0 }
                row.verdict = finding.isAsExpected ? .passed : row.noise.isEmpty ? .failed : .noisy
            } catch {
                row.observed = "no result: \(error)"
                row.verdict = .failed
                if error.exitStatus == .interrupted { return nil }
            }
        } while row.verdict == .noisy && row.attempts < Self.maximumAttempts
        row.seconds = Double(MonotonicClock.now() - began) / 1e9
        return row
    }

    /// The systems of some runs, what is planted before what it is compared with.
    private static func systems(_ runs: [RunResult]) -> String {
        let names = Set(runs.map(\.system.name)).sorted { $0.hasPrefix("faulty") && !$1.hasPrefix("faulty") }
        return names.joined(separator: " against ")
    }

    private func carryOut(_ check: SelfTestCheck, _ profile: String) throws(RunError) -> RunResult {
        var overrides = ProfileOverrides()
        if let learned = check.learned {
            guard let healthy = results[learned.control]?.summary[learned.metric] else {
                throw .internal("the check \(learned.control) gave no \(learned.metric) to compare with")
            }
            overrides.set = ["thresholds.\(learned.metric)=\(learned.expression(healthy))"]
        }
        var request: RunRequest
        let document: ProfileDocument
        do {
            document = try ProfileDocument(parsing: profile, source: "selftest \(check.name)")
                .applying(overrides, origin: .flag)
            let profile = try document.profile()
            request = RunRequest(
                profile: profile,
                plan: try profile.makePlan(),
                workerExecutable: executables.worker,
                sinkExecutable: executables.sink
            )
        } catch {
            throw .internal("the profile of the check \(check.name) is wrong: \(error)")
        }
        // Nothing here depends on how fast the machine is.
        request.calibrates = false
        request.inheritedVariables = executables.inheritedVariables
        if let timeout = check.flushTimeout { request.flushTimeout = timeout }
        let command = ["bench", "selftest", "--only", check.name]
        if let leak = request.profile.leak {
            request.workerVariables = ExactHeap.variables(executables.environment)
            return try LeakController(
                settings: leak,
                document: document,
                request: request,
                command: command,
                observer: observer
            ).run()
        }
        return try RunController(
            request: request,
            configuration: document.effectiveConfiguration,
            command: command,
            observer: observer
        ).run()
    }

    /// What was wrong with the machine, not with the system: the conditions of validity that are broken.
    private static func noise(_ result: RunResult) -> [String] {
        (result.validity.checks ?? []).filter { $0.verdict == .fail }.map(\.sentence)
    }
}
