/// What the sink found when it looked at items more closely, over a whole repetition.
///
/// What a sink does not look for is absent.
package struct LedgerFindings: Codable, Equatable, Sendable {
    /// Items whose checksums were looked at.
    package var checksummed: UInt64?
    /// Of these, items whose checksums do not fit what arrived.
    package var corrupted: UInt64?
    /// Arrivals of items that had arrived before, because the answer to at least one of the requests was lost.
    package var duplicatedByRetry: UInt64?
    /// Arrivals of items that had arrived before, where the answers to both requests were sent.
    package var duplicatedByBug: UInt64?
    /// New items that arrived after one of the same producer and signal with a greater sequence number.
    package var reordered: UInt64?

    /// Items that arrived under the resource of another tenant than their producer's; absent where there is one tenant.
    package var wrongTenant: UInt64?
    /// How often a planted secret was found in a body; absent where none is planted.
    package var canariesLeaked: UInt64?

    /// Nothing that anybody looked for.
    package init() {}

    private enum CodingKeys: String, CodingKey {
        case checksummed, corrupted, reordered
        case wrongTenant = "wrong_tenant"
        case canariesLeaked = "canaries_leaked"
        case duplicatedByRetry = "duplicated_by_retry"
        case duplicatedByBug = "duplicated_by_bug"
    }
}

/// An example of what should not have arrived.
package struct LedgerExample: Codable, Equatable, Sendable {
    /// What is wrong, by the name of the metric that counts it.
    package var kind: String
    /// Which item it was and what was found.
    package var text: String

    /// Makes the value.
    package init(kind: String, text: String) {
        self.kind = kind
        self.text = text
    }
}

/// What arrived under the resource of one tenant.
package struct TenantLedger: Codable, Equatable, Sendable {
    /// Number of the tenant.
    package var tenant: Int
    /// Different items that arrived under its resource, its own or not.
    package var distinct: UInt64
    /// Items of other tenants' producers that arrived under its resource.
    package var wrong: UInt64

    /// Makes the value.
    package init(tenant: Int, distinct: UInt64, wrong: UInt64) {
        self.tenant = tenant
        self.distinct = distinct
        self.wrong = wrong
    }
}
