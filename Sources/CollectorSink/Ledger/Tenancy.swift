/// What arrived under the resource of one tenant.
package struct TenantAccount: Codable, Equatable, Sendable {
    /// Number of the tenant.
    package var tenant: Int
    /// Different items that arrived under its resource, its own or not.
    package var distinct: UInt64 = 0
    /// Items of other tenants' producers that arrived under its resource.
    package var wrong: UInt64 = 0
}

/// Who the items of a run belong to: with n tenants those of producer p belong to tenant p mod n.
internal struct Tenancy {
    /// Most tenants that are told apart.
    internal static let maximumCount = 4096

    /// What arrived under each tenant's resource, by number.
    internal private(set) var accounts: [TenantAccount]
    /// Items that arrived under another resource than their tenant's, or under one that names none.
    internal private(set) var wrong: UInt64 = 0

    /// An empty account.
    ///
    /// - Parameter count: How many tenants there are, 1 to ``maximumCount``.
    internal init(count: Int) {
        accounts = (0..<count).map { TenantAccount(tenant: $0) }
    }

    /// Enters items that arrived under one resource.
    ///
    /// - Parameters:
    ///   - items: The identified items.
    ///   - tenant: The tenant that the resource names.
    ///   - new: How many of the items arrived for the first time.
    /// - Returns: The first that belongs to somebody else.
    internal mutating func enter(_ items: Span<StagedItem>, under tenant: Int64?, new: UInt64) -> LedgerExample? {
        var stray: ItemID?
        var strays: UInt64 = 0
        let count = Int64(accounts.count)
        items.forEachRange { first, number in
            guard first.rawValue >= 0, Int64(first.producer) % count != tenant else { return }
            strays += UInt64(number)
            stray = stray ?? first
        }
        wrong += strays
        if let tenant, tenant >= 0, tenant < count {
            accounts[Int(tenant)].distinct += new
            accounts[Int(tenant)].wrong += strays
        }
        return stray.map { item in
            LedgerExample(
                .wrongTenant,
                "producer \(item.producer), sequence \(item.sequence): it belongs to tenant "
                    + "\(Int64(item.producer) % count) and arrived under "
                    + (tenant.map { "tenant \($0)" } ?? "a resource without a tenant")
            )
        }
    }
}
