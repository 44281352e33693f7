/// What the operations of a run hand to the system: one workload, or several with weights.
///
/// Which of them an operation belongs to is a pure function of the plan's seed, the producer and the number of the
/// operation: every run of a plan issues the same.
package struct WorkloadMix: Sendable, Equatable {
    /// One part of a mix.
    package struct Component: Sendable, Equatable {
        /// How often the workload is chosen, in relation to the weights of the others; at least 1.
        package let weight: Int
        /// What an operation of it hands to the system.
        package let workload: Workload

        /// Creates a component.
        package init(weight: Int = 1, workload: Workload) {
            self.weight = weight
            self.workload = workload
        }
    }

    /// The word for a mix where a single workload has the name of its operation.
    package static let operationName = "mixed"
    /// The most components a mix may have.
    package static let maximumComponents = 16
    /// The highest weight.
    package static let maximumWeight = 1_000_000

    /// The workloads with their weights; at least one.
    package let components: [Component]

    /// A mix of one.
    package init(_ workload: Workload) {
        components = [Component(workload: workload)]
    }

    /// A mix of several.
    ///
    /// - Precondition: there is at least one component, and no weight is below 1.
    package init(components: [Component]) {
        precondition(!components.isEmpty, "a mix has at least one component")
        precondition(components.allSatisfy { $0.weight > 0 }, "every weight is positive")
        self.components = components
    }

    /// The workload if there is but one.
    package var single: Workload? { components.count == 1 ? components[0].workload : nil }

    /// The name of the operation, or ``operationName``.
    package var operation: String { single?.operation.rawValue ?? Self.operationName }

    /// The signals that its operations use.
    package var signals: Set<Workload.Signal> { Set(components.map(\.workload.operation.signal)) }

    /// How many items an operation makes on average.
    package var meanItemsPerOperation: Double {
        let weights = components.reduce(0) { $0 + $1.weight }
        return Double(components.reduce(0) { $0 + $1.weight * $1.workload.itemsPerOperation }) / Double(weights)
    }
}

extension WorkloadMix {
    /// Chooses the component of each operation.
    struct Choice: Sendable {
        private let bounds: [UInt64]
        private let total: UInt64
        private let stream: UInt64

        init(_ mix: WorkloadMix, seed: UInt64, producer: Int) {
            var sum: UInt64 = 0
            bounds = mix.components.map { component in
                sum += UInt64(component.weight)
                return sum
            }
            total = sum
            stream = SeededHash.value(seed, UInt64(producer))
        }

        /// The index of the component that an operation belongs to.
        ///
        /// Hot path (budget: 5 ns), outside of what is timed.
        ///
        /// - Parameter operation: the number of the operation, from 0.
        /// - Returns: the same index each time.
        func index(of operation: UInt64) -> Int {
            // The high half of hash · total is evenly distributed below total (but for 2^-40 of a difference).
            let point = SeededHash.value(stream, operation).multipliedFullWidth(by: total).high
            var index = 0
            while point >= bounds[index] { index &+= 1 }
            return index
        }
    }
}

extension WorkloadMix: Codable {
    private enum CodingKeys: String, CodingKey {
        case operation
        case operations
    }

    /// Reads a workload, or `{"operation": "mixed", "operations": [{"weight": …, …}]}`.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        guard try container.decode(String.self, forKey: .operation) == Self.operationName else {
            self.init(try Workload(from: decoder))
            return
        }
        let components = try container.decode([Component].self, forKey: .operations)
        guard !components.isEmpty, components.allSatisfy({ (1...Self.maximumWeight).contains($0.weight) }) else {
            throw DecodingError.dataCorruptedError(
                forKey: .operations,
                in: container,
                debugDescription: "a mix has at least one operation, and weights of 1 to \(Self.maximumWeight)"
            )
        }
        self.init(components: components)
    }

    /// Writes a single workload as such: plans from before mixes keep their hashes.
    package func encode(to encoder: any Encoder) throws {
        if let single {
            try single.encode(to: encoder)
        } else {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(Self.operationName, forKey: .operation)
            try container.encode(components, forKey: .operations)
        }
    }
}

extension WorkloadMix.Component: Codable {
    private enum CodingKeys: String, CodingKey {
        case weight
    }

    /// Reads a workload with a weight beside its own keys.
    package init(from decoder: any Decoder) throws {
        weight = try decoder.container(keyedBy: CodingKeys.self).decode(Int.self, forKey: .weight)
        workload = try Workload(from: decoder)
    }

    /// Writes the workload's keys and the weight beside them.
    package func encode(to encoder: any Encoder) throws {
        try workload.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(weight, forKey: .weight)
    }
}
