package import HarnessCore

/// One run, as it is stored: the plan, the machine, every repetition, and what was judged.
///
/// The format is versioned: a reader accepts every ``schemaVersion`` with its own major number. Names in JSON are
/// `snake_case` with the unit as suffix, `results/schema.json` describes them. A figure that was not measured is
/// absent, never zero.
package struct RunResult: Codable, Equatable, Sendable {
    /// Version of the format, `major.minor.patch`.
    package var schemaVersion: String
    /// What produced the file.
    package var tool: ToolIdentity
    /// Identifies the run; the system carries it in its resource so that the sink can tell runs apart.
    package var runID: String
    /// Name of the profile.
    package var profile: String
    /// What the profile says of itself.
    package var description: String?
    /// When the run began, RFC 3339 in UTC.
    package var startedAt: String
    /// When the run ended, RFC 3339 in UTC.
    package var endedAt: String
    /// How the run ended.
    package var outcome: RunOutcome
    /// Whether parts of the plan were not carried out.
    package var isPartial: Bool
    /// What the run is worth, with everything considered.
    package var verdict: RunVerdict
    /// The status that the tool ended with.
    package var exitStatus: ExitStatus
    /// Whether a sink proved what arrived.
    package var delivery: DeliveryEvidence
    /// Whether the user wants a verdict without the limits that only a ledger could judge; absent for no.
    package var allowsUnverified: Bool?
    /// The machine and the build.
    package var environment: RunEnvironment
    /// The system under test.
    package var system: SystemIdentity
    /// Every setting in force, with where it came from.
    package var configuration: [ConfigurationEntry]
    /// What was to be done.
    package var plan: PlanSummary
    /// The command line that started the run.
    package var command: [String]
    /// Whether the figures can be trusted.
    package var validity: RunValidity
    /// What the harness and the machine could do just before the run; absent when nobody measured it.
    package var calibration: Calibration?
    /// What a reader should know and what does not spoil the run.
    package var warnings: [String]
    /// The limits of the profile and how the run stands to them.
    package var thresholds: [GateRow]
    /// The metrics of the catalogue over the reported phases and all repetitions, by name, in base units.
    package var summary: [String: Double]
    /// How the same metrics differ from repetition to repetition, by name; absent for a single repetition.
    package var spread: [String: MetricSpread]?
    /// Each repetition of the plan, in order.
    package var repetitions: [Repetition]
    /// The search that the run confirms; absent from other runs.
    package var search: SearchReport?
    /// The scaling that the run is the best point of; absent from other runs.
    package var scaling: ScalingReport?
    /// What a leak check found, of several checks the worst; absent from other runs.
    package var leak: LeakReport?
    /// What made memory grow, where that could be told; absent where too little was measured.
    package var memory: MemoryClassification?
    /// Several leak checks in the order in which they ran; absent where there was one.
    package var leakChecks: [LeakCheckRow]?
    /// Whose growth of memory it is, the program's or the allocator's; absent unless that was asked for.
    package var allocator: AllocatorReport?

    /// Makes the value; what was not measured is left out.
    package init(
        schemaVersion: String = RunResult.currentSchemaVersion,
        tool: ToolIdentity,
        runID: String,
        profile: String,
        description: String? = nil,
        startedAt: String,
        endedAt: String,
        outcome: RunOutcome,
        isPartial: Bool = false,
        verdict: RunVerdict,
        exitStatus: ExitStatus,
        delivery: DeliveryEvidence,
        environment: RunEnvironment,
        system: SystemIdentity,
        configuration: [ConfigurationEntry] = [],
        plan: PlanSummary,
        command: [String] = [],
        validity: RunValidity = RunValidity(),
        calibration: Calibration? = nil,
        warnings: [String] = [],
        thresholds: [GateRow] = [],
        summary: [String: Double] = [:],
        repetitions: [Repetition] = []
    ) {
        self.schemaVersion = schemaVersion
        self.tool = tool
        self.runID = runID
        self.profile = profile
        self.description = description
        self.startedAt = startedAt
        self.endedAt = endedAt
        self.outcome = outcome
        self.isPartial = isPartial
        self.verdict = verdict
        self.exitStatus = exitStatus
        self.delivery = delivery
        self.environment = environment
        self.system = system
        self.configuration = configuration
        self.plan = plan
        self.command = command
        self.validity = validity
        self.calibration = calibration
        self.warnings = warnings
        self.thresholds = thresholds
        self.summary = summary
        self.repetitions = repetitions
    }

    private enum CodingKeys: String, CodingKey {
        case schemaVersion = "schema_version"
        case tool
        case runID = "run_id"
        case profile
        case description
        case startedAt = "started_at"
        case endedAt = "ended_at"
        case outcome
        case isPartial = "partial"
        case verdict
        case exitStatus = "exit_status"
        case delivery
        case allowsUnverified = "allows_unverified"
        case environment
        case system
        case configuration
        case plan
        case command
        case validity
        case calibration
        case warnings
        case thresholds
        case summary
        case spread
        case repetitions
        case search
        case scaling
        case leak
        case memory
        case leakChecks = "leak_checks"
        case allocator
    }

    /// The version that this build writes.
    package static let currentSchemaVersion = "1.0.0"
}
