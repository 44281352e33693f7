package import Measurement

/// The ledger of one run at a moment, as `GET /bench/ledger` answers it.
///
/// `items = distinct + duplicated + foreign`, in the whole and in the phase. The counts at the top are those of logs and
/// spans together, only malformed requests are those of all signals; ``signals`` has each signal for itself.
package struct LedgerReport: Codable, Equatable, Sendable {
    /// Version of this format.
    package static let currentVersion = 1

    /// Version of this format: ``currentVersion``.
    package var version = currentVersion
    /// Name of the run; empty for what belongs to no run.
    package var run: String
    /// Items that arrived, whatever they are.
    package var items: UInt64
    /// Different identified items that arrived.
    package var distinct: UInt64
    /// Arrivals of identified items that had arrived before.
    package var duplicated: UInt64
    /// Items without an identity, or with one beyond the ledger's limits.
    package var foreign: UInt64
    /// Valid requests that had something of this run in them.
    package var requests: UInt64
    /// Bytes of the bodies of these requests.
    package var bodyBytes: UInt64
    /// Requests rejected as malformed, as far as their run could be read before the fault; else in the run "".
    package var malformedRequests: UInt64
    /// The account of every producer of which something has arrived, by index.
    package var producers: [Producer]
    /// What has arrived since the current phase began.
    package var phase: Phase
    /// What has arrived of each signal.
    package var signals = Signals()
    /// What was found beside the counts, of logs and spans together.
    package var findings = Findings()
    /// The first items with which something is wrong, at most four of each kind.
    package var examples: [LedgerExample] = []
    /// What requests did against OTLP's rules, by kind: how often, and the first time.
    package var wireViolations: [WireViolation] = []
    /// What arrived under the resource of each tenant, by number; nil where there is one tenant.
    package var tenants: [TenantAccount]?

    private enum CodingKeys: String, CodingKey {
        case version, run, items, distinct, duplicated, foreign, requests, producers, phase, signals, findings, examples
        case tenants
        case bodyBytes = "body_bytes"
        case malformedRequests = "malformed_requests"
        case wireViolations = "wire_violations"
    }

    /// The account of one producer.
    package struct Producer: Codable, Equatable, Sendable {
        /// Index of the producer.
        package var producer: Int
        /// Different items that arrived.
        package var distinct: UInt64
        /// Arrivals of items that had arrived before.
        package var duplicated: UInt64
        /// Greatest sequence number that arrived.
        package var highestSequence: UInt64
        /// How many of the sequence numbers below it have not arrived.
        package var missingBelowHighest: UInt64

        private enum CodingKeys: String, CodingKey {
            case producer, distinct, duplicated
            case highestSequence = "highest_sequence"
            case missingBelowHighest = "missing_below_highest"
        }
    }

    /// What has arrived since a phase began.
    package struct Phase: Codable, Equatable, Sendable {
        /// Name of the phase; empty before the first one begins.
        package var name: String
        /// Items that arrived, whatever they are.
        package var items: UInt64
        /// Identified items that arrived for the first time.
        package var distinct: UInt64
        /// Arrivals of identified items that had arrived before, in whichever phase.
        package var duplicated: UInt64
        /// Items without an identity, or with one beyond the ledger's limits.
        package var foreign: UInt64
        /// Valid requests.
        package var requests: UInt64
        /// Bytes of the bodies of these requests.
        package var bodyBytes: UInt64
        /// Until when items arrived that had been made before the phase, in nanoseconds after its start; absent if none did.
        package var drainedNanoseconds: UInt64?
        /// How old the items were when the sink had them.
        package var freshness: Freshness

        private enum CodingKeys: String, CodingKey {
            case name, items, distinct, duplicated, foreign, requests, freshness
            case bodyBytes = "body_bytes"
            case drainedNanoseconds = "drained_ns"
        }
    }

    /// Time from an item's own time stamp until the sink had it, in nanoseconds.
    package struct Freshness: Codable, Equatable, Sendable {
        /// Items measured: those with a time stamp that is not in the future.
        package var count: UInt64
        /// Items whose time stamp lies in the future of the sink's clock, which are not in the histogram.
        package var negative: UInt64
        /// The histogram; in JSON HdrHistogram's compressed V2 form in Base64.
        package var hdr: HistogramSnapshot
    }
}
