/// The account of the sink over a whole repetition, warm-up included.
package struct LedgerReport: Codable, Equatable, Sendable {
    /// Arrivals, duplicates included.
    package var items: UInt64
    /// Different items that arrived.
    package var distinct: UInt64
    /// Arrivals of items that had arrived before.
    package var duplicated: UInt64
    /// Arrivals that no producer of this run can have sent.
    package var foreign: UInt64
    /// Requests received.
    package var requests: UInt64
    /// Bytes of their bodies.
    package var bodyBytes: UInt64
    /// Requests that were refused because they could not be decoded.
    package var malformedRequests: UInt64
    /// The account per producer.
    package var producers: [ProducerLedger]
    /// The account of logs by themselves; absent where the sink does not tell signals apart.
    package var logs: SignalLedger?
    /// The account of spans by themselves.
    package var spans: SignalLedger?
    /// The account of metrics.
    package var metrics: MetricLedger?
    /// What the sink found beside the counts, of logs and spans together; absent where it does not look.
    package var findings: LedgerFindings?
    /// The first items with which something is wrong, a few of each kind.
    package var examples: [LedgerExample]?
    /// What requests did against OTLP's rules, by kind; absent where the sink does not look, empty where it found nothing.
    package var wireViolations: [WireViolationReport]?
    /// What arrived under the resource of each tenant; absent where there is one tenant.
    package var tenants: [TenantLedger]?

    /// Makes the value from its parts.
    package init(
        items: UInt64,
        distinct: UInt64,
        duplicated: UInt64,
        foreign: UInt64,
        requests: UInt64,
        bodyBytes: UInt64,
        malformedRequests: UInt64,
        producers: [ProducerLedger] = [],
        logs: SignalLedger? = nil,
        spans: SignalLedger? = nil,
        metrics: MetricLedger? = nil
    ) {
        self.items = items
        self.distinct = distinct
        self.duplicated = duplicated
        self.foreign = foreign
        self.requests = requests
        self.bodyBytes = bodyBytes
        self.malformedRequests = malformedRequests
        self.producers = producers
        self.logs = logs
        self.spans = spans
        self.metrics = metrics
    }

    private enum CodingKeys: String, CodingKey {
        case items
        case distinct
        case duplicated
        case foreign
        case requests
        case bodyBytes = "body_bytes"
        case malformedRequests = "malformed_requests"
        case producers
        case logs
        case spans
        case metrics
        case findings
        case examples
        case wireViolations = "wire_violations"
        case tenants
    }
}

/// The account of the sink for one signal whose items have ids.
package struct SignalLedger: Codable, Equatable, Sendable {
    /// Different items that arrived.
    package var distinct: UInt64
    /// Arrivals of items that had arrived before.
    package var duplicated: UInt64
    /// Items that break the specification; absent where nobody looked.
    package var invalid: UInt64?
    /// What the sink found beside the counts; absent where it does not look.
    package var findings: LedgerFindings?

    /// Makes the value; what was not measured is left out.
    package init(distinct: UInt64, duplicated: UInt64, invalid: UInt64? = nil) {
        self.distinct = distinct
        self.duplicated = duplicated
        self.invalid = invalid
    }
}

/// The account of the sink for metrics.
package struct MetricLedger: Codable, Equatable, Sendable {
    /// Streams: metrics by their attributes.
    package var streams: UInt64
    /// Data points that arrived.
    package var points: UInt64
    /// How often a point contradicted the specification or the points before it.
    package var violations: UInt64
    /// What the streams of the harness's counter add up to.
    package var counters: UInt64
    /// How many measurements the streams of its histogram hold.
    package var histograms: UInt64

    /// Makes the value from its parts.
    package init(streams: UInt64, points: UInt64, violations: UInt64, counters: UInt64, histograms: UInt64) {
        self.streams = streams
        self.points = points
        self.violations = violations
        self.counters = counters
        self.histograms = histograms
    }
}

/// The account of the sink for one producer.
package struct ProducerLedger: Codable, Equatable, Sendable {
    /// Index of the producer, from 0.
    package var producer: Int
    /// Items that the system accepted from it.
    package var accepted: UInt64?
    /// Different items that arrived.
    package var distinct: UInt64
    /// Arrivals of items that had arrived before.
    package var duplicated: UInt64
    /// Highest sequence number that arrived; absent when none did.
    package var highestSequence: UInt64?
    /// Sequence numbers below it that did not arrive.
    package var missingBelowHighest: UInt64

    /// Makes the value; what was not measured is left out.
    package init(
        producer: Int,
        accepted: UInt64? = nil,
        distinct: UInt64,
        duplicated: UInt64,
        highestSequence: UInt64? = nil,
        missingBelowHighest: UInt64
    ) {
        self.producer = producer
        self.accepted = accepted
        self.distinct = distinct
        self.duplicated = duplicated
        self.highestSequence = highestSequence
        self.missingBelowHighest = missingBelowHighest
    }

    private enum CodingKeys: String, CodingKey {
        case producer
        case accepted
        case distinct
        case duplicated
        case highestSequence = "highest_sequence"
        case missingBelowHighest = "missing_below_highest"
    }
}

/// What the system says of itself over a whole repetition, warm-up included.
package struct SystemCounterReport: Codable, Equatable, Sendable {
    /// Items it accepted.
    package var accepted: UInt64
    /// Items it refused at the call, by reason.
    package var rejected: [String: UInt64]
    /// Items it dropped after accepting them, by reason.
    package var dropped: [String: UInt64]
    /// Items whose export was acknowledged.
    package var exported: UInt64
    /// Items it still holds.
    package var queued: UInt64
    /// Requests it sent, retries included; absent where it does not say.
    package var requests: UInt64?
    /// Requests it repeated; absent where it does not say.
    package var retries: UInt64?
    /// Most items that waited in it at a time; absent where it does not say.
    package var queuedPeak: UInt64?
    /// Most bytes that waited in it at a time; absent where it does not say.
    package var queuedBytesPeak: UInt64?

    /// Makes the value from its parts.
    package init(
        accepted: UInt64,
        rejected: [String: UInt64] = [:],
        dropped: [String: UInt64] = [:],
        exported: UInt64,
        queued: UInt64,
        requests: UInt64? = nil,
        retries: UInt64? = nil
    ) {
        self.requests = requests
        self.retries = retries
        self.accepted = accepted
        self.rejected = rejected
        self.dropped = dropped
        self.exported = exported
        self.queued = queued
    }

    private enum CodingKeys: String, CodingKey {
        case accepted, rejected, dropped, exported, queued, requests, retries
        case queuedPeak = "queued_peak"
        case queuedBytesPeak = "queued_bytes_peak"
    }
}
