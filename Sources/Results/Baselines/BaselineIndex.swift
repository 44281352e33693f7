/// What was accepted as a baseline: `baseline.json` in its folder, beside the results.
package struct BaselineIndex: Codable, Equatable, Sendable {
    /// The baseline of one profile.
    package struct Entry: Codable, Equatable, Sendable {
        /// Name of the profile.
        package var profile: String
        /// The results, each in a file beside the index.
        package var files: [File]
        /// What the runs did: equal plans have equal hashes.
        package var plan: String
        /// The commit that was built; absent when nobody knows.
        package var commit: String?
        /// Whether the working copy had changes, which somebody allowed; absent for no.
        package var isDirty: Bool?
        /// When it was accepted, RFC 3339 in UTC.
        package var acceptedAt: String
        /// Why.
        package var reason: String
        /// The thresholds file in force; absent when there was none.
        package var thresholds: ThresholdsIdentity?
        /// The limits that it was judged by, from the file and from the profile.
        package var limits: [AcceptedLimit]
        /// The machine and the build, by field.
        package var fingerprint: [String: String]

        private enum CodingKeys: String, CodingKey {
            case profile
            case files
            case plan
            case commit
            case isDirty = "dirty"
            case acceptedAt = "accepted_at"
            case reason
            case thresholds
            case limits
            case fingerprint
        }
    }

    /// A result of a baseline.
    package struct File: Codable, Equatable, Sendable {
        /// Its name in the folder.
        package var name: String
        /// Identifies the run.
        package var runID: String
        /// The SHA-256 digest of the file, 64 hexadecimal digits.
        package var sha256: String

        private enum CodingKeys: String, CodingKey {
            case name
            case runID = "run_id"
            case sha256
        }
    }

    /// Version of the format.
    package private(set) var version = BaselineIndex.currentVersion
    /// The baselines, by profile.
    package var baselines: [Entry] = []

    /// The version that this build writes.
    package static let currentVersion = 1
    /// The name of the index in its folder.
    package static let fileName = "baseline.json"

    /// The baseline of a profile, if there is one.
    package func entry(for profile: String) -> Entry? { baselines.first { $0.profile == profile } }
}
