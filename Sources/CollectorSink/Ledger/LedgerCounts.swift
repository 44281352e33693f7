package import Measurement

/// The sums of a run's ledger, as `GET /bench/ledger?run=ID&view=counts` answers them: a part of ``LedgerReport``.
package struct LedgerCounts: Codable, Equatable, Sendable {
    /// What has arrived since a phase began.
    package struct Phase: Codable, Equatable, Sendable {
        /// Name of the phase, as given when it was begun.
        package var name = ""
        /// Different identified items that arrived.
        package var distinct: UInt64 = 0
        /// How old the items were that arrived since somebody last asked for this, in nanoseconds; absent unless it is asked
        /// for, and when none arrived.
        package var freshnessSinceLast: HistogramSnapshot?

        private enum CodingKeys: String, CodingKey {
            case name
            case distinct
            case freshnessSinceLast = "freshness_since_last"
        }
    }

    /// Version of the ledger's format: ``LedgerReport/currentVersion``.
    package var version = LedgerReport.currentVersion
    /// Different identified items that arrived.
    package var distinct: UInt64 = 0
    /// What has arrived since the current phase began.
    package var phase = Phase()
}
