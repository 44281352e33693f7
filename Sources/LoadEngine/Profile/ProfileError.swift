import HarnessCore

/// Why a profile, or a change to it, is refused.
package struct ProfileError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The name or file of the profile.
    package let profile: String
    /// What is wrong, with the value, the reason and what to do.
    package let message: String

    /// Creates an error.
    package init(profile: String, message: String) {
        self.profile = profile
        self.message = message
    }

    init(profile: String, _ error: StrictJSONError) {
        self.init(profile: profile, message: error.description)
    }

    /// The sentence for the user: `profile sustained: phases[0].rate: …`.
    package var description: String { "profile \(profile): \(message)" }
}
