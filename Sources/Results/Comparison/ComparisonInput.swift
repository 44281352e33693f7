/// A file that was judged.
package struct ComparisonInput: Codable, Equatable, Sendable {
    /// What a file stands for.
    package enum Role: String, Codable, Sendable, CaseIterable {
        /// What is compared with.
        case baseline
        /// What is looked at: its limits are judged.
        case candidate
        /// Both sides, measured in turn.
        case paired
    }

    /// The file.
    package var path: String
    /// What it stands for.
    package var role: Role
    /// Name of the profile that was run.
    package var profile: String
    /// Identifies the run; of a paired result, the candidate's.
    package var runID: String
    /// When it began, RFC 3339 in UTC.
    package var startedAt: String
    /// How many repetitions it has; of a paired result, pairs.
    package var repetitions: Int
    /// What the run was worth when it ended; of a paired result, the candidate's.
    package var verdict: RunVerdict
    /// Why it cannot be judged as a whole, each a clause; empty if it can.
    package var obstacles: [String]

    /// Makes the value from its parts.
    package init(
        path: String,
        role: Role,
        profile: String,
        runID: String,
        startedAt: String,
        repetitions: Int,
        verdict: RunVerdict,
        obstacles: [String] = []
    ) {
        self.path = path
        self.role = role
        self.profile = profile
        self.runID = runID
        self.startedAt = startedAt
        self.repetitions = repetitions
        self.verdict = verdict
        self.obstacles = obstacles
    }

    private enum CodingKeys: String, CodingKey {
        case path
        case role
        case profile
        case runID = "run_id"
        case startedAt = "started_at"
        case repetitions
        case verdict
        case obstacles
    }
}
