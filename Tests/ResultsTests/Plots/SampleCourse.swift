@testable import Results

/// Results with a course, from round numbers.
enum SampleCourse {
    /// Ten seconds at 1,000 operations a second after two of warm-up, each second a window; the last is 4 ms short of it.
    static func timeline(scale: Double = 1, floorStep: UInt64 = 0, seconds: Int = 10) -> Timeline {
        let warmUp = (0..<2).map { point(Double($0), "warm-up", 500, scale, 1_000_000) }
        var main = (0..<seconds).map { second in
            point(2 + Double(second), "main", 1_000, scale, 1_000_000 + UInt64(second) * floorStep)
        }
        var rest = TimelinePoint(startSeconds: 2 + Double(seconds), lengthSeconds: 0.004, phase: "main")
        rest.delivered = 100
        main.append(rest)
        return Timeline(points: warmUp + main)
    }

    private static func point(
        _ start: Double,
        _ phase: String,
        _ operations: UInt64,
        _ scale: Double,
        _ floor: UInt64
    ) -> TimelinePoint {
        var point = TimelinePoint(startSeconds: start, lengthSeconds: 1, phase: phase)
        point.plannedOperations = Double(operations)
        point.operations = UInt64(Double(operations) * scale)
        point.accepted = point.operations
        point.delivered = point.operations - min(point.operations, 10)
        point.response = .init(p50Nanoseconds: 400, p99Nanoseconds: 9_000)
        point.service = .init(p50Nanoseconds: UInt64(200 * scale), p99Nanoseconds: UInt64(2_000 * scale))
        point.lag = .init(p50Nanoseconds: 10, p99Nanoseconds: 5_000)
        point.queuedItems = 250
        point.queuedBytes = 12_500
        point.rssBytes = .init(min: 12_000_000, max: 13_000_000, last: 12_500_000)
        point.bytesInUse = .init(min: floor, max: 2 * floor, last: floor + 100_000)
        point.drainedBytesInUse = floor
        point.cpuSeconds = 0.05
        return point
    }

    /// A sustained run with that course.
    static func run(repetitions: Int = 1, scales: [Double] = [1], floorStep: UInt64 = 0) throws -> RunResult {
        var result = try SampleResult.sustained()
        result.repetitions = (0..<repetitions).map { index in
            var warmUp = SampleResult.warmUp
            warmUp.startSeconds = 0
            var main = SampleResult.main()
            main.startSeconds = 2
            var repetition = SampleResult.repetition(index: index, phases: [warmUp, main])
            repetition.timeline = timeline(scale: scales[index % scales.count], floorStep: floorStep)
            return repetition
        }
        result.judge(by: try Gate.gates(ofProfile: "sustained", thresholds: SampleResult.thresholds))
        return result
    }
}
