/// What a repetition did from window to window of its time, all phases of it: the source of every plot over time.
///
/// The number of points is bounded: in a long run a window is longer than the interval in which the worker reports.
package struct Timeline: Codable, Equatable, Sendable {
    /// The windows in order; none of them spans two phases.
    package var points: [TimelinePoint]

    /// Makes the value.
    package init(points: [TimelinePoint] = []) {
        self.points = points
    }
}

/// One window of a repetition; what nobody measured in it is absent.
package struct TimelinePoint: Codable, Equatable, Sendable {
    /// Two percentiles of what a window recorded, in nanoseconds.
    package struct Percentiles: Codable, Equatable, Sendable {
        /// The median.
        package var p50Nanoseconds: UInt64
        /// The 99th percentile.
        package var p99Nanoseconds: UInt64

        /// Makes the value.
        package init(p50Nanoseconds: UInt64, p99Nanoseconds: UInt64) {
            self.p50Nanoseconds = p50Nanoseconds
            self.p99Nanoseconds = p99Nanoseconds
        }

        private enum CodingKeys: String, CodingKey {
            case p50Nanoseconds = "p50_ns"
            case p99Nanoseconds = "p99_ns"
        }
    }

    /// What a size did in a window, in bytes.
    package struct Extent: Codable, Equatable, Sendable {
        /// The least of the readings.
        package var min: UInt64
        /// The greatest.
        package var max: UInt64
        /// The latest.
        package var last: UInt64

        /// Makes the value.
        package init(min: UInt64, max: UInt64, last: UInt64) {
            self.min = min
            self.max = max
            self.last = last
        }
    }

    /// When it begins, in seconds since the start of the repetition.
    package var startSeconds: Double
    /// How long it lasts, in seconds.
    package var lengthSeconds: Double
    /// The name of its phase.
    package var phase: String
    /// Operations that the plan has in it; absent in a closed model.
    package var plannedOperations: Double?
    /// Operations performed.
    package var operations: UInt64
    /// Items that the system accepted.
    package var accepted: UInt64
    /// Items that the system refused.
    package var rejected: UInt64
    /// Operations that were given up because they could not be started in time.
    package var missed: UInt64
    /// Items that arrived; absent where nobody counted.
    package var delivered: UInt64?
    /// Logs and spans that arrived, where measurements are made, too, which arrive in sums; absent elsewhere.
    package var deliveredWithIDs: UInt64?
    /// Response times (open model).
    package var response: Percentiles?
    /// Service times.
    package var service: Percentiles?
    /// The generator's own lateness (open model).
    package var lag: Percentiles?
    /// Durations of explicit flushes.
    package var flush: Percentiles?
    /// How old items were when they arrived in the window; absent where nobody says.
    package var freshness: Percentiles?
    /// Items that waited in the system at the end of the window; absent if it does not say.
    package var queuedItems: UInt64?
    /// Their size, in bytes; absent if the system does not say.
    package var queuedBytes: UInt64?
    /// Resident memory of the worker.
    package var rssBytes: Extent?
    /// Bytes that the worker's program had allocated and not freed.
    package var bytesInUse: Extent?
    /// The least of ``bytesInUse`` read just after a flush, when nothing waits: the floor of the heap.
    package var drainedBytesInUse: UInt64?
    /// Processor time that the worker used, in seconds.
    package var cpuSeconds: Double?

    /// Makes a window in which nothing is known yet.
    package init(startSeconds: Double, lengthSeconds: Double, phase: String) {
        self.startSeconds = startSeconds
        self.lengthSeconds = lengthSeconds
        self.phase = phase
        (operations, accepted, rejected, missed) = (0, 0, 0, 0)
    }

    private enum CodingKeys: String, CodingKey {
        case startSeconds = "start_s"
        case lengthSeconds = "length_s"
        case phase
        case plannedOperations = "planned_operations"
        case operations
        case accepted
        case rejected
        case missed
        case delivered
        case deliveredWithIDs = "delivered_with_ids"
        case response
        case service
        case lag
        case flush
        case freshness
        case queuedItems = "queued_items"
        case queuedBytes = "queued_bytes"
        case rssBytes = "rss_bytes"
        case bytesInUse = "bytes_in_use"
        case drainedBytesInUse = "drained_bytes_in_use"
        case cpuSeconds = "cpu_s"
    }
}
