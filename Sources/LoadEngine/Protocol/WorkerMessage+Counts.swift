import Measurement

/// What became of the operations of one kind.
package struct OperationTally: Sendable, Equatable {
    /// Operations performed.
    package var operations: UInt64
    /// Items that the system accepted.
    package var accepted: UInt64
    /// Items that the system refused.
    package var rejected: UInt64
    /// One more than the number of the last operation that was accepted, on one producer; for gauges the value that it
    /// set last.
    package var last: UInt64?

    /// Creates a tally.
    package init(operations: UInt64 = 0, accepted: UInt64 = 0, rejected: UInt64 = 0, last: UInt64? = nil) {
        self.operations = operations
        self.accepted = accepted
        self.rejected = rejected
        self.last = last
    }

    /// Items handed to the system.
    package var attempted: UInt64 { accepted + rejected }

    /// Adds the counts of another tally; there is no last value of several.
    package mutating func add(_ other: OperationTally) {
        operations += other.operations
        accepted += other.accepted
        rejected += other.rejected
        last = nil
    }

    /// The counts since an earlier moment.
    package func subtracting(_ earlier: OperationTally) -> OperationTally {
        OperationTally(
            operations: operations - earlier.operations,
            accepted: accepted - earlier.accepted,
            rejected: rejected - earlier.rejected
        )
    }
}

extension OperationTally: Codable {
    private enum CodingKeys: String, CodingKey {
        case operations
        case accepted
        case rejected
        case last
    }
}

extension Workload.Operation: CodingKeyRepresentable {}

extension WorkerMessage.Interval: Codable {
    private enum CodingKeys: String, CodingKey {
        case phase
        case elapsedNanoseconds = "elapsed_ns"
        case operations
        case attempted
        case accepted
        case rejected
        case missed
        case kinds
        case response
        case service
        case lag
        case flushLatency = "flush_latency"
        case bytesInUse = "bytes_in_use"
        case drainedBytesInUse = "drained_bytes_in_use"
        case queuedItems = "queued_items"
        case queuedBytes = "queued_bytes"
    }

    /// Reads an interval; where operations are not counted apart, each had one item, and where kinds are told apart, the
    /// distributions over all of them are their sum.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            phase: try container.decode(Int.self, forKey: .phase),
            elapsedNanoseconds: try container.decode(UInt64.self, forKey: .elapsedNanoseconds),
            operations: try container.decodeIfPresent(UInt64.self, forKey: .operations),
            attempted: try container.decode(UInt64.self, forKey: .attempted),
            accepted: try container.decode(UInt64.self, forKey: .accepted),
            rejected: try container.decode(UInt64.self, forKey: .rejected),
            missed: try container.decodeIfPresent(UInt64.self, forKey: .missed) ?? 0,
            kinds: try container.decodeIfPresent([Workload.Operation: OperationLatencies].self, forKey: .kinds) ?? [:],
            response: try container.decodeIfPresent(HistogramSnapshot.self, forKey: .response),
            service: try container.decodeIfPresent(HistogramSnapshot.self, forKey: .service),
            lag: try container.decodeIfPresent(HistogramSnapshot.self, forKey: .lag),
            flushLatency: try container.decodeIfPresent(HistogramSnapshot.self, forKey: .flushLatency)
        )
        bytesInUse = try container.decodeIfPresent(UInt64.self, forKey: .bytesInUse)
        drainedBytesInUse = try container.decodeIfPresent(UInt64.self, forKey: .drainedBytesInUse)
        queuedItems = try container.decodeIfPresent(UInt64.self, forKey: .queuedItems)
        queuedBytes = try container.decodeIfPresent(UInt64.self, forKey: .queuedBytes)
        if !kinds.isEmpty { setTotals(of: kinds.values) }
    }

    /// Writes an interval; operations stand in it only where they are not the items.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(phase, forKey: .phase)
        try container.encode(elapsedNanoseconds, forKey: .elapsedNanoseconds)
        if operations != attempted { try container.encode(operations, forKey: .operations) }
        try container.encode(attempted, forKey: .attempted)
        try container.encode(accepted, forKey: .accepted)
        try container.encode(rejected, forKey: .rejected)
        if missed > 0 { try container.encode(missed, forKey: .missed) }
        if kinds.isEmpty {
            try container.encodeIfPresent(response, forKey: .response)
            try container.encodeIfPresent(service, forKey: .service)
            try container.encodeIfPresent(lag, forKey: .lag)
        } else {
            try container.encode(kinds, forKey: .kinds)
        }
        try container.encodeIfPresent(flushLatency, forKey: .flushLatency)
        try container.encodeIfPresent(bytesInUse, forKey: .bytesInUse)
        try container.encodeIfPresent(drainedBytesInUse, forKey: .drainedBytesInUse)
        try container.encodeIfPresent(queuedItems, forKey: .queuedItems)
        try container.encodeIfPresent(queuedBytes, forKey: .queuedBytes)
    }
}

extension WorkerMessage.Finished: Codable {
    private enum CodingKeys: String, CodingKey {
        case attempted
        case accepted
        case rejected
        case kinds
        case counters
        case shutdownOutcome = "shutdown_outcome"
    }

    /// Reads the end of a run.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            attempted: try container.decode([UInt64].self, forKey: .attempted),
            accepted: try container.decode([UInt64].self, forKey: .accepted),
            rejected: try container.decode([UInt64].self, forKey: .rejected),
            kinds: try container.decodeIfPresent([Workload.Operation: [OperationTally]].self, forKey: .kinds) ?? [:],
            counters: try container.decode(SystemCounters.self, forKey: .counters),
            shutdownOutcome: try container.decode(FlushOutcome.self, forKey: .shutdownOutcome)
        )
    }

    /// Writes the end of a run.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(attempted, forKey: .attempted)
        try container.encode(accepted, forKey: .accepted)
        try container.encode(rejected, forKey: .rejected)
        if !kinds.isEmpty { try container.encode(kinds, forKey: .kinds) }
        try container.encode(counters, forKey: .counters)
        try container.encode(shutdownOutcome, forKey: .shutdownOutcome)
    }
}
