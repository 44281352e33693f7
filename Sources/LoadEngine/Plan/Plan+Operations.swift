extension Plan {
    /// The place of a producer: its scenario, and its number in it.
    package struct Place: Sendable, Equatable {
        /// The index of the scenario in ``Plan/scenarios``.
        package let scenario: Int
        /// The number of the producer within it, from 0.
        package let rank: Int
    }

    /// The place of a producer.
    ///
    /// - Parameter producer: its number in the run, below ``producers``.
    /// - Returns: where it belongs.
    package func place(ofProducer producer: Int) -> Place {
        let scenario = firstProducers.lastIndex { $0 <= producer } ?? 0
        return Place(scenario: scenario, rank: producer - firstProducers[scenario])
    }

    /// The producers of a scenario that this process runs.
    package func producers(ofScenario scenario: Int) -> [Int] {
        let first = firstProducers[scenario]
        return ownProducers.filter { (first..<first + scenarios[scenario].producers).contains($0) }
    }

    /// What a scenario issues in a phase: the shared load, or its own beside.
    package func schedule(ofScenario scenario: Int, inPhase phase: Int) -> Schedule {
        scenarios[scenario].weight == nil
            ? phases[phase].besides[scenarios[scenario].name] ?? .idle : phases[phase].schedule
    }

    /// Which of those operations are a producer's.
    package func share(ofProducer producer: Int) -> OperationShare {
        let place = place(ofProducer: producer)
        let count = scenarios[place.scenario].producers
        let own = positions[place.scenario]
        guard !own.isEmpty else { return OperationShare(rank: place.rank, of: count) }
        let period = positions.reduce(0) { $0 + $1.count }
        return OperationShare(period: UInt64(period), positions: own, rank: place.rank, of: count)
    }

    // MARK: - How many operations

    /// How many operations a producer has in a phase, or nil when time alone bounds them.
    package func operations(ofProducer producer: Int, inPhase phase: Int) -> UInt64? {
        let schedule = schedule(ofScenario: place(ofProducer: producer).scenario, inPhase: phase)
        return schedule.operations.map { share(ofProducer: producer).count(below: $0) }
    }

    /// How many operations a scenario has in a phase, or nil when time alone bounds them.
    package func operations(ofScenario scenario: Int, inPhase phase: Int) -> UInt64? {
        producers(ofScenario: scenario).reduce(0) { sum, producer in
            sum.flatMap { sum in operations(ofProducer: producer, inPhase: phase).map { sum + $0 } }
        }
    }

    /// How many operations of a producer start before a moment of a phase, or nil when time alone bounds them.
    ///
    /// Exact for evenly spread arrivals. Of a Poisson process it is what the rate asks for: where its arrivals fall
    /// round that is decided by the seed, and by the end of the phase it is exact again.
    ///
    /// - Parameters:
    ///   - producer: its number in the run.
    ///   - phase: the index of the phase.
    ///   - time: nanoseconds from the start of the phase.
    /// - Returns: their number.
    package func operations(ofProducer producer: Int, inPhase phase: Int, before time: UInt64) -> UInt64? {
        let place = place(ofProducer: producer)
        let shift = scenarios[place.scenario].shift(ofRank: place.rank)
        let schedule = schedule(ofScenario: place.scenario, inPhase: phase)
        guard let reached = schedule.operations(before: time > shift ? time - shift : 0) else { return nil }
        return share(ofProducer: producer).count(below: reached)
    }

    /// How many operations of a scenario start before a moment of a phase, over the producers of this process.
    package func operations(ofScenario scenario: Int, inPhase phase: Int, before time: UInt64 = .max) -> UInt64? {
        sum(producers(ofScenario: scenario)) { operations(ofProducer: $0, inPhase: phase, before: time) }
    }

    /// How many operations start before a moment of a phase, over all producers of this process.
    package func operations(inPhase phase: Int, before time: UInt64 = .max) -> UInt64? {
        sum(ownProducers) { operations(ofProducer: $0, inPhase: phase, before: time) }
    }

    // MARK: - How many flushes

    /// How many operations of each component of the workload a further system of a cycle gets.
    package static var operationsOfSession: UInt64 { 10 }

    /// How many explicit flushes a phase has, where their number does not depend on time: those of its producers, and the
    /// one at its end.
    package func flushes(inPhase phase: Int) -> UInt64 {
        let ending: UInt64 = phases[phase].flush ? 1 : 0
        guard let every = phases[phase].flushEvery else { return ending }
        return ownProducers.reduce(ending) { $0 + (operations(ofProducer: $1, inPhase: phase) ?? 0) / every }
    }

    private func sum(_ producers: [Int], _ operations: (Int) -> UInt64?) -> UInt64? {
        var total: UInt64 = 0
        for producer in producers {
            guard let own = operations(producer) else { return nil }
            total += own
        }
        return total
    }
}
