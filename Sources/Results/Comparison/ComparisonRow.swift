/// One demand on one metric with everything that was observed, or a metric that is only shown.
package struct ComparisonRow: Codable, Equatable, Sendable {
    /// What a row demands.
    package enum Kind: String, Codable, Sendable, CaseIterable {
        /// An absolute limit.
        case budget
        /// A limit on how much worse than the baseline the candidate may be.
        case regression
        /// Nothing: the metric is shown beside the others.
        case information
    }

    /// How the values were compared.
    package enum Method: String, Codable, Sendable, CaseIterable {
        /// Pair by pair: Hodges–Lehmann estimate of the log-ratios, exact signed-rank interval.
        case paired
        /// Set against set: Hodges–Lehmann shift of the logarithms, exact Mann–Whitney interval.
        case unpaired
        /// As numbers: counts have no noise.
        case exact
    }

    /// Name of the profile that was run.
    package var profile: String
    /// Name of the metric.
    package var metric: String
    /// The phase it is taken from; absent for all reported phases.
    package var phase: String?
    /// The file of the candidate that the row is about; absent where it is about a whole side.
    package var input: String?
    /// The gate's id; absent where the row is no gate, or its gate has none.
    package var gate: String?
    /// The line of the gate in the thresholds file, from 1; absent where it stands elsewhere, or nobody knows.
    package var line: Int?
    /// What the row demands.
    package var kind: Kind
    /// How much it matters.
    package var level: GateLevel
    /// Where the demand was written down; absent where the row is no gate.
    package var source: GateSource?
    /// Which way the metric improves.
    package var direction: MetricDirection
    /// Whether the metric repeats.
    package var metricKind: MetricKind
    /// The unit of the values.
    package var unit: MetricUnit

    /// The baseline's value, of several repetitions their median, or the worst for counts.
    package var baseline: Double?
    /// The candidate's value, likewise.
    package var candidate: Double?
    /// Samples behind a percentile or mean in the repetition that has fewest; absent for metrics that are counted.
    package var samples: UInt64?
    /// How far apart the sides are; absent for budgets.
    package var effect: ComparisonEffect?

    /// The limit as it was written: `<= 250ms`, `at most 10 % and 1 ms worse`; absent where there is none.
    package var limit: String?
    /// A budget's limit in the unit of the metric.
    package var budget: Double?
    /// How far the candidate is on the good side of a budget, in the unit of the metric; negative when it is broken.
    package var margin: Double?
    /// The most that the candidate may be worse, as a share of the baseline: 0.1 for 10 %.
    package var maximumRelative: Double?
    /// The most that the candidate may be worse whatever the share, in the unit of the metric.
    package var minimumAbsolute: Double?
    /// The smallest change that these figures can tell from none, as a share of the baseline.
    package var minimalDetectableEffect: Double?
    /// Pairs, or runs of each side, that would decide the limit; absent where these do, or where no number would.
    package var neededPairs: Int?

    /// How the row stands.
    package var verdict: RowVerdict
    /// One sentence with numbers.
    package var reason: String
    /// Why the row is waived, and until when; absent where it is not.
    package var waiver: Waiver?

    /// What each repetition of the baseline says, in the unit of the metric; of pairs, those that count.
    package var baselineValues: [Double]?
    /// What each repetition of the candidate says, in the same order where the values are pairs.
    package var candidateValues: [Double]?
    /// The pairs of the screen before, where the verdict is that of pairs measured afresh.
    package var screen: Screen?
    /// Quantile by quantile, where a whole distribution was asked for.
    package var shift: DistributionShift?

    /// What a first look said before fresh pairs were measured.
    package struct Screen: Codable, Equatable, Sendable {
        /// What each repetition of the baseline said.
        package var baselineValues: [Double]
        /// What each repetition of the candidate said, in the same order.
        package var candidateValues: [Double]
        /// How far apart the sides were.
        package var effect: ComparisonEffect

        /// Makes the value from its parts.
        package init(baselineValues: [Double], candidateValues: [Double], effect: ComparisonEffect) {
            self.baselineValues = baselineValues
            self.candidateValues = candidateValues
            self.effect = effect
        }

        private enum CodingKeys: String, CodingKey {
            case baselineValues = "baseline_values"
            case candidateValues = "candidate_values"
            case effect
        }
    }

    /// Makes a row; what does not apply is left out, and can be set afterwards.
    package init(
        profile: String,
        metric: Metric,
        phase: String? = nil,
        input: String? = nil,
        gate: String? = nil,
        kind: Kind,
        level: GateLevel,
        source: GateSource? = nil,
        baseline: Double? = nil,
        candidate: Double? = nil,
        samples: UInt64? = nil,
        effect: ComparisonEffect? = nil,
        limit: String? = nil,
        verdict: RowVerdict,
        reason: String
    ) {
        self.profile = profile
        self.metric = metric.name
        self.phase = phase
        self.input = input
        self.gate = gate
        self.kind = kind
        self.level = level
        self.source = source
        direction = metric.direction
        metricKind = metric.kind
        unit = metric.unit
        self.baseline = baseline
        self.candidate = candidate
        self.samples = samples
        self.effect = effect
        self.limit = limit
        self.verdict = verdict
        self.reason = reason
    }

    private enum CodingKeys: String, CodingKey {
        case profile
        case metric
        case phase
        case input
        case gate
        case line
        case kind
        case level
        case source
        case direction = "better"
        case metricKind = "metric_kind"
        case unit
        case baseline
        case candidate
        case samples
        case effect
        case limit
        case budget
        case margin
        case maximumRelative = "max_relative"
        case minimumAbsolute = "min_absolute"
        case minimalDetectableEffect = "minimal_detectable_effect"
        case neededPairs = "needed_pairs"
        case verdict
        case reason
        case waiver
        case baselineValues = "baseline_values"
        case candidateValues = "candidate_values"
        case screen
        case shift
    }
}

extension ComparisonRow {
    /// Whether the row makes the suite fail.
    package var isFailure: Bool { level == .error && verdict.isFailure }

    /// Whether the row is a warning: it does not stand as it should, and does not change the suite's verdict.
    package var isWarning: Bool { level == .warn && (verdict.isFailure || verdict.isDoubt) }

    /// Where the row belongs among others, the worst first: by verdict, then by margin; warnings follow what counts.
    private var urgency: (Int, Int, Double) {
        let closeness = budget.flatMap { budget in
            margin.map { budget == 0 ? Double.infinity : ($0 / budget).magnitude }
        }
        if kind == .information { return (3, 0, 0) }
        let isTrouble = verdict.isFailure || verdict.isDoubt
        return (isTrouble ? level == .error ? 0 : 1 : 2, verdict.urgency, closeness ?? .infinity)
    }

    /// The rows with the worst first; equally urgent ones keep their order.
    package static func sorted(_ rows: [ComparisonRow]) -> [ComparisonRow] {
        rows.enumerated().sorted { first, second in
            let (left, right) = (first.element.urgency, second.element.urgency)
            return (left.0, left.1, left.2, first.offset) < (right.0, right.1, right.2, second.offset)
        }.map(\.element)
    }
}
