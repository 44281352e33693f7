import Measurement
import Testing

@testable import LoadEngine

struct ProducerTests {
    /// A system and its producer in one, which take as much time as a test says.
    final class Target: TelemetrySystem, TelemetryProducer, @unchecked Sendable {
        let description = SystemDescription(sdkName: "target", sdkVersion: "1", language: "swift")
        let clock: ManualClock
        let cost: @Sendable (UInt64) -> UInt64
        let accepts: @Sendable (UInt64) -> Bool
        var flushOutcome = FlushOutcome.success
        private(set) var sequences: [UInt64] = []
        private(set) var flushesAfter: [UInt64] = []

        init(
            clock: ManualClock,
            cost: @escaping @Sendable (UInt64) -> UInt64 = { _ in 0 },
            accepts: @escaping @Sendable (UInt64) -> Bool = { _ in true }
        ) {
            self.clock = clock
            self.cost = cost
            self.accepts = accepts
        }

        func makeProducer(_ context: ProducerContext) throws -> any TelemetryProducer { self }

        func perform(_ sequence: UInt64) -> Int {
            sequences.append(sequence)
            clock.advance(by: cost(sequence))
            return accepts(sequence) ? 1 : 0
        }

        func flush(timeoutNanoseconds: UInt64) -> FlushOutcome {
            flushesAfter.append(UInt64(sequences.count))
            clock.advance(by: 5000)
            return flushOutcome
        }

        func shutdown(timeoutNanoseconds: UInt64) -> FlushOutcome { .success }
        func counters() -> SystemCounters { SystemCounters() }
    }

    static func producer(
        of target: Target,
        _ phase: PlannedPhase,
        index: Int = 0,
        count: Int = 1,
        stop: StopFlag = StopFlag()
    ) -> Producer<ManualClock> {
        let plan = Plan(profile: "p", seed: 1, producers: count, workload: WorkloadMix(Workload()), phases: [phase])
        return Producer(
            index: index,
            plan: plan,
            targets: [target],
            system: target,
            flushTimeoutNanoseconds: 1,
            clock: target.clock,
            stop: stop
        )
    }

    static func constant(_ operations: UInt64, every: UInt64, flushEvery: UInt64? = nil) -> PlannedPhase {
        PlannedPhase(
            name: "main",
            schedule: .constant(events: 1, perNanoseconds: every, operations: operations, quantumNanoseconds: 0),
            durationNanoseconds: operations * every,
            flushEvery: flushEvery
        )
    }

    @Test func anIdleSystemIsOnTime() throws {
        let target = Target(clock: ManualClock(readingCost: 10), cost: { _ in 700 })
        let phase = Self.constant(100, every: 50_000)
        let producer = Self.producer(of: target, phase)
        let outcome = producer.run(0, from: 1_000_000)
        #expect(target.sequences == Array(0..<100))
        #expect(outcome.hasUnflushed)
        let lag = try #require(producer.recorder.latencies[0].lag).snapshot()
        #expect(lag.totalCount == 100)
        #expect(try #require(lag.max) <= 10)
        let service = producer.recorder.latencies[0].service.snapshot()
        #expect(service.min == 710 && service.max == 710)
        #expect(producer.recorder.accepted == 100)
        #expect(producer.recorder.rejected == 0)
    }

    /// A stall of S = 1 s in a run of T = 10 s at 1,000/s: the operations due meanwhile are late by up to S, and the
    /// q-quantile of the response time is S − (1 − q) · T above 1 − S/T, while service time shows one slow operation.
    @Test(arguments: [0.91, 0.95, 0.99])
    func aStallIsInTheResponseTimes(quantile: Double) throws {
        let target = Target(clock: ManualClock(readingCost: 10), cost: { $0 == 5000 ? 1_000_000_000 : 0 })
        let phase = Self.constant(10_000, every: 1_000_000)
        let producer = Self.producer(of: target, phase)
        _ = producer.run(0, from: 0)
        let response = try #require(producer.recorder.latencies[0].response).snapshot()
        let predicted = 1e9 - (1 - quantile) * 10e9
        let observed = Double(try #require(response.value(atPercentile: quantile * 100)))
        #expect(abs(observed - predicted) <= 2_000_000, "the distance of two operations, and a slot")
        #expect(try #require(response.value(atPercentile: 89)) < 1000)
        let service = producer.recorder.latencies[0].service.snapshot()
        #expect(try #require(service.value(atPercentile: 99.9)) < 1000)
        #expect(try #require(service.max) >= 1_000_000_000)
        let lag = try #require(producer.recorder.latencies[0].lag).snapshot()
        #expect(lag.totalCount == 10_000)
        #expect(try #require(lag.value(atPercentile: 95)) > 400_000_000)
    }

    @Test func responseIsLagAndService() throws {
        let target = Target(clock: ManualClock(readingCost: 1), cost: { $0 == 0 ? 1500 : 0 })
        let phase = PlannedPhase(
            name: "main",
            schedule: .burst(size: 2, everyNanoseconds: 1, operations: 2),
            durationNanoseconds: 0
        )
        let producer = Self.producer(of: target, phase)
        _ = producer.run(0, from: 0)
        // Operation 0: begins at 1, ends at 1502. Operation 1: begins at 1503, ends at 1504.
        #expect(producer.recorder.latencies[0].response?.snapshot() == HistogramSnapshot(recording: [1502, 1504]))
        #expect(producer.recorder.latencies[0].service.snapshot() == HistogramSnapshot(recording: [1501, 1]))
        #expect(producer.recorder.latencies[0].lag?.snapshot() == HistogramSnapshot(recording: [1, 1503]))
    }

    @Test func refusedOperationsAreCountedApart() {
        let target = Target(clock: ManualClock(readingCost: 10), accepts: { $0 % 3 != 0 })
        let phase = Self.constant(10, every: 100)
        let producer = Self.producer(of: target, phase)
        _ = producer.run(0, from: 0)
        #expect(producer.recorder.accepted == 6)
        #expect(producer.recorder.rejected == 4)
    }

    @Test func sequencesGoOnFromPhaseToPhase() {
        let target = Target(clock: ManualClock(readingCost: 10))
        let phase = Self.constant(5, every: 100)
        let producer = Self.producer(of: target, phase, index: 1, count: 2)
        _ = producer.run(0, from: 0)
        _ = producer.run(0, from: 10_000)
        #expect(target.sequences == [0, 1, 2, 3])
    }

    @Test func aProducerFlushesAfterSoManyOfItsOperations() {
        let target = Target(clock: ManualClock(readingCost: 10))
        target.flushOutcome = .timedOut
        let phase = Self.constant(25, every: 100, flushEvery: 10)
        let producer = Self.producer(of: target, phase)
        let outcome = producer.run(0, from: 0)
        #expect(target.flushesAfter == [10, 20])
        #expect(outcome.hasUnflushed)
        #expect(producer.recorder.flushLatency?.snapshot() == HistogramSnapshot(recording: [5010, 5010]))
        #expect(producer.recorder.failedFlushes.value == 2)
    }

    // MARK: - Missed operations

    static func limited(
        _ operations: UInt64,
        every: UInt64,
        catchUp: CatchUp = .unlimited,
        grace: UInt64
    ) -> PlannedPhase {
        PlannedPhase(
            name: "main",
            schedule: .constant(events: 1, perNanoseconds: every, operations: operations, quantumNanoseconds: 0),
            durationNanoseconds: operations * every,
            catchUp: catchUp,
            graceNanoseconds: grace
        )
    }

    /// 100 operations in 100 ms, each of which takes 2 ms: with 20 ms of grace, those that can begin before 120 ms do.
    @Test func whatCannotBeStartedInTimeIsMissed() throws {
        let target = Target(clock: ManualClock(readingCost: 1), cost: { _ in 2_000_000 })
        let phase = Self.limited(100, every: 1_000_000, grace: 20_000_000)
        let producer = Self.producer(of: target, phase)
        _ = producer.run(0, from: 0)
        let recorder = producer.recorder
        #expect(recorder.operations == 60 && recorder.missed.value == 40)
        #expect(target.sequences == Array(0..<60), "items are numbered without a gap")
        let latencies = recorder.latencies[0]
        #expect(latencies.service.snapshot().totalCount == 60)
        #expect(latencies.lag?.snapshot().totalCount == 60)
        // Given up at 120 ms, operation n was due at n ms: the response times end with 60 ms, …, 21 ms beside the others.
        let response = try #require(latencies.response).snapshot()
        #expect(response.totalCount == 100)
        let expected = HistogramSnapshot(
            recording: (0..<60).map { 2_000_000 + $0 * 1_000_000 } + (60..<100).map { 120_000_000 - $0 * 1_000_000 }
        )
        // Readings of the clock cost a few hundred nanoseconds in all, less than a slot.
        for percentile in stride(from: 5.0, through: 100, by: 5) {
            let (one, other) = (response.value(atPercentile: percentile), expected.value(atPercentile: percentile))
            #expect(abs(Double(try #require(one)) - Double(try #require(other))) <= 70_000)
        }
        // The last one was under way at the deadline.
        #expect(recorder.inFlight.value == 1)
    }

    @Test func whatIsUnderWayAtTheDeadlineIsCounted() {
        let target = Target(clock: ManualClock(readingCost: 1), cost: { _ in 3_000_000 })
        let phase = Self.limited(10, every: 1_000_000, grace: 0)
        let producer = Self.producer(of: target, phase)
        _ = producer.run(0, from: 0)
        #expect(producer.recorder.operations == 4 && producer.recorder.missed.value == 6)
        #expect(producer.recorder.inFlight.value == 1)
        let closed = Target(clock: ManualClock(readingCost: 1), cost: { _ in 300 })
        let loop = Self.producer(of: closed, Self.closed(duration: 1000))
        _ = loop.run(0, from: 0)
        #expect(loop.recorder.operations == 4 && loop.recorder.inFlight.value == 1 && loop.recorder.missed.value == 0)
    }

    /// A stall of 50 ms at 1,000/s: with `2x`, the 50 overdue operations and those due meanwhile come every half
    /// millisecond, so the backlog is gone after another 50 ms.
    @Test(arguments: [(CatchUp.multiple(thousandths: 2000), UInt64(50)), (.multiple(thousandths: 3000), 25)])
    func catchingUpIsBounded(catchUp: CatchUp, milliseconds: UInt64) throws {
        let clock = ManualClock(readingCost: 1)
        let target = Target(clock: clock, cost: { $0 == 100 ? 50_000_000 : 0 })
        let phase = Self.limited(1000, every: 1_000_000, catchUp: catchUp, grace: 1_000_000_000)
        let producer = Self.producer(of: target, phase)
        _ = producer.run(0, from: 0)
        #expect(producer.recorder.operations == 1000 && producer.recorder.missed.value == 0)
        let lag = try #require(producer.recorder.latencies[0].lag).snapshot()
        // Late are those due while it stalls and while the backlog shrinks.
        let late = UInt64(1000 * (1 - lag.share(below: 600_000)) + 0.5)
        #expect((50 + milliseconds - 3...50 + milliseconds + 3).contains(late))
        let unlimited = Target(clock: ManualClock(readingCost: 1), cost: { $0 == 100 ? 50_000_000 : 0 })
        let free = Self.producer(of: unlimited, Self.limited(1000, every: 1_000_000, grace: 0))
        _ = free.run(0, from: 0)
        let freeLag = try #require(free.recorder.latencies[0].lag).snapshot()
        #expect(UInt64(1000 * (1 - freeLag.share(below: 600_000)) + 0.5) <= 50)
    }

    @Test func theClosedModelThinks() {
        let target = Target(clock: ManualClock(readingCost: 1), cost: { _ in 1_000_000 })
        let phase = PlannedPhase(
            name: "main",
            schedule: .closed(operations: nil, durationNanoseconds: 100_000_000),
            durationNanoseconds: 100_000_000,
            thinkNanoseconds: 9_000_000
        )
        let producer = Self.producer(of: target, phase)
        _ = producer.run(0, from: 0)
        #expect(producer.recorder.operations == 10)
    }

    // MARK: - Closed model

    static func closed(
        operations: UInt64? = nil,
        duration: UInt64? = nil,
        timedEvery: UInt64 = 1,
        flushEvery: UInt64? = nil
    ) -> PlannedPhase {
        PlannedPhase(
            name: "main",
            schedule: .closed(operations: operations, durationNanoseconds: duration),
            durationNanoseconds: duration ?? 0,
            flushEvery: flushEvery,
            timedEvery: timedEvery
        )
    }

    @Test(arguments: [1, 2, 3, 16, 1000] as [UInt64])
    func theClosedModelIssuesItsCountExactly(timedEvery: UInt64) {
        let target = Target(clock: ManualClock(readingCost: 10), cost: { _ in 90 })
        let phase = Self.closed(operations: 101, timedEvery: timedEvery)
        let producer = Self.producer(of: target, phase)
        let outcome = producer.run(0, from: 500)
        #expect(target.sequences == Array(0..<101))
        #expect(producer.recorder.accepted == 101)
        #expect(producer.recorder.latencies[0].service.snapshot().totalCount == (101 + timedEvery - 1) / timedEvery)
        #expect(producer.recorder.latencies[0].service.snapshot().max == 100)
        #expect(producer.recorder.latencies[0].response == nil && producer.recorder.latencies[0].lag == nil)
        #expect(outcome.endNanoseconds >= 500 + 101 * 90)
    }

    @Test func theClosedModelEndsWithItsDuration() {
        let target = Target(clock: ManualClock(readingCost: 0), cost: { _ in 100 })
        let phase = Self.closed(duration: 10_000)
        let producer = Self.producer(of: target, phase)
        let outcome = producer.run(0, from: 0)
        #expect(target.sequences.count == 100)
        #expect(outcome.endNanoseconds == 10_000)
    }

    @Test func theClosedModelFlushesToo() {
        let target = Target(clock: ManualClock(readingCost: 10))
        let phase = Self.closed(operations: 20, timedEvery: 7, flushEvery: 5)
        let producer = Self.producer(of: target, phase)
        let outcome = producer.run(0, from: 0)
        #expect(target.flushesAfter == [5, 10, 15, 20])
        #expect(!outcome.hasUnflushed)
        #expect(producer.recorder.failedFlushes.value == 0)
    }

    @Test func aStopEndsBothModels() {
        for phase in [Self.closed(operations: 1000), Self.constant(1000, every: 10)] {
            let stop = StopFlag()
            let target = Target(
                clock: ManualClock(readingCost: 10),
                accepts: { sequence in
                    if sequence == 9 { stop.set() }
                    return true
                }
            )
            let producer = Self.producer(of: target, phase, stop: stop)
            _ = producer.run(0, from: 0)
            #expect(target.sequences.count == 10)
        }
    }
}

extension HistogramSnapshot {
    /// The share of values that are below a limit, to a thousandth.
    fileprivate func share(below limit: UInt64) -> Double {
        var (low, high) = (0, 1000)
        while low < high {
            let middle = (low + high + 1) / 2
            let isBelow = value(atPercentile: Double(middle) / 10).map { $0 < limit } ?? false
            if isBelow { low = middle } else { high = middle - 1 }
        }
        return Double(low) / 1000
    }
}
