/// A named way to make a system; what a worker offers.
public struct SystemFactory: Sendable {
    /// The name by which a profile chooses the system (`"system": {"name": …}`).
    public let name: String
    /// What the system is, in a sentence, for the worker's help.
    public let explanation: String
    /// What may stand behind the name and a colon (`faulty:drop=1/100`): a line of help for each; empty when nothing may.
    public let variants: [Variant]
    /// Makes the system; options that it does not know are errors.
    public let make: @Sendable (SystemConfiguration) throws(SystemConfigurationError) -> any TelemetrySystem

    /// A form of a system, for the worker's help.
    public struct Variant: Sendable, Equatable {
        /// How it is written, for instance `drop=1/N`.
        public let usage: String
        /// What it is, in a sentence.
        public let explanation: String

        /// Creates a line of help.
        public init(usage: String, explanation: String) {
            self.usage = usage
            self.explanation = explanation
        }
    }

    /// Creates a factory.
    public init(
        name: String,
        explanation: String = "",
        variants: [Variant] = [],
        make: @escaping @Sendable (SystemConfiguration) throws(SystemConfigurationError) -> any TelemetrySystem
    ) {
        self.name = name
        self.explanation = explanation
        self.variants = variants
        self.make = make
    }
}
