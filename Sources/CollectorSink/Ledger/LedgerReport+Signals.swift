// The account of each signal.

extension LedgerReport {
    /// What arrived, signal by signal.
    package struct Signals: Codable, Equatable, Sendable {
        /// Log records, and so events.
        package var logs: ItemSignal
        /// Spans.
        package var spans: ItemSignal
        /// Metrics, by their streams.
        package var metrics: MetricSignal

        /// An account of nothing.
        package init() {
            self.init(logs: ItemSignal(LedgerTotals()), spans: ItemSignal(LedgerTotals()), metrics: MetricSignal())
        }

        internal init(logs: ItemSignal, spans: ItemSignal, metrics: MetricSignal) {
            self.logs = logs
            self.spans = spans
            self.metrics = metrics
        }
    }

    /// The account of a signal whose items have identities.
    package struct ItemSignal: Codable, Equatable, Sendable {
        /// Items that arrived, whatever they are.
        package var items: UInt64
        /// Different identified items that arrived.
        package var distinct: UInt64
        /// Arrivals of identified items that had arrived before.
        package var duplicated: UInt64
        /// Items without an identity, or with one beyond the ledger's limits.
        package var foreign: UInt64
        /// Items that break the specification: ids of a wrong length or all zero, spans that end before they begin.
        package var invalid: UInt64
        /// Valid requests that had something of this run in them.
        package var requests: UInt64
        /// Bytes of the bodies of these requests, as they were sent.
        package var bodyBytes: UInt64
        /// Requests rejected as malformed.
        package var malformedRequests: UInt64
        /// What was found beside the counts.
        package var findings: Findings

        private enum CodingKeys: String, CodingKey {
            case items, distinct, duplicated, foreign, invalid, requests, findings
            case bodyBytes = "body_bytes"
            case malformedRequests = "malformed_requests"
        }

        internal init(_ totals: LedgerTotals) {
            items = totals.items
            distinct = totals.distinct
            duplicated = totals.duplicated
            foreign = totals.foreign
            invalid = totals.invalid
            requests = totals.requests
            bodyBytes = totals.bodyBytes
            malformedRequests = totals.malformedRequests
            findings = Findings(totals)
        }
    }

    /// The account of metrics: verified by what their streams add up to.
    package struct MetricSignal: Codable, Equatable, Sendable {
        /// Valid requests that had something of this run in them.
        package var requests: UInt64 = 0
        /// Bytes of the bodies of these requests, as they were sent.
        package var bodyBytes: UInt64 = 0
        /// Requests rejected as malformed.
        package var malformedRequests: UInt64 = 0
        /// Data points that arrived.
        package var points: UInt64 = 0
        /// Points that had arrived before: same stream, same start, same time.
        package var duplicated: UInt64 = 0
        /// Points that would exceed the ledger's limits, which are not accounted for.
        package var refused: UInt64 = 0
        /// How often a point contradicted the specification or the points before it.
        package var violations: UInt64 = 0
        /// The first of these in words, at most ``maximumMessages``.
        package var violationMessages: [String] = []
        /// The account of every stream, by name and attributes.
        package var streams: [MetricStreamReport] = []

        /// Most messages kept.
        internal static let maximumMessages = 16
        /// Most characters of a message.
        internal static let maximumMessageLength = 500

        private enum CodingKeys: String, CodingKey {
            case requests, points, duplicated, refused, violations, streams
            case bodyBytes = "body_bytes"
            case malformedRequests = "malformed_requests"
            case violationMessages = "violation_messages"
        }
    }
}

extension LedgerReport.Producer {
    /// The accounts of the producers over two signals, by index.
    ///
    /// A producer numbers its items through, whatever their signal: what one signal misses, the other has.
    internal static func merging(_ first: [Self], _ second: [Self]) -> [Self] {
        if second.isEmpty { return first }
        var merged = Dictionary(uniqueKeysWithValues: first.map { ($0.producer, $0) })
        for other in second {
            guard var one = merged[other.producer] else {
                merged[other.producer] = other
                continue
            }
            one.distinct += other.distinct
            one.duplicated += other.duplicated
            one.highestSequence = max(one.highestSequence, other.highestSequence)
            let all = one.highestSequence + 1
            one.missingBelowHighest = all - min(all, one.distinct)
            merged[other.producer] = one
        }
        return merged.values.sorted { $0.producer < $1.producer }
    }
}
