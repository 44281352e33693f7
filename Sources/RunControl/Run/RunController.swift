package import FoundationEssentials
import HarnessCore
package import LoadEngine
import Platform
package import Results

/// Carries out a run: sink, workers, ledger, result.
package struct RunController {
    private let request: RunRequest
    private let configuration: EffectiveConfiguration
    private let command: [String]
    private let observer: any RunObserver
    private let startedAt: Date
    private let log: RunLog?

    /// Prepares a run.
    ///
    /// - Parameters:
    ///   - request: What to run.
    ///   - configuration: Every setting with its origin, for the result.
    ///   - command: The command line, for the result.
    ///   - observer: Whoever watches.
    ///   - startedAt: When the run began, for the result.
    ///   - log: Where the run is logged as it goes; nil for no log.
    package init(
        request: RunRequest,
        configuration: EffectiveConfiguration,
        command: [String],
        observer: any RunObserver,
        startedAt: Date = Date(),
        log: RunLog? = nil
    ) {
        self.request = request
        self.configuration = configuration
        self.command = command
        self.observer = observer
        self.startedAt = startedAt
        self.log = log
    }

    /// Runs and judges.
    ///
    /// - Returns: The judged result; of a run that a signal stopped, what there is, marked as partial.
    /// - Throws: `RunError` if there is no result. All processes that were started have ended in either case.
    package func run() throws(RunError) -> RunResult {
        let gates = try profileGates()
        let environment = EnvironmentProbe.environment(
            worker: request.workerExecutable,
            variables: request.workerVariables
        )
        let session = try RunSession(request: request, observer: observer, log: log)
        defer { session.end() }
        var result = skeleton(session, environment)
        log?.begin(
            RunLogRecord.Header(
                result: result,
                plan: request.plan,
                thresholds: request.profile.thresholds,
                repetitions: request.repetitions
            )
        )
        if request.calibrates {
            let calibration = session.calibrate()
            result.calibration = calibration
            log?.add(calibration)
        }
        var outcomes: [RepetitionOutcome] = []
        do throws(RunError) {
            for index in 0..<request.repetitions {
                outcomes.append(try RepetitionRunner(session: session, index: index).run())
                if outcomes.last?.isStopped == true { break }
            }
        } catch {
            throw log?.close(after: error) ?? error
        }
        guard let system = outcomes.first?.system else { throw .internal("a run has at least one repetition") }
        let isStopped = outcomes.contains(where: \.isStopped)
        let hasMeasurements = request.plan.workload.signals.contains(.metrics)
        let provesMetrics = outcomes.allSatisfy { $0.ledger?.signals?.metrics != nil }
        let isVerified = outcomes.allSatisfy { $0.ledger != nil } && (provesMetrics || !hasMeasurements)
        if system.enabled, !isVerified, outcomes.allSatisfy({ $0.ledger != nil }) {
            session.warn("delivery unverified: the receiver's ledger has no account of metrics")
        }
        result.endedAt = Self.timestamp(Date())
        result.outcome = isStopped ? .interrupted : .completed
        result.isPartial = isStopped
        result.delivery = !system.enabled ? .notApplicable : isVerified ? .verified : .unverified
        result.allowsUnverified = request.allowsUnverified ? true : nil
        result.system.describe(system)
        result.repetitions = outcomes.map(\.repetition)
        let judge = ValidityJudge(
            limits: request.profile.validity,
            processors: environment.cores ?? 1,
            plan: result.plan
        )
        let audit = RunAudit(outcomes: outcomes, system: system, judge: judge)
        result.validity = RunValidity(isValid: audit.faults.isEmpty, reasons: audit.faults, checks: audit.checks)
        let headroom = result.calibration.map { Headroom.warnings($0, result) } ?? []
        result.warnings = session.warnings + audit.warnings + headroom
        if let trouble = log?.trouble { result.warnings.append(trouble) }
        result.judge(by: try gates + builtInGates(beside: gates, result))
        log?.end(result)
        return result
    }

    /// The result as far as it is known before the run.
    private func skeleton(_ session: RunSession, _ environment: RunEnvironment) -> RunResult {
        let now = Self.timestamp(startedAt)
        return RunResult(
            tool: ToolIdentity(name: "bench", version: ToolVersion.current),
            runID: session.runID,
            profile: request.profile.name,
            description: request.profile.description,
            startedAt: now,
            endedAt: now,
            outcome: .failed,
            isPartial: true,
            verdict: .noVerdict,
            exitStatus: .noVerdict,
            delivery: .unverified,
            environment: environment,
            system: SystemIdentity(name: request.profile.system, options: JSONObject(request.profile.options)),
            configuration: configuration.map {
                ConfigurationEntry(key: $0.key, value: $0.value, origin: $0.origin.rawValue)
            } + request.inheritedVariables,
            plan: PlanSummary(request.plan, faults: request.profile.faults),
            command: command
        )
    }

    private func profileGates() throws(RunError) -> [Gate] {
        do {
            return try Gate.gates(request.profile.thresholds, ofProfile: request.profile.name)
        } catch {
            throw .usage("profile \(request.profile.name): \(error)")
        }
    }

    private func builtInGates(beside gates: [Gate], _ result: RunResult) throws(RunError) -> [Gate] {
        do {
            return try BuiltInGates.gates(
                beside: gates,
                ofProfile: request.profile.name,
                delivery: result.delivery,
                hasLoad: result.repetitions.contains { $0.reportedPhases.contains { $0.load.attempted > 0 } },
                repetitions: result.repetitions
            )
        } catch {
            throw .internal("\(error)")
        }
    }

    private static func timestamp(_ date: Date) -> String {
        date.formatted(.iso8601)
    }
}
