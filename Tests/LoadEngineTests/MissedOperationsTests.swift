import Measurement
import Testing

@testable import LoadEngine

/// The account of a worker that cannot keep its plan: planned = performed + missed.
struct MissedOperationsTests {
    /// The clock stands in for a system that is too slow: each operation takes so long.
    static func run(_ plan: Plan, cost: UInt64) -> (operations: [UInt64], missed: [UInt64]) {
        var result: (operations: [UInt64], missed: [UInt64]) = ([], [])
        for producer in 0..<plan.producers {
            let clock = ManualClock(readingCost: 100)
            let target = ProducerTests.Target(clock: clock, cost: { _ in cost })
            let workload = plan.scenarios[plan.place(ofProducer: producer).scenario].workload
            let own = Producer(
                index: producer,
                plan: plan,
                targets: workload.components.map { _ in target },
                system: target,
                flushTimeoutNanoseconds: 1,
                clock: clock,
                stop: StopFlag()
            )
            for phase in plan.phases.indices { _ = own.run(phase, from: clock.now()) }
            result.operations.append(own.recorder.operations)
            result.missed.append(own.recorder.missed.value)
            let latencies = own.recorder.latencies
            let responses = latencies.reduce(0) { $0 + ($1.response?.snapshot().totalCount ?? 0) }
            #expect(responses == own.recorder.operations + own.recorder.missed.value)
            #expect(latencies.reduce(0) { $0 + $1.service.snapshot().totalCount } == own.recorder.operations)
        }
        return result
    }

    @Test("Each operation of a plan is performed or missed, never both and never neither", arguments: 0..<8)
    func theAccountBalances(seed: UInt64) throws {
        var profile = RandomProfile(seed: 4000 + seed)
        let plan = try profile.plan()
        // 20 ms an operation and 2 s of grace: slow plans are kept, and fast ones are not.
        let (operations, missed) = Self.run(plan, cost: 20_000_000)
        for producer in 0..<plan.producers {
            let planned = plan.phases.indices.compactMap { plan.operations(ofProducer: producer, inPhase: $0) }
            #expect(operations[producer] + missed[producer] == planned.reduce(0, +))
        }
        #expect(zip(operations, missed).reduce(0) { $0 + $1.0 + $1.1 } == plan.totalOperations)
    }

    @Test("A mix chooses the same operations whether some of them are missed or not")
    func theChoiceGoesWithThePlan() throws {
        let mix = WorkloadMix(components: [
            .init(weight: 1, workload: Workload()), .init(weight: 1, workload: Workload(operation: .log)),
        ])
        let phase = ProducerTests.limited(100, every: 1_000_000, grace: 0)
        let plan = Plan(profile: "p", seed: 5, producers: 1, workload: mix, phases: [phase, phase])
        let choice = WorkloadMix.Choice(mix, seed: 5, producer: 0)
        // 10 ms each: in each phase the first ten are performed.
        let performed = (0..<10).map { $0 } + (100..<110).map { $0 }
        let events = performed.count { choice.index(of: UInt64($0)) == 0 }
        let clock = ManualClock(readingCost: 1)
        let target = ProducerTests.Target(clock: clock, cost: { _ in 10_000_000 })
        let producer = Producer(
            index: 0,
            plan: plan,
            targets: [target, target],
            system: target,
            flushTimeoutNanoseconds: 1,
            clock: clock,
            stop: StopFlag()
        )
        _ = producer.run(0, from: 0)
        _ = producer.run(1, from: 1_000_000_000)
        #expect(producer.recorder.operations == 20 && producer.recorder.missed.value == 180)
        #expect(producer.recorder.components[0].operations.value == UInt64(events))
        #expect(Set(target.sequences) == Set(0..<20), "items are numbered without a gap")
    }
}
