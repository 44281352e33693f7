/// A series of measurements over time in a bounded number of points.
///
/// A point stands for a window of time. When the points are full, the windows become twice as long and neighbours are
/// merged, so a series of any length keeps its extremes, its means and an even resolution:
///
///     window 0     window 1     window 2     window 3         4 points of 1 s, and the fifth comes
///     └────── window 0 ──────┘  └────── window 1 ──────┘ …    2 points of 2 s, and room for 2 more
package struct TimeSeries: Sendable, Equatable, Codable {
    /// What was measured in one window.
    package struct Point: Sendable, Equatable, Codable {
        /// The start of the window, in nanoseconds from the start of the series.
        package fileprivate(set) var startNanoseconds: UInt64
        /// The smallest measurement.
        package fileprivate(set) var min: Double
        /// The greatest measurement.
        package fileprivate(set) var max: Double
        /// The latest measurement.
        package fileprivate(set) var last: Double
        /// The arithmetic mean of the measurements.
        package fileprivate(set) var mean: Double
        /// How many measurements there are.
        package fileprivate(set) var count: UInt64

        private enum CodingKeys: String, CodingKey {
            case startNanoseconds = "start_ns"
            case min
            case max
            case last
            case mean
            case count
        }

        fileprivate mutating func merge(_ later: Point) {
            min = Swift.min(min, later.min)
            max = Swift.max(max, later.max)
            last = later.last
            let sum = count + later.count
            mean += (later.mean - mean) * (Double(later.count) / Double(sum))
            count = sum
        }
    }

    /// The most points it ever has; at least 2.
    package let capacity: Int
    /// The length of a window now, in nanoseconds: the first length times a power of two.
    package private(set) var windowNanoseconds: UInt64
    /// The windows in which something was measured, in order of time.
    package private(set) var points: [Point] = []

    private enum CodingKeys: String, CodingKey {
        case capacity
        case windowNanoseconds = "window_ns"
        case points
    }

    /// Creates an empty series.
    ///
    /// - Parameters:
    ///   - capacity: the most points it may have, at least 2.
    ///   - windowNanoseconds: the length of a window at first, at least 1.
    package init(capacity: Int, windowNanoseconds: UInt64) {
        precondition(capacity >= 2, "a time series needs two points to merge")
        precondition(windowNanoseconds > 0, "a window has a length")
        self.capacity = capacity
        self.windowNanoseconds = windowNanoseconds
        points.reserveCapacity(capacity + 1)
    }

    /// Adds a measurement.
    ///
    /// - Parameters:
    ///   - value: the measurement.
    ///   - nanoseconds: when it was made, from the start of the series; not before the previous one, or it counts as
    ///     made in the previous one's window.
    package mutating func append(_ value: Double, at nanoseconds: UInt64) {
        let start = nanoseconds - nanoseconds % windowNanoseconds
        let point = Point(startNanoseconds: start, min: value, max: value, last: value, mean: value, count: 1)
        if let previous = points.last, start <= previous.startNanoseconds {
            points[points.count - 1].merge(point)
            return
        }
        points.append(point)
        while points.count > capacity { coarsen() }
    }

    /// The smallest measurement, or nil without any.
    package var min: Double? { points.lazy.map(\.min).min() }

    /// The greatest measurement, or nil without any.
    package var max: Double? { points.lazy.map(\.max).max() }

    /// The latest measurement, or nil without any.
    package var last: Double? { points.last?.last }

    /// How many measurements were added.
    package var count: UInt64 { points.reduce(0) { $0 + $1.count } }

    private mutating func coarsen() {
        windowNanoseconds *= 2
        var end = 0
        for index in points.indices {
            var point = points[index]
            point.startNanoseconds -= point.startNanoseconds % windowNanoseconds
            if end > 0, points[end - 1].startNanoseconds == point.startNanoseconds {
                points[end - 1].merge(point)
            } else {
                points[end] = point
                end += 1
            }
        }
        points.removeLast(points.count - end)
    }
}
