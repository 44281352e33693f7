import Measurement
import Testing

@testable import LoadEngine

/// Producers with several kinds of operations, and operations with several items.
struct MixTests {
    /// Notes the numbers, and accepts what a test says.
    final class Target: TelemetryProducer {
        private(set) var numbers: [UInt64] = []
        let accepts: (UInt64) -> Int

        init(accepts: @escaping (UInt64) -> Int) {
            self.accepts = accepts
        }

        func perform(_ number: UInt64) -> Int {
            numbers.append(number)
            return accepts(number)
        }
    }

    static func run(_ mix: WorkloadMix, _ targets: [Target], operations: UInt64) -> ProducerRecorder {
        let clock = ManualClock(readingCost: 1)
        let phase = PlannedPhase(
            name: "main",
            schedule: .closed(operations: operations, durationNanoseconds: nil),
            durationNanoseconds: 0
        )
        let plan = Plan(profile: "p", seed: 3, producers: 1, workload: mix, phases: [phase])
        let producer = Producer(
            index: 0,
            plan: plan,
            targets: targets,
            system: ProducerTests.Target(clock: clock),
            flushTimeoutNanoseconds: 1,
            clock: clock,
            stop: StopFlag()
        )
        // In two phases: the numbers go on.
        _ = producer.run(0, from: 0)
        _ = producer.run(0, from: 0)
        return producer.recorder
    }

    @Test func nestedSpansTakeSoManyNumbers() {
        let target = Target { $0 == 6 ? 1 : 3 }
        let mix = WorkloadMix(Workload(operation: .span, depth: 3))
        let recorder = Self.run(mix, [target], operations: 4)
        #expect(target.numbers == [0, 3, 6, 9, 12, 15, 18, 21])
        #expect(recorder.operations == 8 && recorder.accepted == 22 && recorder.rejected == 2)
        #expect(recorder.latencies[0].service.snapshot().totalCount == 8)
    }

    @Test func itemsAreNumberedTogetherAndMeasurementsApart() {
        let mix = WorkloadMix(components: [
            .init(weight: 5, workload: Workload()),
            .init(weight: 3, workload: Workload(operation: .span, depth: 2)),
            .init(weight: 2, workload: Workload(operation: .gauge)),
        ])
        let targets = [Target { _ in 1 }, Target { _ in 2 }, Target { $0 % 2 == 0 ? 1 : 0 }]
        let recorder = Self.run(mix, targets, operations: 500)

        let choice = WorkloadMix.Choice(mix, seed: 3, producer: 0)
        let chosen = (0..<1000).map { choice.index(of: $0) }
        #expect(targets.map(\.numbers.count) == (0..<3).map { index in chosen.count { $0 == index } })

        let ids = targets[0].numbers + targets[1].numbers.flatMap { [$0, $0 + 1] }
        #expect(ids.sorted() == Array(0..<UInt64(ids.count)))
        let measurements = UInt64(targets[2].numbers.count)
        #expect(targets[2].numbers == Array(0..<measurements))

        #expect(recorder.operations == 1000)
        #expect(recorder.components[0].accepted.value == UInt64(targets[0].numbers.count))
        #expect(recorder.components[1].accepted.value == 2 * UInt64(targets[1].numbers.count))
        #expect(recorder.components[2].accepted.value == (measurements + 1) / 2)
        #expect(recorder.components[2].rejected.value == measurements / 2)
        // The last even number, and one more.
        #expect(recorder.components[2].lastAccepted.value == (measurements + 1) / 2 * 2 - 1)
    }

    @Test func moreThanAllCannotBeAccepted() {
        let recorder = Self.run(WorkloadMix(Workload()), [Target { $0 == 0 ? 7 : -1 }], operations: 2)
        #expect(recorder.accepted == 1 && recorder.rejected == 3)
    }

    @Test func theWorkerReportsKinds() throws {
        let mix = WorkloadMix(components: [
            .init(weight: 1, workload: Workload()), .init(weight: 1, workload: Workload(operation: .counter)),
        ])
        let phase = PlannedPhase(
            name: "main",
            schedule: .closed(operations: 100, durationNanoseconds: nil),
            durationNanoseconds: 0
        )
        let plan = Plan(profile: "p", seed: 1, producers: 2, workload: mix, phases: [phase, phase])
        let messages = try Conversation(plan: plan).run()
        let checkpoints = messages.compactMap { message in
            if case .checkpoint(let checkpoint) = message { checkpoint } else { nil }
        }
        #expect(checkpoints.count == 2)
        for checkpoint in checkpoints {
            #expect(checkpoint.operations == 100 && checkpoint.attempted == 100)
            #expect(Set(checkpoint.kinds.keys) == [.event, .counter])
        }
        for case .interval(let interval) in messages where interval.attempted > 0 {
            #expect(interval.kinds.values.reduce(0) { $0 + ($1.service?.totalCount ?? 0) } == interval.attempted)
            #expect(interval.service?.totalCount == interval.attempted, "the sum over kinds")
            #expect(interval.response == nil && interval.kinds.values.allSatisfy { $0.response == nil })
        }
        let finished = try #require(
            messages.compactMap { message in if case .finished(let finished) = message { finished } else { nil } }.first
        )
        #expect(finished.kinds[.event]?.count == 2 && finished.kinds[.counter]?.count == 2)
        for producer in 0..<2 {
            let kinds = [Workload.Operation.event, .counter].compactMap { finished.kinds[$0]?[producer] }
            #expect(kinds.reduce(0) { $0 + $1.accepted } == finished.accepted[producer])
            #expect(kinds.reduce(0) { $0 + $1.attempted } == finished.attempted[producer])
        }
    }
}
