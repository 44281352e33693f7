/// Systems that are made, used and shut down one after the other beside the one that the run measures.
///
/// What a system forgets each time it is made shows in bytes in use only when that happens often.
struct FurtherSessions: Sendable {
    /// Their items are of a run of this name behind the real one's, so that the ledger does not take them for foreign.
    private static let suffix = "-sessions"

    private let plan: Plan
    private let settings: SystemConfiguration
    private let factory: SystemFactory

    /// - Parameters:
    ///   - plan: the plan of the run.
    ///   - settings: what the system of the run was made from.
    ///   - factory: what made it.
    init(of plan: Plan, _ settings: SystemConfiguration, _ factory: SystemFactory) {
        self.plan = plan
        self.settings = settings
        self.factory = factory
    }

    /// Makes and uses so many systems.
    ///
    /// - Parameters:
    ///   - count: how many; 0 for none.
    ///   - phase: the index of the phase, for the numbers of their items, of which none comes twice.
    ///   - timeout: how long each flush and shutdown may take, in nanoseconds.
    ///   - stop: ends it early.
    /// - Returns: how many flushes and shutdowns did not end in success.
    /// - Throws: what the system throws when it cannot be made or cannot make a producer.
    func run(_ count: UInt64, inPhase phase: Int, timeout: UInt64, unless stop: StopFlag) throws -> UInt64 {
        var failures: UInt64 = 0
        for index in 0..<count where !stop.isSet {
            failures += try use(number: UInt64(phase) * count + index, timeout: timeout)
        }
        return failures
    }

    private func use(number: UInt64, timeout: UInt64) throws -> UInt64 {
        var settings = settings
        settings.runID += Self.suffix
        let system = try factory.make(settings)
        for component in plan.workload.components {
            let producer = try system.makeProducer(
                ProducerContext(producer: 0, producerCount: 1, workload: component.workload, seed: plan.seed)
            )
            let items = UInt64(component.workload.itemsPerOperation)
            for operation in 0..<Plan.operationsOfSession {
                // No overflow: a plan has at most 1,000 cycles of 1,000 systems.
                _ = producer.perform((number * Plan.operationsOfSession + operation) * items)
            }
        }
        let outcomes = [
            system.flush(timeoutNanoseconds: timeout), system.shutdown(timeoutNanoseconds: timeout),
        ]
        return UInt64(outcomes.count { $0 != .success })
    }
}
