/// One run in a history: what a line of `history.jsonl` holds.
package struct HistoryEntry: Codable, Equatable, Sendable {
    /// Version of the line's form.
    package var historyVersion = HistoryEntry.currentVersion
    /// Identifies the run; a history has each once.
    package var runID: String
    /// When the run began, RFC 3339 in UTC.
    package var startedAt: String
    /// Name of the profile.
    package var profile: String
    /// Commit that was built; absent where nobody knows.
    package var commit: String?
    /// Whether the working copy had changes.
    package var isDirty: Bool?
    /// What was done: the hash of the plan, and the faults beside it.
    package var plan: String
    /// Hash of machine and build: runs with different ones do not belong to one series.
    package var fingerprint: String
    /// Name of the system.
    package var system: String
    /// How many repetitions stand behind each value.
    package var repetitions: Int
    /// The metrics over the reported phases and all repetitions, by name, in base units.
    package var metrics: [String: Double]

    /// The version that this build writes and reads.
    package static let currentVersion = 1

    /// Takes what a history keeps from a result.
    package init(_ result: RunResult) {
        runID = result.runID
        startedAt = result.startedAt
        profile = result.profile
        commit = result.environment.gitCommit
        isDirty = result.environment.gitDirty
        plan = result.plan.identity
        fingerprint = Self.fingerprint(of: result)
        system = result.system.name
        repetitions = result.repetitions.count
        metrics = result.summary
    }

    /// Why a result does not belong into a history, as a clause; nil where it does.
    package static func obstacle(to result: RunResult) -> String? {
        guard result.outcome == .completed, !result.isPartial else { return "is of a run that did not end as planned" }
        guard result.validity.isValid else {
            return "is not valid (\(result.validity.reasons.first ?? "no reason is given"))"
        }
        return nil
    }

    /// FNV-1a with 64 bits over what has to be equal in a comparison, http://www.isthe.com/chongo/tech/comp/fnv: short, and enough to tell
    /// machines apart.
    private static func fingerprint(of result: RunResult) -> String {
        // What was done stands beside it, and a newer form of results is no other machine.
        let fields = Fingerprint.fields(of: result).filter { !["plan", "schema_version"].contains($0.key) }
        let text = fields.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)\n" }.joined()
        // Multiplication modulo 2⁶⁴ is the algorithm's.
        let hash = text.utf8.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
        let digits = String(hash, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }

    private enum CodingKeys: String, CodingKey {
        case historyVersion = "history_version"
        case runID = "run_id"
        case startedAt = "started_at"
        case profile
        case commit
        case isDirty = "dirty"
        case plan
        case fingerprint
        case system
        case repetitions
        case metrics
    }
}
