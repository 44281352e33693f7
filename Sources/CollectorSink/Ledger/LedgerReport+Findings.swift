extension LedgerReport {
    /// What the sink found when it looked at items more closely, from the beginning of the run.
    package struct Findings: Codable, Equatable, Sendable {
        /// Items whose checksums were looked at.
        package var checksummed: UInt64 = 0
        /// Of these, items whose checksums do not fit what arrived.
        package var corrupted: UInt64 = 0
        /// New items that arrived after one of the same producer with a greater sequence number.
        ///
        /// Several connections reorder items, and so do spans in one another, of which the inner one ends first.
        package var reordered: UInt64 = 0

        /// Nothing.
        package init() {}

        internal init(_ totals: LedgerTotals) {
            checksummed = totals.checksummed
            corrupted = totals.corrupted
            reordered = totals.reordered
        }
    }
}
