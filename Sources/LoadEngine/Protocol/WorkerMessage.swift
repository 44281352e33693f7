package import Measurement

/// A message from the worker to the controller.
package enum WorkerMessage: Sendable, Equatable {
    /// The system is made; the worker waits for the first `start`.
    case ready(Ready)
    /// What happened since the previous interval of the phase.
    case interval(Interval)
    /// A phase is over.
    case checkpoint(Checkpoint)
    /// The system is shut down; the last message.
    case finished(Finished)
    /// The worker cannot go on; the last message.
    case failed(Failed)

    /// Who answers.
    package struct Ready: Sendable, Equatable, Codable {
        /// ``WorkerProtocol/version`` of the worker.
        package var version: Int
        /// What the system says of itself.
        package var system: SystemDescription
        /// The process id of the worker.
        package var processID: Int32
        /// Whether the worker waits for `finish` after its last phase, as it was asked to.
        package var holdsAtEnd = false

        /// Creates a message.
        package init(system: SystemDescription, processID: Int32) {
            version = WorkerProtocol.version
            self.system = system
            self.processID = processID
        }

        private enum CodingKeys: String, CodingKey {
            case version
            case processID = "pid"
            case holdsAtEnd = "holds_at_end"
        }

        /// Reads the system's description from the keys beside the message's own.
        package init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            version = try container.decode(Int.self, forKey: .version)
            processID = try container.decode(Int32.self, forKey: .processID)
            holdsAtEnd = try container.decodeIfPresent(Bool.self, forKey: .holdsAtEnd) ?? false
            system = try SystemDescription(from: decoder)
        }

        /// Writes the system's description beside the message's own keys.
        package func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(version, forKey: .version)
            try container.encode(processID, forKey: .processID)
            if holdsAtEnd { try container.encode(true, forKey: .holdsAtEnd) }
            try system.encode(to: encoder)
        }
    }

    /// Counts and latencies of one interval, all producers together.
    package struct Interval: Sendable, Equatable {
        /// The index of the phase.
        package var phase: Int
        /// The end of the interval, in nanoseconds from the start of the phase.
        package var elapsedNanoseconds: UInt64
        /// Operations performed in the interval.
        package var operations: UInt64
        /// Items that they handed to the system.
        package var attempted: UInt64
        /// Of them, those that the system accepted.
        package var accepted: UInt64
        /// Of them, those that the system refused.
        package var rejected: UInt64
        /// Operations that were due and could not be started before the deadline of the phase.
        package var missed: UInt64
        /// The distributions by kind of operation; empty when the run has but one.
        package var kinds: [Workload.Operation: OperationLatencies]
        /// Response times (open model), or nil when there are none; missed operations with how late they were when given
        /// up.
        package var response: HistogramSnapshot?
        /// Service times, or nil when there are none.
        package var service: HistogramSnapshot?
        /// The generator's own lateness (open model), or nil when there is none.
        package var lag: HistogramSnapshot?
        /// Durations of explicit flushes that had something to send, or nil when there are none.
        package var flushLatency: HistogramSnapshot?
        /// Bytes that the program had allocated and not freed at the end of the interval, before this message was made;
        /// nil where nobody looked.
        package var bytesInUse: UInt64?
        /// The least of such readings just after flushes of the interval that delivered everything; nil without one.
        package var drainedBytesInUse: UInt64?
        /// Items that the system held at the end of the interval; nil where nobody looked.
        package var queuedItems: UInt64?
        /// Their size by the system's own account, in bytes; nil if it does not say.
        package var queuedBytes: UInt64?

        /// Creates a message; without a number of operations each of them had one item.
        package init(
            phase: Int,
            elapsedNanoseconds: UInt64,
            operations: UInt64? = nil,
            attempted: UInt64,
            accepted: UInt64,
            rejected: UInt64,
            missed: UInt64 = 0,
            kinds: [Workload.Operation: OperationLatencies] = [:],
            response: HistogramSnapshot? = nil,
            service: HistogramSnapshot? = nil,
            lag: HistogramSnapshot? = nil,
            flushLatency: HistogramSnapshot? = nil
        ) {
            self.phase = phase
            self.elapsedNanoseconds = elapsedNanoseconds
            self.missed = missed
            self.kinds = kinds
            self.operations = operations ?? attempted
            self.attempted = attempted
            self.accepted = accepted
            self.rejected = rejected
            self.response = response
            self.service = service
            self.lag = lag
            self.flushLatency = flushLatency
        }
    }

    /// The end of the run.
    package struct Finished: Sendable, Equatable {
        /// Items handed to the system in the whole run, warm-up included, by producer.
        package var attempted: [UInt64]
        /// Of them, those that the system accepted.
        package var accepted: [UInt64]
        /// Of them, those that the system refused.
        package var rejected: [UInt64]
        /// The same by kind of operation, and within a kind by producer.
        ///
        /// Empty from a worker that knows but one kind: all of its items are of the plan's.
        package var kinds: [Workload.Operation: [OperationTally]]
        /// The system's own account after its shutdown.
        package var counters: SystemCounters
        /// How the shutdown ended.
        package var shutdownOutcome: FlushOutcome

        /// Creates a message.
        package init(
            attempted: [UInt64],
            accepted: [UInt64],
            rejected: [UInt64],
            kinds: [Workload.Operation: [OperationTally]] = [:],
            counters: SystemCounters,
            shutdownOutcome: FlushOutcome
        ) {
            self.attempted = attempted
            self.accepted = accepted
            self.rejected = rejected
            self.kinds = kinds
            self.counters = counters
            self.shutdownOutcome = shutdownOutcome
        }
    }

    /// Why the worker cannot go on.
    package struct Failed: Sendable, Equatable, Codable {
        /// Whose fault it is.
        package enum Kind: String, Sendable, Codable {
            /// The configuration is invalid; the user can mend it.
            case configuration
            /// The controller sent something that the protocol does not allow.
            case `protocol`
            /// The worker's own.
            case `internal`
        }

        /// Whose fault it is.
        package var kind: Kind
        /// The sentence for the user.
        package var message: String

        /// Creates a message.
        package init(kind: Kind, message: String) {
            self.kind = kind
            self.message = message
        }
    }
}
