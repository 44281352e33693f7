import LoadEngine
import Measurement
import Results

/// A stretch of a phase while a timeline is made.
struct TimelineWindow {
    /// The index of the phase.
    let phase: Int
    /// Where it begins, in nanoseconds from the start of the phase.
    let begin: UInt64
    /// Where it ends.
    private(set) var end: UInt64
    /// What was resident.
    var rss: TimelinePoint.Extent?
    /// Processor time that the worker used, in nanoseconds; nil where part of it is unknown.
    var cpu: UInt64?
    /// Items that arrived, as far as somebody looked.
    var delivered: UInt64?
    /// Logs and spans that arrived, where measurements are made, too.
    var deliveredWithIDs: UInt64?
    /// Latencies.
    var distributions: [TimelineBuilder.Distribution: CoarseHistogram] = [:]

    private var operations: UInt64 = 0
    private var accepted: UInt64 = 0
    private var rejected: UInt64 = 0
    private var missed: UInt64 = 0
    private var queuedItems: UInt64?
    private var queuedBytes: UInt64?
    private var bytesInUse: TimelinePoint.Extent?
    private var drainedBytesInUse: UInt64?

    /// A stretch of which nothing is known.
    init(phase: Int, begin: UInt64, end: UInt64) {
        (self.phase, self.begin, self.end) = (phase, begin, end)
    }

    /// The moment in the middle, in nanoseconds from the start of the phase.
    var middle: UInt64 { begin + (end - begin) / 2 }

    /// Takes over what an interval says.
    mutating func take(_ record: RunLogRecord.Interval) {
        let interval = record.counts
        (operations, accepted) = (interval.operations, interval.accepted)
        (rejected, missed) = (interval.rejected, interval.missed)
        (queuedItems, queuedBytes) = (interval.queuedItems, interval.queuedBytes)
        drainedBytesInUse = interval.drainedBytesInUse
        // What was read after a flush is a reading like any other, and came before the one at the end.
        if let bytes = interval.drainedBytesInUse { bytesInUse.add(bytes) }
        if let extent = record.bytesInUseExtent {
            bytesInUse.add(extent)
        } else if let bytes = interval.bytesInUse {
            bytesInUse.add(bytes)
        }
        let histograms: [(TimelineBuilder.Distribution, HistogramSnapshot?)] = [
            (.response, interval.response), (.service, interval.service), (.lag, interval.lag),
            (.flush, interval.flushLatency), (.freshness, record.freshness),
        ]
        for (distribution, histogram) in histograms {
            if let histogram { distributions[distribution] = CoarseHistogram(histogram) }
        }
    }

    /// Adds the stretch that follows.
    mutating func merge(_ next: TimelineWindow) {
        end = next.end
        operations += next.operations
        accepted += next.accepted
        rejected += next.rejected
        missed += next.missed
        (queuedItems, queuedBytes) = (next.queuedItems ?? queuedItems, next.queuedBytes ?? queuedBytes)
        if let extent = next.rss { rss.add(extent) }
        if let extent = next.bytesInUse { bytesInUse.add(extent) }
        drainedBytesInUse = [drainedBytesInUse, next.drainedBytesInUse].compactMap(\.self).min()
        cpu = cpu.flatMap { own in next.cpu.map { own + $0 } }
        // What arrived while nobody looked is part of what is seen at the next look.
        if let more = next.delivered { delivered = (delivered ?? 0) + more }
        if let more = next.deliveredWithIDs { deliveredWithIDs = (deliveredWithIDs ?? 0) + more }
        for (distribution, histogram) in next.distributions {
            distributions[distribution, default: CoarseHistogram()].add(histogram)
        }
    }

    /// Writes the figures into a point of the result.
    func fill(_ point: inout TimelinePoint) {
        (point.operations, point.accepted) = (operations, accepted)
        (point.rejected, point.missed) = (rejected, missed)
        (point.delivered, point.deliveredWithIDs) = (delivered, deliveredWithIDs)
        point.response = percentiles(.response)
        point.service = percentiles(.service)
        point.lag = percentiles(.lag)
        point.flush = percentiles(.flush)
        point.freshness = percentiles(.freshness)
        (point.queuedItems, point.queuedBytes) = (queuedItems, queuedBytes)
        (point.rssBytes, point.bytesInUse) = (rss, bytesInUse)
        point.drainedBytesInUse = drainedBytesInUse
        point.cpuSeconds = cpu.map { Double($0) / 1e9 }
    }

    private func percentiles(_ distribution: TimelineBuilder.Distribution) -> TimelinePoint.Percentiles? {
        guard let histogram = distributions[distribution], let p50 = histogram.value(atPercentile: 50),
            let p99 = histogram.value(atPercentile: 99)
        else { return nil }
        return TimelinePoint.Percentiles(p50Nanoseconds: p50, p99Nanoseconds: p99)
    }
}

extension TimelinePoint.Extent? {
    /// Adds a reading.
    mutating func add(_ bytes: UInt64) {
        add(TimelinePoint.Extent(min: bytes, max: bytes, last: bytes))
    }

    /// Adds the readings of a later stretch.
    mutating func add(_ later: TimelinePoint.Extent) {
        guard let own = self else {
            self = later
            return
        }
        self = TimelinePoint.Extent(min: min(own.min, later.min), max: max(own.max, later.max), last: later.last)
    }
}
