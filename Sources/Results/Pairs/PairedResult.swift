package import HarnessCore

/// Two sides measured in turn, run by run, so that the machine's drift cancels: what `bench ab` writes.
///
/// Each side is a result of its own with one repetition for each pair, and can be judged like any other.
package struct PairedResult: Codable, Equatable, Sendable {
    /// Which of the two.
    package enum Side: String, Codable, Sendable, CaseIterable {
        /// What is compared with.
        case baseline
        /// What is looked at.
        case candidate
    }

    /// One side.
    package struct Measured: Codable, Equatable, Sendable {
        /// The program that hosted the system.
        package var worker: WorkerIdentity
        /// What was changed for this side alone, each as `key=value`.
        package var settings: [String]
        /// Its runs.
        package var result: RunResult

        /// Makes the value from its parts.
        package init(worker: WorkerIdentity, settings: [String], result: RunResult) {
            self.worker = worker
            self.settings = settings
            self.result = result
        }
    }

    /// Two runs, one after the other.
    package struct Pair: Codable, Equatable, Sendable {
        /// Position among the pairs, from 0; also that of its repetition in both results.
        package var index: Int
        /// Which side ran first.
        package var first: Side

        /// Makes the value from its parts.
        package init(index: Int, first: Side) {
            self.index = index
            self.first = first
        }
    }

    /// Version of the format, `major.minor.patch`.
    package var pairedVersion: String
    /// What produced the file.
    package var tool: ToolIdentity
    /// Name of the profile.
    package var profile: String
    /// Hash of the plan, which both sides carried out.
    package var planHash: String
    /// Seed of everything random, the order included.
    package var seed: UInt64
    /// When the first run began, RFC 3339 in UTC.
    package var startedAt: String
    /// When the last run ended, RFC 3339 in UTC.
    package var endedAt: String
    /// Pairs that were asked for; fewer are there when somebody ended it, or while it goes on.
    package var plannedPairs: Int
    /// The command line.
    package var command: [String]
    /// The pairs in the order in which they were run.
    package var pairs: [Pair]
    /// What is compared with.
    package var baseline: Measured
    /// What is looked at.
    package var candidate: Measured
    /// Every metric that both sides have.
    package var metrics: [PairedMetric]
    /// Fresh pairs for what the others could not settle; absent where nobody asked for them or nothing was left open.
    package var confirmation: Confirmation?

    /// The version that this build writes.
    package static let currentVersion = "1.0.0"

    /// Makes the value, and works ``metrics`` out.
    package init(
        tool: ToolIdentity,
        plannedPairs: Int,
        command: [String],
        pairs: [Pair],
        baseline: Measured,
        candidate: Measured
    ) {
        pairedVersion = Self.currentVersion
        self.tool = tool
        profile = candidate.result.profile
        planHash = candidate.result.plan.hash
        seed = candidate.result.plan.seed
        startedAt = min(baseline.result.startedAt, candidate.result.startedAt)
        endedAt = max(baseline.result.endedAt, candidate.result.endedAt)
        self.plannedPairs = plannedPairs
        self.command = command
        self.pairs = pairs
        self.baseline = baseline
        self.candidate = candidate
        metrics = PairedMetric.all(baseline: baseline.result, candidate: candidate.result)
    }

    /// The status of the candidate by its limits; no verdict where the baseline cannot be trusted.
    package var exitStatus: ExitStatus {
        guard isComplete else { return .interrupted }
        return .mostUrgent(of: [candidate.result.exitStatus, baseline.result.validity.isValid ? .pass : .noVerdict])
    }

    /// Whether every pair that was asked for is there.
    package var isComplete: Bool { pairs.count == plannedPairs && confirmation?.isComplete != false }

    private enum CodingKeys: String, CodingKey {
        case pairedVersion = "paired_version"
        case tool
        case profile
        case planHash = "plan_hash"
        case seed
        case startedAt = "started_at"
        case endedAt = "ended_at"
        case plannedPairs = "planned_pairs"
        case command
        case pairs
        case baseline
        case candidate
        case metrics
        case confirmation
    }
}

/// The program that hosted a system, so that two of them can be told apart.
package struct WorkerIdentity: Codable, Equatable, Sendable {
    /// Its path.
    package var path: String
    /// Its size, in bytes.
    package var sizeBytes: UInt64?
    /// The SHA-256 digest of the file, 64 hexadecimal digits; absent where nothing could work it out.
    package var sha256: String?
    /// The version that the SDK in it gives itself.
    package var sdkVersion: String?

    /// Makes the value; what is not known is left out.
    package init(path: String, sizeBytes: UInt64? = nil, sha256: String? = nil, sdkVersion: String? = nil) {
        self.path = path
        self.sizeBytes = sizeBytes
        self.sha256 = sha256
        self.sdkVersion = sdkVersion
    }

    private enum CodingKeys: String, CodingKey {
        case path
        case sizeBytes = "size_bytes"
        case sha256
        case sdkVersion = "sdk_version"
    }
}
