/// What one side of a comparison consists of.
///
/// A side may be many files; each list holds what differs among them once, in the order of the files.
package struct SideIdentity: Codable, Equatable, Sendable {
    /// The profiles that were run.
    package var profiles: [String]
    /// The systems under test: `telemetry (telemetry-swift 0.1.0)`.
    package var systems: [String]
    /// The commits that were built, with `+` where the working copy had changes.
    package var commits: [String]
    /// The programs that hosted the systems; only paired results know them.
    package var workers: [WorkerIdentity]
    /// What was changed for this side alone, each as `key=value`; only paired results know it.
    package var settings: [String]
    /// How many files there are.
    package var files: Int
    /// How many repetitions they have together.
    package var repetitions: Int

    /// Makes the value from its parts.
    package init(
        profiles: [String] = [],
        systems: [String] = [],
        commits: [String] = [],
        workers: [WorkerIdentity] = [],
        settings: [String] = [],
        files: Int = 0,
        repetitions: Int = 0
    ) {
        self.profiles = profiles
        self.systems = systems
        self.commits = commits
        self.workers = workers
        self.settings = settings
        self.files = files
        self.repetitions = repetitions
    }
}
