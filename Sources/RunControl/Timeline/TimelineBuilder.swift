import LoadEngine
import Measurement
import Results

/// Makes a timeline from intervals, those of a worker as they come, or those of a log.
///
/// Windows are as long as an interval at first, one second. When there are too many of them they become twice as long,
/// and neighbours of one phase are merged:
///
///     1 s   ▏▏▏▏▏▏▏▏▏▏▏▏      360 windows, and one more comes
///     2 s   ▏ ▏ ▏ ▏ ▏ ▏ ▏      181 windows, and room for 179
///
/// Memory is constant, however long a run is: 360 windows with three distributions of up to 640 slots of 10 bytes, and
/// two narrow ones, are 8 MB. A plan of more phases than that has one window for each.
struct TimelineBuilder {
    /// What is known of latencies over time, each by the end of its tag in a log.
    enum Distribution: String, CaseIterable {
        case response
        case service
        case lag
        case flush
        /// Known live alone: a log has freshness for whole phases, under a tag of its own.
        case freshness = "freshness_over_time"
    }

    private let plan: Plan
    private let repetitionStart: UInt64
    private let capacity: Int
    private var length: UInt64 = 1_000_000_000
    private var windows: [TimelineWindow] = []
    /// The phases that have begun, and when.
    private var starts: [Int: UInt64] = [:]
    private var phase = 0
    private var elapsed: UInt64 = 0
    private var cpuNanoseconds: UInt64?
    private var delivered: UInt64 = 0

    /// An interval shorter than this is what is left of a phase, as a rule its flush, and no window of its own.
    private static let shortestWindow: UInt64 = 250_000_000

    /// Makes an empty timeline.
    ///
    /// - Parameters:
    ///   - plan: what is carried out.
    ///   - repetitionStart: what times count from, in monotonic nanoseconds.
    ///   - capacity: how many windows there may be, at least 2.
    init(plan: Plan, repetitionStart: UInt64, capacity: Int = 360) {
        precondition(capacity >= 2, "a timeline needs two windows to merge")
        self.plan = plan
        self.repetitionStart = repetitionStart
        self.capacity = capacity
    }

    // MARK: - What happens

    /// Begins a phase of the plan.
    ///
    /// - Parameters:
    ///   - index: the phase.
    ///   - start: when it starts, in monotonic nanoseconds.
    ///   - cpuNanoseconds: the processor time that the worker had used by then; nil if nobody knows.
    mutating func begin(phase index: Int, start: UInt64, cpuNanoseconds: UInt64?) {
        starts[index] = start
        (phase, elapsed, delivered) = (index, 0, 0)
        self.cpuNanoseconds = cpuNanoseconds
    }

    /// Adds an interval of the phase that was begun last; its distributions may be missing.
    mutating func add(_ record: RunLogRecord.Interval) {
        let interval = record.counts
        guard interval.phase == phase, starts[phase] != nil else { return }
        var window = TimelineWindow(phase: phase, begin: elapsed, end: max(elapsed, interval.elapsedNanoseconds))
        window.take(record)
        if let bytes = record.residentBytes {
            window.rss = record.residentExtent ?? TimelinePoint.Extent(min: bytes, max: bytes, last: bytes)
        }
        if let now = record.cpuNanoseconds, let before = cpuNanoseconds { window.cpu = now - min(now, before) }
        if let now = record.delivered ?? record.deliveredWithIDs {
            let more = now - min(now, delivered)
            if record.delivered == nil { window.deliveredWithIDs = more } else { window.delivered = more }
            delivered = max(delivered, now)
        }
        (elapsed, cpuNanoseconds) = (window.end, record.cpuNanoseconds)
        append(window)
    }

    /// Adds latencies of a stretch of a phase whose intervals came without.
    ///
    /// A stretch that is longer than a window stands for each of those that have their middle in it.
    ///
    /// - Parameters:
    ///   - histogram: what was recorded.
    ///   - distribution: what it is of.
    ///   - phase: the index of the phase.
    ///   - stretch: from where to where, in nanoseconds from the start of the phase.
    mutating func add(
        _ histogram: CoarseHistogram,
        to distribution: Distribution,
        ofPhase phase: Int,
        over stretch: ClosedRange<UInt64>
    ) {
        let own = windows.indices.filter { windows[$0].phase == phase }
        let middle = stretch.lowerBound + (stretch.upperBound - stretch.lowerBound) / 2
        var targets = own.filter { stretch.contains(windows[$0].middle) }
        if targets.count < 2 { targets = (own.first { windows[$0].end >= middle } ?? own.last).map { [$0] } ?? [] }
        for index in targets { windows[index].distributions[distribution, default: CoarseHistogram()].add(histogram) }
    }

    private mutating func append(_ window: TimelineWindow) {
        if let last = windows.last, last.phase == window.phase,
            window.begin / length == last.begin / length || window.end - window.begin < Self.shortestWindow
        {
            windows[windows.count - 1].merge(window)
            return
        }
        windows.append(window)
        while windows.count > capacity, Set(windows.map(\.phase)).count < windows.count { coarsen() }
    }

    private mutating func coarsen() {
        length *= 2
        var merged: [TimelineWindow] = []
        merged.reserveCapacity(capacity)
        for window in windows {
            if let last = merged.last, last.phase == window.phase, last.begin / length == window.begin / length {
                merged[merged.count - 1].merge(window)
            } else {
                merged.append(window)
            }
        }
        windows = merged
    }

    // MARK: - The result

    /// What happened so far; nil without a window that has lasted.
    var timeline: Timeline? {
        let points = windows.filter { $0.end > $0.begin }.map(point)
        return points.isEmpty ? nil : Timeline(points: points)
    }

    private func point(_ window: TimelineWindow) -> TimelinePoint {
        let planned = plan.phases[window.phase]
        let start = Double(Int64(clamping: starts[window.phase] ?? 0) - Int64(clamping: repetitionStart))
        var point = TimelinePoint(
            startSeconds: (start + Double(window.begin)) / 1e9,
            lengthSeconds: Double(window.end - window.begin) / 1e9,
            phase: planned.name
        )
        if planned.isOpen, let end = plan.operations(inPhase: window.phase, before: window.end),
            let begin = plan.operations(inPhase: window.phase, before: window.begin)
        {
            point.plannedOperations = Double(end) - Double(begin)
        }
        window.fill(&point)
        return point
    }
}
