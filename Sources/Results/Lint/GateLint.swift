package import HarnessCore
import Measurement

/// What the gates of a thresholds file can decide, proved before anything is measured.
///
/// A gate that cannot fire passes everything, and nobody notices.
package struct GateLint: Encodable, Sendable {
    /// Why a gate cannot do its work.
    package enum Cause: String, Encodable, Sendable, CaseIterable {
        /// Among so many gates, so few pairs cannot be called certain whatever they show.
        case smallestP = "smallest_p"
        /// The limit is finer than the metric can be told.
        case resolution
        /// The runs have too few samples for the statistic.
        case samples
        /// The noise of earlier results hides changes as large as the limit.
        case noise
    }

    /// One cause, with numbers.
    package struct Finding: Encodable, Equatable, Sendable {
        /// What it is.
        package var cause: Cause
        /// One clause with numbers, and what to do.
        package var reason: String
    }

    /// One gate.
    package struct Row: Encodable, Sendable {
        /// Its name.
        package var gate: String
        /// The profiles that it selects, a name or a pattern.
        package var profile: String
        /// The limit in words.
        package var limit: String
        /// The smallest change that so many pairs find in 80 of 100 comparisons, as a share; absent without earlier results.
        package var detectableChange: Double?
        /// Pairs after which the limit is decided; without earlier results, the fewest that can be certain at all.
        package var neededPairs: Int?
        /// What is wrong with it; empty where nothing is.
        package var findings: [Finding]

        private enum CodingKeys: String, CodingKey {
            case gate
            case profile
            case limit
            case detectableChange = "detectable_change"
            case neededPairs = "needed_pairs"
            case findings
        }
    }

    /// Gates on changes of timed metrics that are judged together: those of one profile, whatever is named beside it.
    package struct Family: Encodable, Equatable, Sendable {
        /// The profile: a name, or a pattern that stands for profiles that nothing here names.
        package var profile: String
        /// How many gates are judged together.
        package var gates: Int
        /// The p that one of them must reach.
        package var strictestLevel: Double

        private enum CodingKeys: String, CodingKey {
            case profile
            case gates
            case strictestLevel = "strictest_level"
        }
    }

    /// What to run for the gates of one profile.
    package struct Plan: Encodable, Equatable, Sendable {
        /// The profile, a name or a pattern.
        package var profile: String
        /// Pairs that decide all its limits; absent where more than a comparison may have would be needed.
        package var pairs: Int?
        /// How long that takes, in seconds; absent without earlier results.
        package var seconds: Double?
    }

    /// Pairs that are planned.
    package var pairs: Int
    /// The smallest p that so many pairs can have.
    package var smallestP: Double
    /// Gates that were looked at: those at level `error` or `warn` of the profiles.
    package var gates: Int
    /// The gates that are judged together, profile by profile.
    package var families: [Family]
    /// The gates on changes, and others where something is wrong with them.
    package var rows: [Row] = []
    /// What decides all of them.
    package var plans: [Plan] = []
    /// What a reader should know, each a sentence.
    package var notes: [String] = []

    /// The most pairs that a comparison may have.
    package static let mostPairs = 1000

    private enum CodingKeys: String, CodingKey {
        case pairs
        case smallestP = "smallest_p"
        case gates
        case families
        case rows
        case plans
        case notes
    }

    /// The status of a linter: whether something was found.
    package var exitStatus: ExitStatus { rows.contains { !$0.findings.isEmpty } ? .gateFailed : .pass }

    /// `lint=PASS exit=0 gates=12 never=0`: the last line of every text output; counted are the rows.
    package var verdictLine: String {
        let never = rows.count { !$0.findings.isEmpty }
        return "lint=\(never == 0 ? "PASS" : "FAIL") exit=\(exitStatus.rawValue) gates=\(rows.count) never=\(never)"
    }

    /// Looks at the gates.
    ///
    /// - Parameters:
    ///   - thresholds: the file.
    ///   - pairs: how many are planned, at least 1.
    ///   - profile: name or pattern of the profiles that are meant; nil for all.
    ///   - baselines: earlier results, for their noise and their samples; may be empty.
    package init(_ thresholds: ThresholdsFile, pairs: Int, profile: String? = nil, baselines: [ResultDocument] = []) {
        let counting = thresholds.gates.filter { $0.level == .error || $0.level == .warn }
        let profiles = Self.profiles(counting, baselines, fitting: profile)
        let gates = counting.filter { gate in profiles.contains { Glob.matches($0, pattern: gate.profile) } }
        let baselines = baselines.filter { profiles.contains($0.candidate.profile) }
        self.pairs = pairs
        smallestP = SignedRank.smallestP(count: pairs)
        self.gates = gates.count
        families = profiles.compactMap { name in
            let count = gates.count { gate in
                gate.regression != nil && gate.metric.kind == .noisy && Glob.matches(name, pattern: gate.profile)
            }
            guard count > 0 else { return nil }
            return Family(
                profile: name,
                gates: count,
                strictestLevel: Holm.strictestLevel(ChangeTest.level, tests: count)
            )
        }
        for gate in gates {
            if let row = row(gate, baselines) { rows.append(row) }
        }
        plan(baselines)
        if families.isEmpty { notes.append("no gate limits a change of a timed metric: pairs have nothing to decide") }
        if baselines.isEmpty, !gates.isEmpty {
            notes.append("without earlier results (--baseline) neither noise nor numbers of samples are known")
        }
    }

    /// The profiles that gates and results name, each once; a pattern in the file stands for one that nothing names.
    private static func profiles(
        _ gates: [Gate],
        _ baselines: [ResultDocument],
        fitting pattern: String?
    ) -> [String] {
        let names = (gates.map(\.profile) + baselines.map(\.candidate.profile)).reduce(into: [String]()) {
            if !$0.contains($1) { $0.append($1) }
        }
        guard let pattern else { return names }
        let fitting = names.filter { Glob.matches($0, pattern: pattern) }
        // A name that only patterns of the file select.
        return fitting.isEmpty ? [pattern] : fitting
    }

    /// The largest family that a gate on a change of a timed metric is in: there it is hardest to be certain.
    func family(of gate: Gate) -> Family? {
        families.filter { Glob.matches($0.profile, pattern: gate.profile) }.max { $0.gates < $1.gates }
    }
}
