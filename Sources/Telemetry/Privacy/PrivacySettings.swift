/// Which data is kept from leaving the process, and what is sent instead.
public struct PrivacySettings: Sendable, Equatable {
    /// What is done with something that must not be sent.
    public enum Strategy: Sendable, Equatable {
        /// The attribute is left out.
        case remove
        /// The text becomes `[REDACTED]`.
        case redact
        /// The text becomes `sha256:` and the first 16 hexadecimal digits of its digest: equal texts stay equal.
        ///
        /// A digest of something that can be guessed can be guessed too.
        case hash
        /// The text is cut to so many bytes of UTF-8.
        case truncate(Int)
    }

    /// Whether anything is looked at.
    public var isEnabled = true
    /// For attributes whose key tells that they are sensitive, such as `password`.
    public var keyStrategy = Strategy.remove
    /// For sensitive text in values and message bodies, such as an e-mail address: what is found, not all of the value.
    ///
    /// `remove` leaves out the attribute, or the found text of a message body.
    public var valueStrategy = Strategy.redact
    /// The keys of attributes that are sent as they are, whatever they hold.
    public var allowedKeys: Set<String> = []

    /// The rules above.
    public init() {}

    /// The rules above: what a client does that is not told otherwise.
    public static let standard = PrivacySettings()

    /// Nothing is looked at, everything is sent.
    public static let off = {
        var settings = PrivacySettings()
        settings.isEnabled = false
        return settings
    }()
}
