/// What a system is made from.
public struct SystemConfiguration: Sendable, Equatable {
    /// The id of the run, which every item's resource carries as `bench.run_id`.
    public var runID: String
    /// Where to export to, for instance `http://127.0.0.1:43121`; nil when the run has no receiver.
    public var endpoint: String?
    /// The options of the profile's `system` object, without its `name`.
    public var options: [String: OptionValue]
    /// What stands behind the colon of the system's name, such as `drop=1/100` of `faulty:drop=1/100`; nil without one.
    public var variant: String?

    /// Which of several clients of the run this is, which its resource carries as `bench.tenant`; nil where there is one.
    ///
    /// Whoever offers the option `clients` makes so many systems, and producer `p` uses that of tenant `p mod clients`.
    public var tenant: Int?

    /// Creates a configuration.
    public init(
        runID: String,
        endpoint: String?,
        options: [String: OptionValue] = [:],
        variant: String? = nil,
        tenant: Int? = nil
    ) {
        self.runID = runID
        self.endpoint = endpoint
        self.options = options
        self.variant = variant
        self.tenant = tenant
    }
}
