import Glibc
package import HarnessCore
import Measurement

/// How often gates raise a false alarm on this machine, and how often they find slowdowns that are known.
///
/// Every comparison is a call of `bench ab --confirm` with runs of its own. Comparisons on disjoint runs are independent,
/// so their rates have binomial intervals; comparisons that were drawn again from the same runs would not be.
package struct GateCalibration: Codable, Equatable, Sendable {
    /// What was measured, and how.
    package struct Plan: Codable, Equatable, Sendable {
        /// Name of the profile.
        package var profile: String
        /// Pairs of the screen.
        package var pairs: Int
        /// Fresh pairs for what the screen leaves open.
        package var freshPairs: Int
        /// The metrics that are gated, each by its own gate.
        package var metrics: [String]
        /// The most that each may be worse, as a share.
        package var limit: Double
        /// Seed of the order of the comparisons, and of their plans.
        package var seed: UInt64

        /// Makes the value from its parts.
        package init(profile: String, pairs: Int, freshPairs: Int, metrics: [String], limit: Double, seed: UInt64) {
            self.profile = profile
            self.pairs = pairs
            self.freshPairs = freshPairs
            self.metrics = metrics
            self.limit = limit
            self.seed = seed
        }

        private enum CodingKeys: String, CodingKey {
            case profile
            case pairs
            case freshPairs = "fresh_pairs"
            case metrics
            case limit
            case seed
        }
    }

    /// How one gate stood in one comparison.
    package struct GateOutcome: Codable, Equatable, Sendable {
        /// Its metric.
        package var metric: String
        /// Its verdict.
        package var verdict: RowVerdict
        /// ln(candidate / baseline) of the pairs of the screen, with the sign that makes worse positive.
        package var screen: [Double]
        /// The same of the fresh pairs; absent where the screen settled it.
        package var fresh: [Double]?
    }

    /// Comparisons in which not every gate was judged, because something disturbed their runs.
    package var unjudged: Int { comparisons.count { !$0.isJudged(plan.metrics) } }

    /// One comparison.
    package struct Comparison: Codable, Equatable, Sendable {
        /// By how much the candidate was slowed, in percent; absent where both sides were the same.
        package var slowdownPercent: Double?
        /// What it took, in seconds.
        package var seconds: Double
        /// What everything together was worth.
        package var verdict: SuiteVerdict
        /// Its gates.
        package var gates: [GateOutcome]

        private enum CodingKeys: String, CodingKey {
            case slowdownPercent = "slowdown_percent"
            case seconds
            case verdict
            case gates
        }
    }

    /// How often something happened.
    package struct Rate: Codable, Equatable, Sendable {
        /// How often.
        package var count: Int
        /// Of how many.
        package var trials: Int
        /// The lower end of the 95 % interval by Clopper and Pearson, 0 … 1.
        package var low: Double
        /// Its upper end.
        package var high: Double

        /// Makes the value; nil without trials.
        package init?(_ count: Int, of trials: Int) {
            guard trials > 0 else { return nil }
            let interval = BinomialInterval.clopperPearson(successes: count, trials: trials)
            self.count = count
            self.trials = trials
            low = interval.lower
            high = interval.upper
        }
    }

    /// How one gate did with one slowdown.
    package struct Detection: Codable, Equatable, Sendable {
        /// By how much the calls were slowed, in percent.
        package var slowdownPercent: Double
        /// The metric of the gate.
        package var metric: String
        /// How often it was called regressed.
        package var found: Rate
        /// By how much the metric really changed, as a share: the pseudo-median of all pairs.
        package var change: Double
        /// How often it was to be found, by the change and the spread of equal pairs, 0 … 1.
        package var predicted: Double
        /// Whether the prediction lies within the interval of what was found.
        package var agrees: Bool

        private enum CodingKeys: String, CodingKey {
            case slowdownPercent = "slowdown_percent"
            case metric
            case found
            case change
            case predicted
            case agrees
        }
    }

    /// Version of the form.
    package private(set) var calibrationVersion = 1
    /// When it began, RFC 3339 in UTC.
    package var startedAt: String
    /// When it ended, or what there is was written.
    package var endedAt: String
    /// What was measured, and how.
    package var plan: Plan
    /// The machine and the build; absent before the first comparison.
    package var environment: RunEnvironment?
    /// Comparisons of a build with itself in which a gate was called regressed, of those in which every gate was judged.
    ///
    /// Absent without such comparisons: one that something disturbed could not have raised an alarm, and proves nothing.
    package private(set) var falseAlarms: Rate?
    /// The standard deviation of the log-ratios of equal pairs, by metric.
    package private(set) var spread: [String: Double] = [:]
    /// How known slowdowns were found.
    package private(set) var detections: [Detection] = []
    /// Every comparison, in the order in which they were made.
    package private(set) var comparisons: [Comparison] = []

    /// Makes a calibration without comparisons.
    package init(plan: Plan, startedAt: String) {
        self.plan = plan
        self.startedAt = startedAt
        endedAt = startedAt
    }

    /// Comparisons of a build with itself that the goal is stated for.
    package static let goalTrials = 40

    /// Whether there is at most one false alarm in forty comparisons, of which there are enough.
    package var exitStatus: ExitStatus {
        guard let falseAlarms, falseAlarms.trials >= Self.goalTrials else { return .noVerdict }
        return falseAlarms.count * Self.goalTrials <= falseAlarms.trials ? .pass : .gateFailed
    }

    /// `calibrate=PASS exit=0 comparisons=40 false_alarms=0`: the last line of every text output.
    package var verdictLine: String {
        let word = exitStatus == .pass ? "PASS" : exitStatus == .gateFailed ? "FAIL" : "INCONCLUSIVE"
        return "calibrate=\(word) exit=\(exitStatus.rawValue) comparisons=\(falseAlarms?.trials ?? 0) "
            + "false_alarms=\(falseAlarms?.count ?? 0)"
    }

    /// Adds a comparison, and works everything out anew.
    package mutating func add(_ comparison: Comparison, endedAt: String) {
        comparisons.append(comparison)
        self.endedAt = endedAt
        let same = comparisons.filter { $0.slowdownPercent == nil && $0.isJudged(plan.metrics) }
        falseAlarms = Rate(same.count { $0.gates.contains { $0.verdict == .regressed } }, of: same.count)
        for metric in plan.metrics {
            spread[metric] = Self.deviation(same.flatMap { $0.logRatios(of: metric) })
        }
        let slowdowns = Set(comparisons.compactMap(\.slowdownPercent)).sorted()
        detections = slowdowns.flatMap { slowdown in
            plan.metrics.compactMap { detection(of: slowdown, $0) }
        }
    }

    private func detection(of slowdown: Double, _ metric: String) -> Detection? {
        let slowed = comparisons.filter { $0.slowdownPercent == slowdown }
        let outcomes = slowed.flatMap { $0.gates.filter { $0.metric == metric && $0.isJudged } }
        guard let found = Rate(outcomes.count { $0.verdict == .regressed }, of: outcomes.count),
            let effect = HodgesLehmann.pseudomedian(of: slowed.flatMap { $0.logRatios(of: metric) }),
            let spread = spread[metric]
        else { return nil }
        let predicted = predictedPower(effect, spread)
        return Detection(
            slowdownPercent: slowdown,
            metric: metric,
            found: found,
            change: expm1(effect),
            predicted: predicted,
            agrees: (found.low...found.high).contains(predicted)
        )
    }

    /// How likely the screen leaves a gate open and the fresh pairs then call it regressed.
    private func predictedPower(_ effect: Double, _ spread: Double) -> Double {
        let limit = log1p(plan.limit)
        let screen = Power.standardError(spread: spread, pairs: plan.pairs)
        let detectable = Power.detectableEffect(
            standardError: screen,
            degrees: plan.pairs - 1,
            smallestP: SignedRank.smallestP(count: plan.pairs)
        )
        var open = 1.0
        if let detectable, detectable <= limit {
            let half = Power.halfWidth(spread: spread, pairs: plan.pairs)
            open =
                screen > 0 ? NormalDistribution.upperTail((limit - half - effect) / screen) : (effect > limit ? 1 : 0)
        }
        let power = Power.power(
            toDetect: effect,
            beyond: limit,
            standardError: Power.standardError(spread: spread, pairs: plan.freshPairs),
            degrees: plan.freshPairs - 1,
            smallestP: SignedRank.smallestP(count: plan.freshPairs),
            level: Holm.strictestLevel(0.05, tests: plan.metrics.count)
        )
        return open * power
    }

    private static func deviation(_ values: [Double]) -> Double? {
        guard values.count > 2 else { return nil }
        let mean = values.reduce(0, +) / Double(values.count)
        return (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count - 1)).squareRoot()
    }

    private enum CodingKeys: String, CodingKey {
        case calibrationVersion = "calibration_version"
        case startedAt = "started_at"
        case endedAt = "ended_at"
        case plan
        case environment
        case falseAlarms = "false_alarms"
        case spread
        case detections
        case comparisons
    }
}

extension GateCalibration.Comparison {
    /// Takes from a report what a calibration keeps of it; gates that were not tested are left out.
    package init(_ report: ComparisonReport, slowdownPercent: Double?, seconds: Double) {
        self.slowdownPercent = slowdownPercent
        self.seconds = seconds
        verdict = report.verdict
        gates = report.rows.filter { $0.kind == .regression }.map { row in
            let sign = row.direction == .higherIsBetter ? -1.0 : 1
            let ratios = { (baseline: [Double]?, candidate: [Double]?) in
                ((try? LogRatio.pairs(baseline: baseline ?? [], candidate: candidate ?? [])) ?? []).map { sign * $0 }
            }
            let last = ratios(row.baselineValues, row.candidateValues)
            return GateCalibration.GateOutcome(
                metric: row.metric,
                verdict: row.verdict,
                screen: row.screen.map { ratios($0.baselineValues, $0.candidateValues) } ?? last,
                fresh: row.screen == nil ? nil : last
            )
        }
    }

    /// Whether every metric has a gate that was judged.
    func isJudged(_ metrics: [String]) -> Bool {
        metrics.allSatisfy { metric in gates.contains { $0.metric == metric && $0.isJudged } }
    }

    /// The log-ratios of all pairs of a metric that were judged.
    func logRatios(of metric: String) -> [Double] {
        gates.filter { $0.metric == metric && $0.isJudged }.flatMap { $0.screen + ($0.fresh ?? []) }
    }
}

extension GateCalibration.GateOutcome {
    /// Whether the figures were fit to be judged, whatever came of it.
    var isJudged: Bool {
        switch verdict {
        case .pass, .improved, .failed, .regressed, .suspect, .inconclusive: true
        case .missing, .new, .notComparable, .invalid, .waived, .info: false
        }
    }
}
