/// What a system is made from.
public struct SystemConfiguration: Sendable, Equatable {
    /// The id of the run, which every item's resource carries as `bench.run_id`.
    public let runID: String
    /// Where to export to, for instance `http://127.0.0.1:43121`; nil when the run has no receiver.
    public let endpoint: String?
    /// The options of the profile's `system` object, without its `name`.
    public let options: [String: OptionValue]

    /// Creates a configuration.
    public init(runID: String, endpoint: String?, options: [String: OptionValue] = [:]) {
        self.runID = runID
        self.endpoint = endpoint
        self.options = options
    }
}
