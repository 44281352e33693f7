/// The identity that every item of a run carries in its integer attribute `bench.id`.
///
///     bit 63 62                40 39                                  0
///      ┌────┬──────────────────┬─────────────────────────────────────┐
///      │ 0  │ producer, 23 bit │ sequence number from 0, 40 bit      │
///      └────┴──────────────────┴─────────────────────────────────────┘
package struct ItemID: Equatable, Hashable, Sendable {
    /// How many low bits hold the sequence number.
    @inlinable package static var sequenceBits: Int64 { 40 }
    /// The bits of the sequence number.
    @inlinable package static var sequenceMask: Int64 { (1 << sequenceBits) - 1 }
    /// The attribute that carries an item's identity.
    @inlinable package static var attributeKey: StaticString { "bench.id" }
    /// The resource attribute that carries the run's identity.
    @inlinable package static var runAttributeKey: StaticString { "bench.run_id" }

    /// The resource attribute that carries the number of the client, where a run has several.
    @inlinable package static var tenantAttributeKey: StaticString { "bench.tenant" }

    /// The attribute's value.
    ///
    /// Negative ones identify nothing.
    package let rawValue: Int64

    /// An identity as it stands in the attribute.
    @inlinable
    package init(rawValue: Int64) {
        self.rawValue = rawValue
    }

    /// The identity of an item.
    ///
    /// - Parameters:
    ///   - producer: Index of the producer, below 2^23.
    ///   - sequence: Sequence number of the item, below 2^40.
    @inlinable
    package init(producer: Int, sequence: Int64) {
        rawValue = Int64(producer) << Self.sequenceBits | sequence
    }

    /// Index of the producer; negative when the identity is.
    @inlinable package var producer: Int { Int(rawValue >> Self.sequenceBits) }

    /// Number of the item among those of its producer.
    @inlinable package var sequence: Int64 { rawValue & Self.sequenceMask }
}
