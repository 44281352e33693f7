/// How one limit stands.
package enum GateVerdict: String, Codable, Sendable, CaseIterable {
    /// The limit holds.
    case pass
    /// The limit is broken.
    case fail
    /// The result does not have the metric, or not with enough samples.
    case missing
    /// The limit cannot apply: nothing verifies delivery, or the run was interrupted.
    case notEvaluated = "not_evaluated"
}

/// How much a limit matters.
package enum GateLevel: String, Codable, Sendable, CaseIterable {
    /// A broken limit fails the gate.
    case error
    /// A broken limit is shown and does not fail the gate.
    case warn
    /// The value is shown; whether the limit holds is of no consequence.
    case info
    /// The gate is not evaluated at all.
    case off
}

/// Where a limit was written down.
package enum GateSource: String, Codable, Sendable, CaseIterable {
    /// In the profile that was run.
    case profile
    /// In a thresholds file.
    case thresholds
    /// On the command line.
    case commandLine = "command_line"
    /// Nowhere: it holds for every run.
    case builtIn = "built_in"
}

/// One limit with what was observed: the row of a verdict.
package struct GateRow: Codable, Equatable, Sendable {
    /// Name of the profile that was run.
    package var profile: String
    /// Name of the metric.
    package var metric: String
    /// The phase it was taken from; absent for all reported phases.
    package var phase: String?
    /// The limit as it was written: `<= 250ms`.
    package var expression: String
    /// The limit in the base unit of the metric.
    package var limit: Double
    /// The base unit of the metric.
    package var unit: MetricUnit
    /// What was observed, in the base unit.
    package var observed: Double?
    /// Samples behind a percentile or mean; absent for metrics that are counted.
    package var samples: UInt64?
    /// How far the observed value is on the good side of the limit, in the base unit; negative when it is broken.
    package var margin: Double?
    /// How the limit stands.
    package var verdict: GateVerdict
    /// How much it matters.
    package var level: GateLevel
    /// Where it was written down.
    package var source: GateSource
    /// One sentence with numbers.
    package var reason: String

    /// Makes the value; what was not measured is left out.
    package init(
        profile: String,
        metric: String,
        phase: String? = nil,
        expression: String,
        limit: Double,
        unit: MetricUnit,
        observed: Double? = nil,
        samples: UInt64? = nil,
        margin: Double? = nil,
        verdict: GateVerdict,
        level: GateLevel = .error,
        source: GateSource,
        reason: String
    ) {
        self.profile = profile
        self.metric = metric
        self.phase = phase
        self.expression = expression
        self.limit = limit
        self.unit = unit
        self.observed = observed
        self.samples = samples
        self.margin = margin
        self.verdict = verdict
        self.level = level
        self.source = source
        self.reason = reason
    }
}

extension GateRow {
    /// Whether this row makes a gate fail.
    package var isFailure: Bool { level == .error && (verdict == .fail || verdict == .missing) }

    /// Whether this row is a warning: it does not stand as it should, and does not make a gate fail.
    package var isWarning: Bool { level == .warn && (verdict == .fail || verdict == .missing) }
}
