package import HarnessCore

/// Why a profile, or a change to it, is refused.
package struct ProfileError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The name or file of the profile.
    package let profile: String
    /// What is wrong, with the value, the reason and what to do.
    package let message: String
    /// The mistake in the profile's JSON, where it is one.
    package let mistake: StrictJSONError?

    /// Creates an error.
    package init(profile: String, message: String) {
        self.profile = profile
        self.message = message
        mistake = nil
    }

    init(profile: String, _ error: StrictJSONError) {
        self.profile = profile
        message = error.description
        mistake = error
    }

    /// The sentence for the user: `profile sustained: phases[0].rate: …`.
    package var description: String { "profile \(profile): \(message)" }
}
