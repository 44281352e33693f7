package import HarnessCore

/// What a gate does about a result that does not have its metric.
package enum MissingPolicy: String, Codable, Sendable, CaseIterable {
    /// The gate fails.
    case error
    /// The row is shown as missing and does not count.
    case warn
    /// The row is left out.
    case ignore
}

/// One rule on one metric: an absolute limit, a limit relative to a baseline, or both.
package struct Gate: Sendable {
    /// What waivers and reports call it; unique among the gates of a file that give one.
    package var id: String?
    /// Name of the profile, or a pattern with `*` and `?`.
    package var profile: String
    /// The metric it limits.
    package var metric: Metric
    /// The phase to take it from; `nil` for all reported phases.
    package var phase: String?
    /// The absolute limit; nil where only changes are limited.
    package var limit: Limit?
    /// The limit on changes; nil where there is none.
    package var regression: RegressionLimit?
    /// How much it matters.
    package var level: GateLevel
    /// What happens when the metric is missing.
    package var onMissing: MissingPolicy
    /// Where it was written down.
    package var source: GateSource
    /// Its place in the document that it was read from, for messages.
    package var path: String

    /// The line of the file on which it begins, from 1; nil where nobody knows.
    package var line: Int?

    /// Makes a gate from its parts; it has a limit of either kind.
    package init(
        id: String? = nil,
        profile: String,
        metric: Metric,
        phase: String? = nil,
        limit: Limit?,
        regression: RegressionLimit? = nil,
        level: GateLevel = .error,
        onMissing: MissingPolicy = .error,
        source: GateSource,
        path: String
    ) {
        precondition(limit != nil || regression != nil, "a gate limits something")
        self.id = id
        self.profile = profile
        self.metric = metric
        self.phase = phase
        self.limit = limit
        self.regression = regression
        self.level = level
        self.onMissing = onMissing
        self.source = source
        self.path = path
    }

    /// Makes a gate from the words of a document; throws an error that says where the mistake is.
    package init(
        profile: String,
        metric name: String,
        phase: String? = nil,
        budget expression: String,
        level: GateLevel = .error,
        source: GateSource,
        path: String,
        metricPath: String,
        budgetPath: String
    ) throws(StrictJSONError) {
        let metric = try MetricCatalogue.metric(named: name, at: metricPath)
        self.init(
            profile: profile,
            metric: metric,
            phase: phase,
            limit: try Self.limit(expression, on: metric, path: budgetPath),
            level: level,
            source: source,
            path: path
        )
    }

    /// Reads an absolute limit on a metric; throws an error at `path`, where it stands.
    static func limit(_ expression: String, on metric: Metric, path: String) throws(StrictJSONError) -> Limit {
        do {
            return try Limit(parsing: expression, unit: metric.unit)
        } catch {
            throw StrictJSONError(
                path: path,
                value: JSONValue.quoted(expression),
                reason: "is not a limit on \(metric.name): \(error.reason)",
                hint: error.isGuess ? "did you mean \"\(error.example)\"?" : "for example \"\(error.example)\""
            )
        }
    }

    /// The gates of a profile, from its `thresholds`; throws an error that names the threshold.
    package static func gates(
        ofProfile profile: String,
        thresholds: [(metric: String, expression: String)],
        source: GateSource = .profile
    ) throws(StrictJSONError) -> [Gate] {
        var gates: [Gate] = []
        for (metric, expression) in thresholds {
            let path = "thresholds.\(metric)"
            gates.append(
                try Gate(
                    profile: profile,
                    metric: metric,
                    budget: expression,
                    source: source,
                    path: path,
                    metricPath: "thresholds",
                    budgetPath: path
                )
            )
        }
        return gates
    }

    /// The gates that a result carries: the thresholds of its profile and the built-in ones, to be judged again.
    package static func gates(storedIn result: RunResult) throws(StrictJSONError) -> [Gate] {
        var gates: [Gate] = []
        for (index, row) in result.thresholds.enumerated() where row.source != .thresholds {
            let path = "thresholds[\(index)]"
            gates.append(
                try Gate(
                    profile: result.profile,
                    metric: row.metric,
                    phase: row.phase,
                    budget: row.expression,
                    level: row.level,
                    source: row.source,
                    path: path,
                    metricPath: "\(path).metric",
                    budgetPath: "\(path).expression"
                )
            )
        }
        return gates
    }

    /// What reports call the gate: its id, or what it selects.
    package var name: String { id ?? "\(profile)/\(metric.name)" + (phase.map { "@\($0)" } ?? "") }

    /// Whether the gate is about this result.
    package func selects(_ result: RunResult) -> Bool {
        guard Glob.matches(result.profile, pattern: profile) else { return false }
        guard let phase else { return true }
        return result.repetitions.contains { $0.phases.contains { $0.name == phase } }
    }

    /// Whether both demand the same absolute limit of the same figure, with the same consequence.
    func isSameLimit(as other: Gate) -> Bool {
        limit != nil && metric.name == other.metric.name && phase == other.phase && limit == other.limit
            && level == other.level
    }
}
