/// Why a system cannot be made from its configuration.
public struct SystemConfigurationError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The option at fault, as the profile writes it, or nil when it is not a single one.
    public let option: String?
    /// What is wrong and what to do about it, with the value.
    public let message: String

    /// Creates an error.
    public init(option: String? = nil, message: String) {
        self.option = option
        self.message = message
    }

    /// The sentence for the user: `system.batch_size: 0 is …`.
    public var description: String {
        option.map { "system.\($0): \(message)" } ?? message
    }
}
