import HarnessCore
import Testing

@testable import LoadEngine

/// What holds for every plan, tried on many random ones.
struct PlanPropertyTests {
    /// The intended starts of a producer in a phase, from the start of the phase.
    static func starts(_ plan: Plan, _ producer: Int, _ phase: Int) -> [UInt64] {
        let place = plan.place(ofProducer: producer)
        let shift = plan.scenarios[place.scenario].shift(ofRank: place.rank)
        var arrivals = plan.arrivals(ofProducer: producer, inPhase: phase)
        var starts: [UInt64] = []
        while let start = arrivals?.next() { starts.append(shift + start) }
        return starts
    }

    /// How many of some ascending starts are before a moment, by bisection.
    private static func count(of starts: [UInt64], before moment: UInt64) -> UInt64 {
        var (low, high) = (0, starts.count)
        while low < high {
            let middle = (low + high) / 2
            if starts[middle] < moment { low = middle + 1 } else { high = middle }
        }
        return UInt64(low)
    }

    @Test("Starts are in order, within the phase, and as many as planned", arguments: 0..<25)
    func totalsAreExact(seed: UInt64) throws {
        var profile = RandomProfile(seed: seed)
        let plan = try profile.plan()
        for (index, phase) in plan.phases.enumerated() {
            var total: UInt64 = 0
            for producer in 0..<plan.producers {
                let starts = Self.starts(plan, producer, index)
                #expect(zip(starts, starts.dropFirst()).allSatisfy { $0 <= $1 })
                #expect((starts.last ?? 0) < phase.durationNanoseconds)
                #expect(UInt64(starts.count) == plan.operations(ofProducer: producer, inPhase: index))
                total += UInt64(starts.count)
            }
            #expect(total == phase.operations && total == plan.operations(inPhase: index))
        }
    }

    @Test("What was planned before a moment is what stepping counts until then", arguments: 0..<25)
    func theClosedFormIsStepping(seed: UInt64) throws {
        var profile = RandomProfile(seed: 1000 + seed)
        let plan = try profile.plan()
        var random = SplitMix64(seed: seed)
        for (index, phase) in plan.phases.enumerated() where phase.arrivals == .uniform {
            let starts = (0..<plan.producers).map { Self.starts(plan, $0, index) }
            let end = phase.durationNanoseconds
            // Starts themselves and their neighbours are the edges.
            let edges = starts.joined().shuffled(using: &random).prefix(20).flatMap { [$0, $0 + 1] }
            let moments = [0, 1, end, .max] + edges + (0..<20).map { _ in UInt64.random(in: 0...end, using: &random) }
            for moment in moments {
                let counts = starts.map { Self.count(of: $0, before: moment) }
                for producer in 0..<plan.producers {
                    let planned = plan.operations(ofProducer: producer, inPhase: index, before: moment)
                    if planned != counts[producer] {
                        Issue.record("\(phase.name), producer \(producer), \(moment): \(String(describing: planned))")
                    }
                }
                #expect(plan.operations(inPhase: index, before: moment) == counts.reduce(0, +))
                let scenarios = plan.scenarios.indices.map {
                    plan.operations(ofScenario: $0, inPhase: index, before: moment) ?? 0
                }
                #expect(scenarios.reduce(0, +) == counts.reduce(0, +))
            }
        }
    }

    @Test("Shards have each producer once, keep the hash, and add up to the whole", arguments: 0..<20)
    func shardsPartitionThePlan(seed: UInt64) throws {
        var profile = RandomProfile(seed: 2000 + seed)
        let plan = try profile.plan()
        for count in 1...plan.producers {
            let shards = try (1...count).map { try #require(plan.shard($0, of: count)) }
            #expect(shards.flatMap(\.ownProducers).sorted() == Array(0..<plan.producers))
            #expect(shards.allSatisfy { $0.hash == plan.hash })
            for (index, phase) in plan.phases.enumerated() {
                let middle = phase.durationNanoseconds / 2
                for moment in [middle, .max] {
                    let parts = shards.map { $0.operations(inPhase: index, before: moment) ?? 0 }
                    #expect(parts.reduce(0, +) == plan.operations(inPhase: index, before: moment))
                }
            }
        }
        #expect(plan.shard(0, of: 1) == nil && plan.shard(2, of: 1) == nil)
        #expect(plan.shard(1, of: plan.producers + 1) == nil, "a part without a producer")
    }

    @Test("A plan comes back from JSON as it was, and is the same each time", arguments: 0..<20)
    func plansComeBackFromJSON(seed: UInt64) throws {
        var (one, other) = (RandomProfile(seed: 3000 + seed), RandomProfile(seed: 3000 + seed))
        let plan = try one.plan()
        let read = try WorkerProtocol.message(Plan.self, from: try WorkerProtocol.line(plan))
        #expect(read == plan && read.hash == plan.hash)
        #expect(try other.plan() == plan)
        let shard = try #require(plan.shard(1, of: plan.producers))
        #expect(try WorkerProtocol.message(Plan.self, from: try WorkerProtocol.line(shard)) == shard)
        for index in plan.phases.indices {
            #expect(Self.starts(plan, 0, index) == Self.starts(read, 0, index))
        }
    }

    /// In each 100 of the shared operations 90 are events, and nowhere is an event more than one operation early or late.
    @Test func weightsShareEveryStretchOfARate() throws {
        let profile = #"""
            {"name": "p", "phases": [{"name": "main", "shape": "constant", "rate": "1000/s", "duration": "3s"}],
             "scenarios": [{"name": "events", "weight": 90, "producers": 2}, {"name": "logs", "weight": 10}]}
            """#
        let plan = try ProfileDocument(parsing: profile, source: "p").profile().makePlan()
        #expect(plan.operations(ofScenario: 0, inPhase: 0) == 2700)
        for milliseconds in 0...3000 as ClosedRange<UInt64> {
            let events = try #require(plan.operations(ofScenario: 0, inPhase: 0, before: milliseconds * 1_000_000))
            if abs(Double(events) - 0.9 * Double(milliseconds)) > 1 {
                Issue.record("\(events) after \(milliseconds) ms")
            }
        }
    }
}
