/// A message from the controller to the worker.
package enum ControllerMessage: Sendable, Equatable {
    /// Make the system and its producers; the first message.
    case configure(Configure)
    /// Run one phase.
    case start(Start)
    /// Go on to the shutdown after the last phase; only for a worker that said in `ready` that it waits for it.
    case finish
    /// End the current phase early, flush, shut down and report.
    case stop
    /// End; before `finished` as ``stop``, afterwards the process exits.
    case quit

    /// All that a worker needs for a run.
    package struct Configure: Sendable, Equatable, Codable {
        /// ``WorkerProtocol/version`` of the controller.
        package var version: Int
        /// The id of the run, for the items' resource.
        package var runID: String
        /// The name of the system to make.
        package var system: String
        /// The options of the system.
        package var options: [String: OptionValue]
        /// Where the system exports to, or nil.
        package var endpoint: String?
        /// The plan of the run.
        package var plan: Plan
        /// The distance of two `interval` messages, in nanoseconds.
        package var intervalNanoseconds: UInt64
        /// How long each flush and the shutdown may take, in nanoseconds.
        package var flushTimeoutNanoseconds: UInt64
        /// Whether intervals say what the heap and the system's queue are; nil for yes.
        package var samplesMemory: Bool?
        /// Whether the worker is to wait for `finish` after its last phase, so that it can be looked at as it then is; nil
        /// for no.
        package var holdsAtEnd: Bool?

        /// Creates a configuration for this version of the protocol.
        package init(
            runID: String,
            system: String,
            options: [String: OptionValue],
            endpoint: String?,
            plan: Plan,
            intervalNanoseconds: UInt64 = 1_000_000_000,
            flushTimeoutNanoseconds: UInt64 = 30_000_000_000,
            samplesMemory: Bool? = nil
        ) {
            version = WorkerProtocol.version
            self.runID = runID
            self.system = system
            self.options = options
            self.endpoint = endpoint
            self.plan = plan
            self.intervalNanoseconds = intervalNanoseconds
            self.flushTimeoutNanoseconds = flushTimeoutNanoseconds
            self.samplesMemory = samplesMemory
        }

        enum CodingKeys: String, CodingKey {
            case version
            case runID = "run_id"
            case system
            case options
            case endpoint
            case plan
            case intervalNanoseconds = "interval_ns"
            case flushTimeoutNanoseconds = "flush_timeout_ns"
            case samplesMemory = "samples_memory"
            case holdsAtEnd = "holds_at_end"
        }
    }

    /// When a phase starts.
    package struct Start: Sendable, Equatable, Codable {
        /// The index of the phase in the plan; phases are started in their order.
        package var phase: Int
        /// The start, in nanoseconds of the monotonic clock (`CLOCK_MONOTONIC`), a little ahead.
        package var startNanoseconds: UInt64

        /// Creates a start.
        package init(phase: Int, startNanoseconds: UInt64) {
            self.phase = phase
            self.startNanoseconds = startNanoseconds
        }

        enum CodingKeys: String, CodingKey {
            case phase
            case startNanoseconds = "start_ns"
        }
    }
}

extension ControllerMessage: Codable {
    private enum CodingKeys: String, CodingKey {
        case type
    }

    private enum Kind: String, Codable {
        case configure
        case start
        case finish
        case stop
        case quit
    }

    /// Reads an object whose `type` says which message it is.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        switch try container.decode(Kind.self, forKey: .type) {
        case .configure: self = .configure(try Configure(from: decoder))
        case .start: self = .start(try Start(from: decoder))
        case .finish: self = .finish
        case .stop: self = .stop
        case .quit: self = .quit
        }
    }

    /// Writes an object whose `type` says which message it is.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        switch self {
        case .configure(let content):
            try container.encode(Kind.configure, forKey: .type)
            try content.encode(to: encoder)
        case .start(let content):
            try container.encode(Kind.start, forKey: .type)
            try content.encode(to: encoder)
        case .finish:
            try container.encode(Kind.finish, forKey: .type)
        case .stop:
            try container.encode(Kind.stop, forKey: .type)
        case .quit:
            try container.encode(Kind.quit, forKey: .type)
        }
    }
}
