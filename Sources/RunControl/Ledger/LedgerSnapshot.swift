package import Measurement
package import Results

/// What the sink's `GET /bench/ledger` says of one run.
package struct LedgerSnapshot: Decodable, Sendable, Equatable {
    /// The format that this build reads.
    package static let version = 1

    /// The format of the answer.
    package var version: Int
    /// Arrivals, duplicates included.
    package var items: UInt64
    /// Different items that arrived.
    package var distinct: UInt64
    /// Arrivals of items that had arrived before.
    package var duplicated: UInt64
    /// Arrivals without an id that a producer could have given.
    package var foreign: UInt64
    /// Requests received.
    package var requests: UInt64
    /// Bytes of their bodies.
    package var bodyBytes: UInt64
    /// Requests that could not be decoded.
    package var malformedRequests: UInt64
    /// The account per producer.
    package var producers: [Producer]
    /// What arrived since the phase was named.
    package var phase: Phase?
    /// What arrived of each signal; absent from a sink that does not tell them apart.
    ///
    /// The counts above are of logs and spans together.
    package var signals: Signals?
    /// What the sink found beside the counts; absent from a sink that does not look.
    package var findings: LedgerFindings?
    /// The first items with which something is wrong; absent from a sink that keeps none.
    package var examples: [LedgerExample]?
    /// What requests did against OTLP's rules; absent from a sink that does not look.
    package var wireViolations: [WireViolationReport]?
    /// What arrived under the resource of each tenant; absent where there is one.
    package var tenants: [TenantLedger]?

    /// The account of one producer.
    package struct Producer: Decodable, Sendable, Equatable {
        /// Index of the producer, from 0.
        package var producer: Int
        /// Different items that arrived.
        package var distinct: UInt64
        /// Arrivals of items that had arrived before.
        package var duplicated: UInt64
        /// Highest sequence number that arrived.
        package var highestSequence: UInt64?
        /// Sequence numbers below it that did not arrive.
        package var missingBelowHighest: UInt64

        private enum CodingKeys: String, CodingKey {
            case producer
            case distinct
            case duplicated
            case highestSequence = "highest_sequence"
            case missingBelowHighest = "missing_below_highest"
        }
    }

    /// The account of one phase.
    package struct Phase: Codable, Sendable, Equatable {
        /// Its name, as given when it was begun.
        package var name: String
        /// Different items that arrived.
        package var distinct: UInt64
        /// Arrivals of items that had arrived before.
        package var duplicated: UInt64
        /// Requests received.
        package var requests: UInt64
        /// Bytes of their bodies.
        package var bodyBytes: UInt64
        /// Until when items from before the phase arrived, in nanoseconds after its start; absent if none did.
        package var drainedNanoseconds: UInt64?
        /// How old the items were when they arrived.
        package var freshness: Freshness

        private enum CodingKeys: String, CodingKey {
            case name
            case distinct
            case duplicated
            case requests
            case bodyBytes = "body_bytes"
            case drainedNanoseconds = "drained_ns"
            case freshness
        }
    }

    /// A distribution of ages.
    package struct Freshness: Codable, Sendable, Equatable {
        /// Items whose time stamp lay in the future of the sink's clock; they are not in the histogram.
        package var negative: UInt64
        /// The ages, in nanoseconds; absent when there are none.
        package var hdr: HistogramSnapshot?
    }

    private enum CodingKeys: String, CodingKey {
        case version
        case items
        case distinct
        case duplicated
        case foreign
        case requests
        case bodyBytes = "body_bytes"
        case malformedRequests = "malformed_requests"
        case producers
        case phase
        case signals
        case findings
        case examples
        case wireViolations = "wire_violations"
        case tenants
    }
}
