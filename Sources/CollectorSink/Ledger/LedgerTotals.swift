/// Counts that only grow, of one run or of all: the terms are those of ``LedgerReport``.
///
/// A phase is the difference of two of these.
package struct LedgerTotals: Equatable, Sendable {
    /// Items that arrived, whatever they are.
    package var items: UInt64 = 0
    /// Different identified items.
    package var distinct: UInt64 = 0
    /// Arrivals of identified items that had arrived before.
    package var duplicated: UInt64 = 0
    /// Items without an identity, or beyond the limits.
    package var foreign: UInt64 = 0
    /// Valid requests, counted once for each run that they had something of.
    package var requests: UInt64 = 0
    /// Bytes of the bodies of these requests.
    package var bodyBytes: UInt64 = 0
    /// Requests rejected as malformed.
    package var malformedRequests: UInt64 = 0
    /// Items whose time stamp was in the future of the sink's clock.
    package var negativeFreshness: UInt64 = 0
    /// Items that break the specification, such as spans without a trace id.
    package var invalid: UInt64 = 0
    /// Items whose checksums were looked at.
    package var checksummed: UInt64 = 0
    /// Items whose checksums do not fit what arrived.
    package var corrupted: UInt64 = 0
    /// Arrivals of items that had arrived before, where the answers to both requests were sent.
    package var duplicatedByBug: UInt64 = 0
    /// Items that arrived after one of the same producer and signal with a greater sequence number.
    package var reordered: UInt64 = 0
    /// Data points of metrics, which are no items.
    package var metricPoints: UInt64 = 0

    /// How often requests broke OTLP's rules.
    package var violations: UInt64 = 0

    /// Adds the counts of `other`.
    internal mutating func add(_ other: LedgerTotals) {
        items += other.items
        distinct += other.distinct
        duplicated += other.duplicated
        foreign += other.foreign
        requests += other.requests
        bodyBytes += other.bodyBytes
        malformedRequests += other.malformedRequests
        negativeFreshness += other.negativeFreshness
        invalid += other.invalid
        checksummed += other.checksummed
        corrupted += other.corrupted
        duplicatedByBug += other.duplicatedByBug
        reordered += other.reordered
        metricPoints += other.metricPoints
        violations += other.violations
    }
}
