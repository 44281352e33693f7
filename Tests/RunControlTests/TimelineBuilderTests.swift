import LoadEngine
import Measurement
import Platform
import Results
import TestSupport
import Testing

@testable import RunControl

/// Timelines from intervals: live, and from the log of a run that was killed.
struct TimelineBuilderTests {
    static func plan(_ phases: String) throws -> Plan {
        try ProfileDocument(parsing: #"{"name": "p", "phases": [\#(phases)]}"#, source: "p").profile().makePlan()
    }

    static let constant = #"{"name": "main", "shape": "constant", "rate": "100/s", "duration": "1h"}"#
    private static let second: UInt64 = 1_000_000_000

    /// The interval that ends after so many seconds of a phase, with figures that tell it from the others.
    static func interval(_ end: Double, phase: Int = 0, operations: UInt64 = 100) -> RunLogRecord.Interval {
        let whole = UInt64(end.rounded(.up))
        var counts = WorkerMessage.Interval(
            phase: phase,
            elapsedNanoseconds: UInt64(end * 1e9),
            operations: operations,
            attempted: operations * 2,
            accepted: operations * 2 - 1,
            rejected: 1,
            missed: 3,
            service: HistogramSnapshot(recording: [100, 100, 200 + whole])
        )
        counts.bytesInUse = 1_000 + whole
        counts.drainedBytesInUse = whole % 10 == 0 ? 900 + whole : nil
        (counts.queuedItems, counts.queuedBytes) = (whole, whole * 100)
        return RunLogRecord.Interval(
            repetition: 0,
            counts: counts,
            delivered: whole * 150,
            residentBytes: 5_000 + whole,
            residentExtent: TimelinePoint.Extent(min: 4_000, max: 6_000 + whole, last: 5_000 + whole),
            cpuNanoseconds: 500_000_000 + whole * 10_000_000
        )
    }

    @Test("Freshness is of what arrived in the window, and absent where nothing did")
    func freshness() throws {
        var builder = TimelineBuilder(plan: try Self.plan(Self.constant), repetitionStart: 0)
        builder.begin(phase: 0, start: 0, cpuNanoseconds: nil)
        var first = Self.interval(1)
        first.freshness = HistogramSnapshot(recording: [100, 100, 200])
        builder.add(first)
        builder.add(Self.interval(2))
        let points = try #require(builder.timeline).points
        #expect(points.map(\.freshness) == [.init(p50Nanoseconds: 101, p99Nanoseconds: 203), nil])
    }

    @Test func whatArrivesWithIDsIsNotAllThatArrives() throws {
        var builder = TimelineBuilder(plan: try Self.plan(Self.constant), repetitionStart: 0, capacity: 2)
        builder.begin(phase: 0, start: 0, cpuNanoseconds: nil)
        for end in 1...4 {
            var interval = Self.interval(Double(end))
            (interval.delivered, interval.deliveredWithIDs) = (nil, UInt64(10 * end * end))
            builder.add(interval)
        }
        let points = try #require(builder.timeline).points
        #expect(points.map(\.deliveredWithIDs) == [40, 120] && points.allSatisfy { $0.delivered == nil })
    }

    @Test func aWindowHasWhatItsIntervalSays() throws {
        var builder = TimelineBuilder(plan: try Self.plan(Self.constant), repetitionStart: 7 * Self.second)
        builder.begin(phase: 0, start: 9 * Self.second, cpuNanoseconds: 500_000_000)
        builder.add(Self.interval(1))
        builder.add(Self.interval(2))
        let points = try #require(builder.timeline).points
        try #require(points.count == 2)
        #expect(points.map(\.startSeconds) == [2, 3])
        #expect(points.map(\.lengthSeconds) == [1, 1])
        #expect(points.map(\.phase) == ["main", "main"])
        #expect(points.map(\.plannedOperations) == [100, 100])
        #expect(points[1].operations == 100 && points[1].accepted == 199 && points[1].rejected == 1)
        #expect(points[1].missed == 3 && points[1].delivered == 150)
        #expect(points[1].service == TimelinePoint.Percentiles(p50Nanoseconds: 101, p99Nanoseconds: 203))
        #expect(points[1].response == nil && points[1].flush == nil)
        #expect(points[1].queuedItems == 2 && points[1].queuedBytes == 200)
        #expect(points[1].rssBytes == TimelinePoint.Extent(min: 4_000, max: 6_002, last: 5_002))
        #expect(points[1].bytesInUse == TimelinePoint.Extent(min: 1_002, max: 1_002, last: 1_002))
        #expect(points[1].drainedBytesInUse == nil)
        #expect(points.map(\.cpuSeconds) == [0.01, 0.01])
    }

    @Test("A long run merges its windows, never across phases, and loses nothing", arguments: [5, 400, 3_600])
    func windowsMerge(seconds: Int) throws {
        let plan = try Self.plan(Self.constant + #", {"name": "rest", "shape": "idle", "duration": "1h"}"#)
        var builder = TimelineBuilder(plan: plan, repetitionStart: 0)
        for phase in 0..<2 {
            builder.begin(phase: phase, start: UInt64(phase) * 4_000 * Self.second, cpuNanoseconds: 500_000_000)
            for second in 1...seconds { builder.add(Self.interval(Double(second), phase: phase)) }
        }
        let points = try #require(builder.timeline).points
        #expect(points.count <= 360 && points.count >= min(2 * seconds, 180))
        for name in ["main", "rest"] {
            let own = points.filter { $0.phase == name }
            #expect(own.reduce(0) { $0 + $1.operations } == UInt64(100 * seconds))
            #expect(own.reduce(0) { $0 + ($1.delivered ?? 0) } == UInt64(150 * seconds))
            #expect(own.reduce(0) { $0 + $1.lengthSeconds }.rounded() == Double(seconds))
            #expect(abs(own.reduce(0) { $0 + ($1.cpuSeconds ?? 0) } - 0.01 * Double(seconds)) < 1e-6)
            #expect(own.last?.bytesInUse?.last == UInt64(1_000 + seconds))
            #expect(own.compactMap(\.rssBytes?.max).max() == UInt64(6_000 + seconds))
            #expect(own.compactMap(\.drainedBytesInUse).min() == (seconds < 10 ? nil : 910))
            #expect(own.map(\.plannedOperations).allSatisfy { ($0 == nil) == (name == "rest") })
            for (one, next) in zip(own, own.dropFirst()) {
                #expect((one.startSeconds + one.lengthSeconds - next.startSeconds).magnitude < 1e-6)
            }
            // All but the last window of a phase are equally long.
            #expect(Set(own.dropLast().map { $0.lengthSeconds.rounded() }).count <= 1)
        }
    }

    @Test func theRestOfAPhaseIsNoWindowOfItsOwn() throws {
        var builder = TimelineBuilder(plan: try Self.plan(Self.constant), repetitionStart: 0)
        builder.begin(phase: 0, start: 0, cpuNanoseconds: nil)
        builder.add(Self.interval(1))
        builder.add(Self.interval(1.05, operations: 1))
        let points = try #require(builder.timeline).points
        try #require(points.count == 1)
        #expect(points[0].lengthSeconds == 1.05 && points[0].operations == 101)
        // Nobody knows the processor time before the first interval.
        #expect(points[0].cpuSeconds == nil)
    }

    @Test func morePhasesThanWindowsAreKeptApart() throws {
        let phases = (0..<8).map { #"{"name": "p\#($0)", "shape": "idle", "duration": "1s"}"# }
        var builder = TimelineBuilder(
            plan: try Self.plan(phases.joined(separator: ",")),
            repetitionStart: 0,
            capacity: 4
        )
        for phase in 0..<8 {
            builder.begin(phase: phase, start: UInt64(phase) * Self.second, cpuNanoseconds: nil)
            for quarter in 1...4 { builder.add(Self.interval(Double(quarter) / 4, phase: phase)) }
        }
        #expect(builder.timeline?.points.map(\.phase) == (0..<8).map { "p\($0)" })
    }

    @Test func theLogOfAKilledRunHasTheSameTimeline() throws {
        let folder = try TemporaryDirectory()
        let profile = try ProfileDocument(
            parsing:
                #"{"name": "p", "phases": [\#(Self.constant), {"name": "more", "shape": "max", "duration": "9s"}]}"#,
            source: "p"
        ).profile()
        let plan = try profile.makePlan()
        let start = MonotonicClock.now()
        let log = try RunLog(stem: folder.path("p"))
        log.begin(RunLogSamples.header(plan))
        log.begin(RunLogSamples.repetition(start: start))
        var builder = TimelineBuilder(plan: plan, repetitionStart: start)
        for phase in 0..<2 {
            let begins = start + UInt64(phase) * 10 * Self.second
            builder.begin(phase: phase, start: begins, cpuNanoseconds: 500_000_000)
            log.begin(phase: phase, named: "x", repetition: 0, start: begins, cpuNanoseconds: 500_000_000)
            for second in 1...9 {
                let interval = Self.interval(Double(second), phase: phase)
                builder.add(interval)
                log.add(interval)
            }
            if phase == 0 { log.end(RunLogSamples.phaseEnd(phase)) }
        }
        let rebuilt = try RunRecovery.result(from: log.path)
        let timeline = try #require(rebuilt.repetitions.first?.timeline)
        #expect(timeline.points.count == 18)
        #expect(timeline == builder.timeline)
    }
}
