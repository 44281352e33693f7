/// What became of one kind of operations in a phase.
package struct KindLoad: Codable, Equatable, Sendable {
    /// Operations issued.
    package var operations: UInt64
    /// Items that the system said yes to.
    package var accepted: UInt64
    /// Items that the system said no to.
    package var rejected: UInt64
    /// Measurements that arrived; absent for logs and spans, which are counted together.
    package var delivered: UInt64?
    /// How long its operations took; absent from results that do not tell kinds apart.
    package var latency: PhaseLatency?

    /// Makes the value; what was not measured is left out.
    package init(
        operations: UInt64,
        accepted: UInt64,
        rejected: UInt64,
        delivered: UInt64? = nil,
        latency: PhaseLatency? = nil
    ) {
        self.latency = latency
        self.operations = operations
        self.accepted = accepted
        self.rejected = rejected
        self.delivered = delivered
    }

    /// The sum of two phases; what one of them does not know is unknown.
    package static func + (one: KindLoad, other: KindLoad) -> KindLoad {
        KindLoad(
            operations: one.operations + other.operations,
            accepted: one.accepted + other.accepted,
            rejected: one.rejected + other.rejected,
            delivered: one.delivered.flatMap { delivered in other.delivered.map { delivered + $0 } },
            latency: one.latency.flatMap { latency in other.latency.map { .merged([latency, $0]) } }
        )
    }
}
