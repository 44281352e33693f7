import Glibc
import Measurement

/// What a history says: the course of each metric, and where it changed.
///
/// For people to look at: machines change as well as code, so nothing is judged by it.
package struct HistoryReport: Encodable, Sendable {
    /// A change within a course.
    package struct Change: Encodable, Equatable, Sendable {
        /// The first run after it, from 0.
        package var index: Int
        /// When that run began.
        package var startedAt: String
        /// The commit of the run before.
        package var commitBefore: String?
        /// The commit of the first run after it.
        package var commitAfter: String?
        /// How far the level moved, in the unit of the metric: Hodges–Lehmann shift, of ratios at the level before.
        package var shift: Double
        /// The same as a share of the level before; absent where there are no shares.
        package var share: Double?
        /// Whether the metric became worse; absent for one without a direction.
        package var isWorse: Bool?
        /// How often chance alone does as much.
        package var pValue: Double

        private enum CodingKeys: String, CodingKey {
            case index
            case startedAt = "started_at"
            case commitBefore = "commit_before"
            case commitAfter = "commit_after"
            case shift
            case share
            case isWorse = "worse"
            case pValue = "p_value"
        }
    }

    /// The course of one metric.
    package struct Course: Encodable, Sendable {
        /// Name of the metric.
        package var metric: String
        /// Unit of its values.
        package var unit: MetricUnit
        /// Which way it improves.
        package var better: MetricDirection
        /// Its values, the latest last.
        package var values: [Double]
        /// Where it changed.
        package var changes: [Change]
    }

    /// Runs that can be compared: of one profile and plan on one machine.
    package struct Series: Encodable, Sendable {
        /// Name of the profile.
        package var profile: String
        /// Name of the system.
        package var system: String
        /// What was done.
        package var plan: String
        /// Hash of machine and build.
        package var fingerprint: String
        /// How many runs there are; more than are looked at are counted all the same.
        package var runs: Int
        /// When the first run that is looked at began.
        package var from: String
        /// When the latest run began.
        package var to: String
        /// The metrics.
        package var courses: [Course]
    }

    /// Which part of a history is looked at.
    package struct Selection: Sendable {
        /// Pattern of the profile's name; nil for all.
        package var profile: String?
        /// Pattern of the metrics' names; nil for those that a reader usually wants.
        package var metric: String?

        /// Makes a selection.
        package init(profile: String? = nil, metric: String? = nil) {
            self.profile = profile
            self.metric = metric
        }

        /// Without a pattern: what has a direction, and no extremes, which say more of the machine than of the system.
        func takes(_ metric: Metric) -> Bool {
            guard let pattern = self.metric else {
                return metric.direction != .neutral
                    && ![".min", ".max", ".mean", ".p99_9"].contains { metric.name.hasSuffix($0) }
            }
            return Glob.matches(metric.name, pattern: pattern)
        }
    }

    /// The series in the order of their profiles' names, the longest first.
    package var series: [Series]
    /// Seed of the permutations.
    package var seed: UInt64
    /// Permutations behind each p.
    package var permutations: Int
    /// The p that a change must have.
    package var level: Double

    /// `history=DONE exit=0 series=1 runs=20 changes=1`: the last line of every text output.
    package var verdictLine: String {
        let runs = series.reduce(0) { $0 + $1.runs }
        let changes = series.flatMap(\.courses).reduce(0) { $0 + $1.changes.count }
        return "history=DONE exit=0 series=\(series.count) runs=\(runs) changes=\(changes)"
    }

    /// Looks at a history.
    ///
    /// - Parameters:
    ///   - entries: the runs, the oldest first; of each series the latest 200 are looked at.
    ///   - selection: which part.
    ///   - seed: of the permutations.
    package init(_ entries: [HistoryEntry], selection: Selection = Selection(), seed: UInt64 = 1) {
        self.seed = seed
        level = EnergyChangePoints.level
        permutations = EnergyChangePoints([], seed: seed).permutations
        let taken = entries.filter { entry in selection.profile.map { Glob.matches(entry.profile, pattern: $0) } ?? true
        }
        let groups = Dictionary(grouping: taken) { [$0.profile, $0.system, $0.plan, $0.fingerprint] }
        series = groups.values.map { Self.series($0, selection, seed) }
            .sorted { ($0.profile, $1.runs, $0.plan) < ($1.profile, $0.runs, $1.plan) }
    }

    private static func series(_ all: [HistoryEntry], _ selection: Selection, _ seed: UInt64) -> Series {
        let entries = Array(all.suffix(EnergyChangePoints.longestSeries))
        return Series(
            profile: entries[0].profile,
            system: entries[0].system,
            plan: entries[0].plan,
            fingerprint: entries[0].fingerprint,
            runs: all.count,
            from: entries[0].startedAt,
            to: entries[entries.count - 1].startedAt,
            courses: MetricCatalogue.all.filter(selection.takes).compactMap { course($0, entries, seed) }
        )
    }

    /// The course of a metric over those runs that have it; nil where none has, or where it never moves.
    private static func course(_ metric: Metric, _ entries: [HistoryEntry], _ seed: UInt64) -> Course? {
        let runs = entries.filter { $0.metrics[metric.name]?.isFinite == true }
        let values = runs.compactMap { $0.metrics[metric.name] }
        guard let first = values.first, metric.kind == .noisy || values.contains(where: { $0 != first }) else {
            return nil
        }
        let isRatio = values.allSatisfy { $0 > 0 }
        let found = EnergyChangePoints(isRatio ? values.map { log($0) } : values, seed: seed).changes
        let bounds = [0] + found.map(\.index) + [values.count]
        let changes = found.enumerated().map { place, change in
            let before = MetricSpread.median(Array(values[bounds[place]..<change.index])) ?? 0
            let share = isRatio ? expm1(change.shift) : nil
            return Change(
                index: change.index,
                startedAt: runs[change.index].startedAt,
                commitBefore: runs[change.index - 1].commit,
                commitAfter: runs[change.index].commit,
                shift: share.map { $0 * before } ?? change.shift,
                share: share,
                isWorse: metric.direction == .neutral
                    ? nil : (change.shift > 0) == (metric.direction == .lowerIsBetter),
                pValue: change.pValue
            )
        }
        return Course(
            metric: metric.name,
            unit: metric.unit,
            better: metric.direction,
            values: values,
            changes: changes
        )
    }
}
