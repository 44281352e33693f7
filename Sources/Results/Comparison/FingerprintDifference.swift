/// One field in which the fingerprints of two sides differ.
package struct FingerprintDifference: Codable, Equatable, Sendable {
    /// What follows from a difference.
    package enum Severity: String, Codable, Sendable, CaseIterable {
        /// The sides are not the same experiment: nothing relative is judged.
        case blocking
        /// The machines differ: what looks like a regression is at most *suspect*.
        case demoting
    }

    /// The profile whose results differ.
    package var profile: String
    /// The field, as results name it: `cpu_model`.
    package var field: String
    /// What the baseline has, several values joined by commas; absent when none of its results says.
    package var baseline: String?
    /// What the candidate has.
    package var candidate: String?
    /// What follows.
    package var severity: Severity

    /// Makes the value from its parts.
    package init(profile: String, field: String, baseline: String?, candidate: String?, severity: Severity) {
        self.profile = profile
        self.field = field
        self.baseline = baseline
        self.candidate = candidate
        self.severity = severity
    }
}
