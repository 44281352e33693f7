extension LedgerReport {
    /// What the sink found when it looked at items more closely, from the beginning of the run.
    package struct Findings: Codable, Equatable, Sendable {
        /// Items whose checksums were looked at.
        package var checksummed: UInt64 = 0
        /// Of these, items whose checksums do not fit what arrived.
        package var corrupted: UInt64 = 0
        /// Arrivals of items that had arrived before, because the answer to at least one of the requests was lost: what
        /// at-least-once delivery allows.
        ///
        /// As long as an answer is under way its duplicates are among these.
        package var duplicatedByRetry: UInt64 = 0
        /// Arrivals of items that had arrived before, where the answers to both requests were sent.
        package var duplicatedByBug: UInt64 = 0
        /// New items that arrived after one of the same producer with a greater sequence number.
        ///
        /// Several connections reorder items, and so do spans in one another, of which the inner one ends first.
        package var reordered: UInt64 = 0

        /// Items that arrived under the resource of another tenant than their producer's; nil where there is one tenant,
        /// and in the account of a signal.
        package var wrongTenant: UInt64?
        /// How often a planted secret was found in a body, of whatever signal; nil where none is planted, and in the
        /// account of a signal.
        package var canariesLeaked: UInt64?

        /// Nothing.
        package init() {}

        private enum CodingKeys: String, CodingKey {
            case checksummed, corrupted, reordered
            case wrongTenant = "wrong_tenant"
            case canariesLeaked = "canaries_leaked"
            case duplicatedByRetry = "duplicated_by_retry"
            case duplicatedByBug = "duplicated_by_bug"
        }

        internal init(_ totals: LedgerTotals) {
            checksummed = totals.checksummed
            corrupted = totals.corrupted
            duplicatedByRetry = totals.duplicated - totals.duplicatedByBug
            duplicatedByBug = totals.duplicatedByBug
            reordered = totals.reordered
        }
    }
}
