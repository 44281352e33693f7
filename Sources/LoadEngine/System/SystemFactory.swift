/// A named way to make a system; what a worker offers.
public struct SystemFactory: Sendable {
    /// The name by which a profile chooses the system (`"system": {"name": …}`).
    public let name: String
    /// Makes the system; options that it does not know are errors.
    public let make: @Sendable (SystemConfiguration) throws(SystemConfigurationError) -> any TelemetrySystem

    /// Creates a factory.
    public init(
        name: String,
        make: @escaping @Sendable (SystemConfiguration) throws(SystemConfigurationError) -> any TelemetrySystem
    ) {
        self.name = name
        self.make = make
    }
}
