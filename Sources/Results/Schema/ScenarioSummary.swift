/// Producers of a plan that do the same.
package struct ScenarioSummary: Codable, Equatable, Sendable {
    /// Name of the scenario.
    package var name: String
    /// Number of its producers.
    package var producers: Int
    /// What one operation does: `event`, another kind, or `mixed`.
    package var operation: String
    /// Its part of each phase's load in relation to the others'; absent when it has a load of its own.
    package var weight: Int?
    /// How many operations it has in the whole run; absent when time alone bounds them.
    package var operations: UInt64?

    /// Makes the value; what is not known is left out.
    package init(name: String, producers: Int, operation: String, weight: Int? = nil, operations: UInt64? = nil) {
        self.name = name
        self.producers = producers
        self.operation = operation
        self.weight = weight
        self.operations = operations
    }
}

/// One of several parts of a plan, which together are the whole.
package struct ShardSummary: Codable, Equatable, Sendable {
    /// Number of the part, from 1.
    package var index: Int
    /// How many parts there are.
    package var count: Int
    /// Numbers of the producers that ran here.
    package var producers: [Int]

    /// Makes the value.
    package init(index: Int, count: Int, producers: [Int]) {
        self.index = index
        self.count = count
        self.producers = producers
    }
}
