extension Plan {
    /// One of several parts of a plan, which together are exactly the whole.
    ///
    /// Producers are dealt out in turn, and each operation goes with its producer; as producers keep their numbers,
    /// the ids of items are disjoint too. The hash stays that of the whole plan.
    package struct Shard: Sendable, Equatable, Codable {
        /// The number of the part, from 1.
        package let index: Int
        /// How many parts there are.
        package let count: Int

        /// Creates a part's number.
        package init(index: Int, count: Int) {
            self.index = index
            self.count = count
        }
    }

    /// One part of the plan.
    ///
    /// - Parameters:
    ///   - index: the number of the part, from 1.
    ///   - count: how many parts there are.
    /// - Returns: the plan with that part, or nil when there is no such part: each has at least one producer.
    package func shard(_ index: Int, of count: Int) -> Plan? {
        guard (1...producers).contains(count), (1...count).contains(index) else { return nil }
        var part = self
        part.shard = Shard(index: index, count: count)
        return part
    }

    /// The numbers of the producers that this process runs, ascending: all of them, or those of its shard.
    package var ownProducers: [Int] {
        guard let shard else { return Array(0..<producers) }
        return Array(stride(from: shard.index - 1, to: producers, by: shard.count))
    }
}
