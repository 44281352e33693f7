import HarnessCore
import Measurement

extension MetricCatalogue {
    /// How a repetition went from its beginning to its end: what soaks are judged by.
    static let course: [Metric] = [
        Metric(
            "heap_growth_per_h",
            .bytesPerHour,
            takesWorst: true,
            ofRepetitions: "slope of the bytes in use just after flushes, from the second third on"
        ) { slope($0) { $0.slope } },
        Metric(
            "heap_growth_low_per_h",
            .bytesPerHour,
            takesWorst: true,
            ofRepetitions: "the same at the low end of its 99 % interval: so fast the heap grows for certain"
        ) { slope($0) { $0.interval?.lower } },
        Metric(
            "rss_plateau_growth_percent",
            .percent,
            takesWorst: true,
            ofRepetitions: "the most that was resident in the last third over that in the middle one, from 4 MiB on"
        ) { repetition in
            course(repetition) { course in
                course.plateauGrowthPercent.map { .value($0, samples: nil) }
                    ?? .notApplicable(
                        tooShort(course, RunCourse.shortestPlateauSeconds, "resident memory is still warming up")
                    )
            }
        },
        Metric(
            "throughput_kept_percent",
            .percent,
            .higherIsBetter,
            takesWorst: true,
            ofRepetitions: "items accepted a second in the last fifth of the run, in percent of the first"
        ) { repetition in
            course(repetition) { course in
                course.throughputKeptPercent.map { .value($0, samples: nil) }
                    ?? .notApplicable(
                        tooShort(course, RunCourse.shortestThroughputSeconds, "there are no fifths to compare")
                    )
            }
        },
    ]

    private static func slope(_ repetition: Repetition, _ figure: (TheilSen) -> Double?) -> MetricReading {
        course(repetition) { course in
            let floor = course.floor
            guard let line = course.floorLine, let value = figure(line) else {
                return .notApplicable(
                    "a slope of the heap needs \(RunCourse.leastFloorReadings) readings after flushes in the last two "
                        + "thirds of the run, undisturbed by faults, and there are \(floor.count): run longer, or flush "
                        + "more often"
                )
            }
            return .value(value * 3_600, samples: UInt64(floor.count))
        }
    }

    private static func course(_ repetition: Repetition, _ reading: (RunCourse) -> MetricReading) -> MetricReading {
        guard repetition.timeline != nil else { return .absent("the result has no timeline") }
        guard let course = RunCourse(repetition) else { return .absent("no reported phase issues operations") }
        return reading(course)
    }

    private static func tooShort(_ course: RunCourse, _ needed: Double, _ consequence: String) -> String {
        let text = { (seconds: Double) in Quantity.format(durationNanoseconds: seconds * 1e9) }
        return course.lengthSeconds < needed
            ? "the run lasted \(text(course.lengthSeconds)), and before \(text(needed)) \(consequence)"
            : "faults left nothing to compare, or nobody measured it"
    }
}
