import HarnessCore
import Measurement

/// The windows of a run's repetitions side by side: what was measured in the same part of the same phase belongs together.
struct RunWindows {
    /// One window of the plan, as each repetition went through it.
    struct Window {
        /// The name of its phase.
        let phase: String
        /// When it begins, in seconds since the start of a repetition.
        let start: Double
        /// When it ends.
        let end: Double
        /// What each repetition measured in it; at least one.
        let points: [TimelinePoint]

        /// The middle of the window.
        var middle: Double { (start + end) / 2 }
    }

    /// The windows in the order of their time.
    let windows: [Window]
    /// How many repetitions have windows.
    let repetitions: Int

    /// Finds the windows of a run; nil where nobody kept any.
    ///
    /// A result that only knows phases gives a window for each of them, if that makes a course: three or more.
    init?(_ result: RunResult) {
        var timelines = result.repetitions.compactMap { $0.timeline.map { Self.settled($0.points) } }
            .filter { !$0.isEmpty }
        if timelines.isEmpty {
            timelines = result.repetitions.map { Self.phases(of: $0) }.filter { $0.count > 2 }
        }
        guard let longest = timelines.max(by: { $0.count < $1.count }) else { return nil }
        let numbered = timelines.map { points in
            Dictionary(zip(Self.places(of: points), points)) { first, _ in first }
        }
        windows = zip(Self.places(of: longest), longest).map { place, point in
            Window(
                phase: point.phase,
                start: point.startSeconds,
                end: point.startSeconds + point.lengthSeconds,
                points: numbered.compactMap { $0[place] }
            )
        }
        repetitions = timelines.count
    }

    // MARK: - Series

    /// Something that windows have, as a series: of several repetitions the median, with their range as a band.
    ///
    /// - Parameters:
    ///   - name: of the series.
    ///   - style: a step lasts as long as its window; a line goes through the middles.
    ///   - value: of a window of one repetition; nil where it was not measured.
    /// - Returns: nil if no window has it.
    func series(
        _ name: String,
        _ style: Plot.Style = .line,
        _ value: (TimelinePoint) -> Double?
    ) -> Plot.Series? {
        series(name, style) { points in
            let values = points.compactMap(value).filter(\.isFinite)
            guard let median = MetricSpread.median(values), let low = values.min(), let high = values.max() else {
                return nil
            }
            return values.count > 1 ? (median, low, high) : (median, nil, nil)
        }
    }

    /// Two percentiles as a line with a band: the median, and from it to the 99th; of several repetitions the medians.
    func series(_ name: String, _ percentiles: (TimelinePoint) -> TimelinePoint.Percentiles?) -> Plot.Series? {
        series(name, .line) { points in
            let values = points.compactMap(percentiles)
            guard let half = MetricSpread.median(values.map { Double($0.p50Nanoseconds) }),
                let most = MetricSpread.median(values.map { Double($0.p99Nanoseconds) })
            else { return nil }
            return (half, half, most)
        }
    }

    private typealias Figure = (value: Double, low: Double?, high: Double?)

    private func series(
        _ name: String,
        _ style: Plot.Style,
        _ figure: ([TimelinePoint]) -> Figure?
    ) -> Plot.Series? {
        var points: [Plot.Point] = []
        var isKnown = false
        for (index, window) in windows.enumerated() {
            let figure = figure(window.points)
            isKnown = isKnown || figure != nil
            points.append(
                Plot.Point(
                    x: style == .step ? window.start : window.middle,
                    y: figure?.value,
                    low: figure?.low,
                    high: figure?.high
                )
            )
            let isLast = index == windows.count - 1
            guard isLast || !isJoined(window, windows[index + 1]) else { continue }
            // A step needs to know where its last window ends.
            if style == .step, let figure {
                points.append(Plot.Point(x: window.end, y: figure.value, low: figure.low, high: figure.high))
            }
            if !isLast { points.append(Plot.Point(x: window.end, y: nil)) }
        }
        return isKnown ? Plot.Series(name, style, points) : nil
    }

    /// Whether a line may go from one window to the next.
    private func isJoined(_ first: Window, _ second: Window) -> Bool {
        first.phase == second.phase && second.start - first.end < (first.end - first.start) / 2
    }

    // MARK: - Windows

    private struct Place: Hashable {
        let phase: String
        let number: Int
    }

    /// The number of each window within its phase.
    private static func places(of points: [TimelinePoint]) -> [Place] {
        var counts: [String: Int] = [:]
        return points.map { point in
            defer { counts[point.phase, default: 0] += 1 }
            return Place(phase: point.phase, number: counts[point.phase, default: 0])
        }
    }

    /// Windows that are long enough for rates: the short rest at the end of a phase joins the window before it.
    static func settled(_ points: [TimelinePoint]) -> [TimelinePoint] {
        let usual = MetricSpread.median(points.map(\.lengthSeconds)) ?? 0
        return points.reduce(into: []) { settled, point in
            guard point.lengthSeconds < usual / 2, let last = settled.last, last.phase == point.phase else {
                return settled.append(point)
            }
            settled[settled.count - 1] = last.joined(point)
        }
    }

    /// A window for each phase of a repetition.
    private static func phases(of repetition: Repetition) -> [TimelinePoint] {
        repetition.phases.compactMap { phase in
            guard let start = phase.startSeconds, phase.durationSeconds > 0 else { return nil }
            var point = TimelinePoint(startSeconds: start, lengthSeconds: phase.durationSeconds, phase: phase.name)
            point.plannedOperations = phase.rates.offeredPerSecond.map { $0 * phase.durationSeconds }
            point.operations = phase.load.operations ?? phase.load.attempted
            point.accepted = phase.load.accepted
            point.rejected = phase.load.rejected
            point.missed = phase.load.missed ?? 0
            point.delivered = phase.load.delivered
            point.response = phase.latency.responseTime?.percentiles
            point.service = phase.latency.serviceTime?.percentiles
            point.lag = phase.latency.lag?.percentiles
            point.flush = phase.latency.flushLatency?.percentiles
            point.freshness = phase.latency.freshness?.percentiles
            // Windows have the generator's spinning in them, which the phase's own figure leaves out.
            point.cpuSeconds = phase.host?.workerCPUPercent.map { $0 / 100 * phase.durationSeconds }
            return point
        }
    }
}

extension TimelinePoint {
    /// This window and the next as one: counts add up, and what the longer one says of latencies and sizes stands.
    fileprivate func joined(_ next: TimelinePoint) -> TimelinePoint {
        var both = self
        // What arrives while a flush ends the phase makes it no longer.
        if next.operations > 0 || next.missed > 0 {
            both.lengthSeconds = next.startSeconds + next.lengthSeconds - startSeconds
        }
        let sum = { (first: Double?, second: Double?) in first.flatMap { first in second.map { first + $0 } } }
        both.plannedOperations = sum(plannedOperations, next.plannedOperations) ?? plannedOperations
        both.operations += next.operations
        both.accepted += next.accepted
        both.rejected += next.rejected
        both.missed += next.missed
        both.delivered = delivered.map { $0 + (next.delivered ?? 0) } ?? next.delivered
        both.deliveredWithIDs = deliveredWithIDs.map { $0 + (next.deliveredWithIDs ?? 0) } ?? next.deliveredWithIDs
        both.response = response ?? next.response
        both.service = service ?? next.service
        both.lag = lag ?? next.lag
        both.flush = flush ?? next.flush
        both.freshness = freshness ?? next.freshness
        both.queuedItems = next.queuedItems ?? queuedItems
        both.queuedBytes = next.queuedBytes ?? queuedBytes
        both.rssBytes = rssBytes ?? next.rssBytes
        both.bytesInUse = bytesInUse ?? next.bytesInUse
        both.drainedBytesInUse = [drainedBytesInUse, next.drainedBytesInUse].compactMap(\.self).min()
        both.cpuSeconds = sum(cpuSeconds, next.cpuSeconds) ?? cpuSeconds
        return both
    }
}

extension LatencySummary {
    /// The two percentiles that plots over time show; nil where there are too few values for both.
    fileprivate var percentiles: TimelinePoint.Percentiles? {
        guard let p50Nanoseconds, let p99Nanoseconds else { return nil }
        return TimelinePoint.Percentiles(p50Nanoseconds: p50Nanoseconds, p99Nanoseconds: p99Nanoseconds)
    }
}
