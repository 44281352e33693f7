import HarnessCore
import Measurement
import TestSupport
import Testing

@testable import Results

/// Trends of synthetic repetitions whose truth is known.
struct RunCourseTests {
    /// A repetition of one loaded phase in windows of 10 s, each with a flush.
    ///
    /// The floor of its heap grows by `leak` bytes a second, and wanders by up to 4 kB anyway.
    static func repetition(
        seconds: Double,
        leak: Double = 0,
        change: (inout TimelinePoint, Double) -> Void = { _, _ in }
    ) throws -> Repetition {
        var generator = SplitMix64(seed: 5)
        let count = Int(seconds / 10)
        let points = (0..<count).map { index in
            let start = Double(index) * 10
            var point = TimelinePoint(startSeconds: 7 + start, lengthSeconds: 10, phase: "main")
            (point.operations, point.accepted) = (160_000, 200_000)
            point.drainedBytesInUse = UInt64(1_000_000 + start * leak) + generator.next() % 4_096
            point.bytesInUse = TimelinePoint.Extent(min: 1_000_000, max: 3_000_000, last: 2_000_000)
            point.rssBytes = TimelinePoint.Extent(min: 20_000_000, max: 30_000_000, last: 25_000_000)
            change(&point, start)
            return point
        }
        let sample = try #require(SampleResult.sustained().repetitions.first)
        var phase = try #require(sample.reportedPhases.first)
        (phase.name, phase.startSeconds, phase.durationSeconds) = ("main", 7, Double(count) * 10)
        phase.completionSeconds = nil
        var repetition = Repetition(index: 0, phases: [phase])
        repetition.timeline = Timeline(points: points)
        return repetition
    }

    static func reading(_ name: String, _ repetition: Repetition) throws -> MetricReading {
        let metric = try #require(MetricCatalogue.metric(named: name))
        let extract = try #require(metric.extractFromRepetition)
        return extract(repetition)
    }

    private static func reason(_ name: String, _ repetition: Repetition) throws -> String {
        guard case .notApplicable(let reason) = try reading(name, repetition) else { return "" }
        return reason
    }

    // MARK: - The floor of the heap

    @Test("What does not leak does not grow for certain", arguments: [300, 1_800, 86_400.0])
    func aFlatFloor(seconds: Double) throws {
        let low = try #require(try Self.reading("heap_growth_low_per_h", Self.repetition(seconds: seconds)).value)
        #expect(low <= 0)
    }

    /// One event of 512 bytes in 10,000 at 20,000 a second: 1,024 bytes a second, 3.7 MB an hour.
    @Test("A leak shows within 2 % of its rate", arguments: [300, 1_800.0])
    func aLeak(seconds: Double) throws {
        let repetition = try Self.repetition(seconds: seconds, leak: 1_024)
        let slope = try #require(try Self.reading("heap_growth_per_h", repetition).value)
        #expect((slope / 3_686_400 - 1).magnitude < 0.02, "\(slope)")
        let low = try #require(try Self.reading("heap_growth_low_per_h", repetition).value)
        #expect(low > 3_500_000 && low < slope)
    }

    @Test func whatWarmsUpIsNoLeak() throws {
        let repetition = try Self.repetition(seconds: 600) { point, start in
            point.drainedBytesInUse = start < 200 ? UInt64(start) * 100_000 : 20_000_000
        }
        #expect(try Self.reading("heap_growth_per_h", repetition).value == 0)
    }

    @Test func tooFewFlushesGiveNoSlope() throws {
        let reason = try Self.reason("heap_growth_low_per_h", Self.repetition(seconds: 120))
        #expect(reason.contains("needs 10 readings after flushes") && reason.contains("there are 8"), "\(reason)")
        let unflushed = try Self.repetition(seconds: 1_800) { point, _ in point.drainedBytesInUse = nil }
        #expect(try Self.reason("heap_growth_per_h", unflushed).contains("there are 0"))
    }

    @Test func withoutATimelineThereIsNoTrend() throws {
        var repetition = try Self.repetition(seconds: 300)
        repetition.timeline = nil
        #expect(try Self.reading("heap_growth_per_h", repetition) == .absent("the result has no timeline"))
    }

    // MARK: - Resident memory

    @Test(
        "The last third is compared with the middle one, and 4 MiB are nothing",
        arguments: [
            (30_000_000, 0), (34_194_304, 0), (34_200_000, 14), (33_000_000, 0), (29_000_000, -3.3333),
        ] as [(UInt64, Double)]
    )
    func plateau(last: UInt64, percent: Double) throws {
        let repetition = try Self.repetition(seconds: 900) { point, start in
            if start >= 700 { point.rssBytes = TimelinePoint.Extent(min: 1, max: start < 710 ? last : 2, last: 2) }
            if start >= 600, start < 700 { point.rssBytes = TimelinePoint.Extent(min: 1, max: 2, last: 2) }
        }
        let value = try #require(try Self.reading("rss_plateau_growth_percent", repetition).value)
        #expect((value - percent).magnitude < 0.01, "\(value)")
    }

    // MARK: - Throughput

    @Test func throughputIsThatOfTheLastFifth() throws {
        let repetition = try Self.repetition(seconds: 500) { point, start in
            if start >= 400 { point.accepted = 150_000 }
        }
        #expect(try Self.reading("throughput_kept_percent", repetition).value == 75)
    }

    @Test func aShortRunHasNoCourse() throws {
        let short = try Self.repetition(seconds: 10)
        #expect(try Self.reason("throughput_kept_percent", short).contains("the run lasted 10.0 s, and before 20.0 s"))
        #expect(try Self.reason("rss_plateau_growth_percent", short).contains("before 60.0 s"))
    }

    // MARK: - Faults

    @Test func faultsAreLeftOut() throws {
        // From 300 to 420 seconds of the phase everything is different.
        var repetition = try Self.repetition(seconds: 600) { point, start in
            guard (300..<420).contains(start) || start >= 560 else { return }
            point.drainedBytesInUse = 50_000_000
            point.rssBytes = TimelinePoint.Extent(min: 1, max: 90_000_000, last: 2)
            point.accepted = 0
        }
        #expect(try Self.reading("throughput_kept_percent", repetition).value ?? 100 < 90)
        var report = FaultReport()
        report.faults = try ["status=503,at=5m,for=2m", "refuse,at=560s", "status=500,next=3,at=1s", "delay=1ms"]
            .enumerated().map { index, text in
                let fault = try #require(try Fault.list(parsing: text).first)
                return FaultReport.Entry(id: index, fault: fault, state: .over, seen: 1, struck: 1)
            }
        repetition.faults = report
        #expect(repetition.faultSpans.map(\.seconds) == [307...427, 567...607])
        #expect(try Self.reading("throughput_kept_percent", repetition).value == 100)
        let low = try Self.reading("heap_growth_low_per_h", repetition).value
        #expect(low.map { $0 <= 0 } == true)
        #expect(try Self.reading("rss_plateau_growth_percent", repetition).value == 0)
    }

    @Test func aFaultOfAPhaseCountsFromItsStart() throws {
        var repetition = try Self.repetition(seconds: 100)
        var entry = FaultReport.Entry(
            id: 1,
            fault: try #require(try Fault.list(parsing: "close,at=10s,for=20s").first),
            state: .over,
            seen: 0,
            struck: 0
        )
        var other = try #require(repetition.phases.first)
        (other.name, other.startSeconds) = ("later", 200)
        repetition.phases.append(other)
        entry.phase = "later"
        repetition.faults = FaultReport()
        repetition.faults?.faults = [entry]
        #expect(repetition.faultSpans == [FaultSpan(fault: "close,at=10s,for=20s", seconds: 210...230)])
    }

    // MARK: - Verdicts

    @Test("A run that is too short for a limit that counts has no verdict, and a leaking one fails")
    func verdicts() throws {
        func verdict(_ repetition: Repetition, level: GateLevel = .error) throws -> RunVerdict {
            var result = try SampleResult.sustained()
            result.repetitions = [repetition]
            var gates = try Gate.gates(
                ofProfile: "sustained",
                thresholds: [("heap_growth_low_per_h", "<= 500kB/h"), ("attempted", "> 0")]
            )
            gates[0].level = level
            result.judge(by: gates)
            return result.verdict
        }
        #expect(try verdict(Self.repetition(seconds: 300)) == .pass)
        #expect(try verdict(Self.repetition(seconds: 300, leak: 1_024)) == .fail)
        #expect(try verdict(Self.repetition(seconds: 60)) == .noVerdict)
        #expect(try verdict(Self.repetition(seconds: 60), level: .warn) == .pass)
    }
}
