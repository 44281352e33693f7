package import LoadEngine
package import Results

/// Everything that a run is made of, checked and ready.
package struct RunRequest: Sendable {
    /// The name of the profile, and what it says of itself.
    package var profile: Profile
    /// How the user named the profile, for messages; nil for the profile's own name.
    package var profileSource: String?
    /// What is to be done.
    package var plan: Plan
    /// The path of the worker.
    package var workerExecutable: String
    /// The path of the sink that the run starts for itself; not used with an `endpoint`.
    package var sinkExecutable: String
    /// A receiver that somebody else runs, or nil for the embedded sink.
    package var endpoint: ReceiverEndpoint?
    /// How many fresh workers run the plan.
    package var repetitions: Int
    /// Whether harness and machine are measured before the first repetition.
    package var calibrates = true
    /// Whether limits that only a ledger can judge may stay unjudged without costing the run its verdict.
    package var allowsUnverified = false
    /// Variables of the environment that the worker inherits and that may change what is measured; the result lists them.
    package var inheritedVariables: [ConfigurationEntry] = []
    /// Variables of the worker's environment beside those of this process, such as settings of the allocator.
    package var workerVariables: [String: String] = [:]
    /// How long a flush may take, in nanoseconds.
    package var flushTimeout: UInt64 = 10_000_000_000
    /// How long a worker may say nothing before it counts as dead, in nanoseconds.
    package var silenceLimit: UInt64 = 10_000_000_000
    /// How long a worker may take to make the system, in nanoseconds.
    package var readyLimit: UInt64 = 30_000_000_000
    /// How long a worker may take to end once it was told to, in nanoseconds.
    package var quitLimit: UInt64 = 2_000_000_000

    /// Makes a request.
    package init(
        profile: Profile,
        plan: Plan,
        workerExecutable: String,
        sinkExecutable: String,
        endpoint: ReceiverEndpoint? = nil,
        repetitions: Int = 1
    ) {
        self.profile = profile
        self.plan = plan
        self.workerExecutable = workerExecutable
        self.sinkExecutable = sinkExecutable
        self.endpoint = endpoint
        self.repetitions = repetitions
    }
}
