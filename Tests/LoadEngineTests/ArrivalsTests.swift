import HarnessCore
import Testing

@testable import LoadEngine

struct ArrivalsTests {
    /// Rates as reduced fractions: whole, fractional, faster than the clock's grid, slower than one a second.
    static let rates: [(events: UInt64, perNanoseconds: UInt64)] = [
        (1, 1_000_000), (1, 3_000_000), (7, 13), (999_999_937, 1_000_000_000), (1, 86_400_000_000_000), (1, 1),
        (1000, 3_000_000_000), (123_456_789_123_456_789, 1_000_000_000_000_000_000),
    ]

    @Test(arguments: rates, [1, 2, 3, 10, 64])
    func stepsAreTheClosedForm(rate: (events: UInt64, perNanoseconds: UInt64), producers: Int) {
        let operations: UInt64 = 1009
        let schedule = Schedule.constant(
            events: rate.events,
            perNanoseconds: rate.perNanoseconds,
            operations: operations,
            quantumNanoseconds: 0
        )
        var seen: UInt64 = 0
        for producer in 0..<producers {
            var arrivals = ConstantArrivals(
                events: rate.events,
                perNanoseconds: rate.perNanoseconds,
                operations: operations,
                quantumNanoseconds: 0,
                producer: producer,
                of: producers
            )
            var operation = UInt64(producer)
            while let start = arrivals.next() {
                // ⌊n · per / events⌋ in 128 bits, written down a second time.
                let exact = UInt128(operation) * UInt128(rate.perNanoseconds) / UInt128(rate.events)
                if UInt128(start) != exact || schedule.intendedStart(of: operation) != start {
                    Issue.record("operation \(operation) starts at \(start) instead of \(exact)")
                }
                operation += UInt64(producers)
                seen += 1
            }
            #expect(arrivals.next() == nil)
        }
        #expect(seen == operations)
    }

    /// 1,000 operations in 3 s: operation n starts at exactly n · 3 ms, also the thousand millionth.
    @Test func thereIsNoDriftAfterAThousandMillionOperations() {
        let schedule = Schedule.constant(
            events: 1,
            perNanoseconds: 3_000_000,
            operations: 2_000_000_000,
            quantumNanoseconds: 0
        )
        #expect(schedule.intendedStart(of: 1_000_000_000) == 3_000_000_000_000_000)
        // 7 operations every 13 ns, stepped by one of 100,000 producers to operation 10^9 + 7.
        var arrivals = ConstantArrivals(
            events: 7,
            perNanoseconds: 13,
            operations: 1_000_000_008,
            quantumNanoseconds: 0,
            producer: 7,
            of: 100_000
        )
        var last: UInt64 = 0
        var count = 0
        while let start = arrivals.next() { (last, count) = (start, count + 1) }
        #expect(count == 10_001)
        #expect(last == 1_000_000_007 * 13 / 7)
    }

    /// At 3 million a second the distance is 333.3… ns; a distance cut to whole nanoseconds would be 0.1 % too fast.
    @Test func fractionalDistancesAreExact() {
        let schedule = Schedule.constant(events: 3, perNanoseconds: 1000, operations: 9, quantumNanoseconds: 0)
        #expect((0..<9).map { schedule.intendedStart(of: $0) } == [0, 333, 666, 1000, 1333, 1666, 2000, 2333, 2666])
    }

    @Test(arguments: [1, 2, 3, 7, 100, 250])
    func burstsArePartitionedExactly(producers: Int) {
        let schedule = Schedule.burst(size: 100, everyNanoseconds: 1_000_003, operations: 1050)
        var starts: [UInt64: [UInt64]] = [:]
        for producer in 0..<producers {
            var arrivals = BurstArrivals(
                size: 100,
                everyNanoseconds: 1_000_003,
                operations: 1050,
                producer: producer,
                of: producers
            )
            var operation = UInt64(producer)
            var count: UInt64 = 0
            while let start = arrivals.next() {
                if schedule.intendedStart(of: operation) != start { Issue.record("operation \(operation) at \(start)") }
                starts[start, default: []].append(operation)
                operation += UInt64(producers)
                count += 1
            }
            #expect(OperationShare(rank: producer, of: producers).count(below: 1050) == count)
        }
        #expect(starts.count == 11)
        for burst in 0..<11 as Range<UInt64> {
            #expect(starts[burst * 1_000_003]?.count == (burst == 10 ? 50 : 100))
        }
        #expect(Set(starts.values.joined()).count == 1050)
    }

    /// In quanta no operation starts early by a quantum or more, none late, and none before its predecessor.
    @Test func quantaRoundDown() {
        let (events, per, quantum): (UInt64, UInt64, UInt64) = (100_003, 1_000_000_000, 1_000_000)
        let exact = Schedule.constant(events: events, perNanoseconds: per, operations: 5000, quantumNanoseconds: 0)
        let rounded = Schedule.constant(
            events: events,
            perNanoseconds: per,
            operations: 5000,
            quantumNanoseconds: quantum
        )
        for producer in 0..<3 {
            var arrivals = ConstantArrivals(
                events: events,
                perNanoseconds: per,
                operations: 5000,
                quantumNanoseconds: quantum,
                producer: producer,
                of: 3
            )
            var operation = UInt64(producer)
            while let start = arrivals.next() {
                let own = exact.intendedStart(of: operation) ?? 0
                let isRight =
                    rounded.intendedStart(of: operation) == start && start % quantum == 0 && start <= own
                    && own - start < quantum
                if !isRight { Issue.record("operation \(operation) starts at \(start), and exactly at \(own)") }
                operation += 3
            }
        }
    }

    /// Seeded random schedules: the shares add up, and starts never go back.
    @Test func randomSchedulesArePartitionedExactly() {
        var generator = SplitMix64(seed: 42)
        for _ in 0..<300 {
            let producers = Int(generator.next() % 17) + 1
            let operations = generator.next() % 500
            let per = generator.next() % 1_000_000 + 1
            let schedule = Schedule.constant(
                events: generator.next() % per + 1,
                perNanoseconds: per,
                operations: operations,
                quantumNanoseconds: 0
            )
            guard case .constant(let events, _, _, _) = schedule else { return }
            var total: UInt64 = 0
            for producer in 0..<producers {
                var arrivals = ConstantArrivals(
                    events: events,
                    perNanoseconds: per,
                    operations: operations,
                    quantumNanoseconds: 0,
                    producer: producer,
                    of: producers
                )
                var previous: UInt64 = 0
                while let start = arrivals.next() {
                    if start < previous { Issue.record("\(start) comes after \(previous)") }
                    previous = start
                    total += 1
                }
            }
            #expect(total == operations)
            let shares = (0..<producers).map { OperationShare(rank: $0, of: producers).count(below: operations) }
            #expect(shares.reduce(0, +) == operations)
            #expect((shares.max() ?? 0) - (shares.min() ?? 0) <= 1)
        }
    }
}
