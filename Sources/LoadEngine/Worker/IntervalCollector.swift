import Measurement

/// Takes what was recorded since the last time, over all producers.
///
/// Used by one thread at a time. Every operation is in exactly one interval.
struct IntervalCollector {
    private let recorders: [ProducerRecorder]
    private var operations: UInt64 = 0
    private var accepted: UInt64 = 0
    private var rejected: UInt64 = 0
    private var response: HistogramIntervals
    private var service: HistogramIntervals
    private var lag: HistogramIntervals
    private var flushLatency: HistogramIntervals

    /// Creates a collector.
    ///
    /// - Parameters:
    ///   - recorders: what the producers record.
    ///   - phaseFlushes: durations of the flushes at the ends of phases.
    init(recorders: [ProducerRecorder], phaseFlushes: Histogram) {
        self.recorders = recorders
        response = HistogramIntervals(recorders.compactMap(\.response))
        service = HistogramIntervals(recorders.map(\.service))
        lag = HistogramIntervals(recorders.compactMap(\.lag))
        flushLatency = HistogramIntervals([phaseFlushes] + recorders.compactMap(\.flushLatency))
    }

    /// The message of what was recorded since the last call.
    ///
    /// - Parameters:
    ///   - phase: the index of the phase.
    ///   - elapsed: nanoseconds from the start of the phase.
    /// - Returns: counts and histograms; those without values are nil.
    mutating func take(phase: Int, elapsed: UInt64) -> WorkerMessage.Interval {
        let newOperations = recorders.reduce(0) { $0 + $1.operations }
        let newAccepted = recorders.reduce(0) { $0 + $1.accepted }
        let newRejected = recorders.reduce(0) { $0 + $1.rejected }
        defer { (operations, accepted, rejected) = (newOperations, newAccepted, newRejected) }
        return WorkerMessage.Interval(
            phase: phase,
            elapsedNanoseconds: elapsed,
            operations: newOperations - operations,
            // The sum of both, and not a counter of its own, so that the account balances in every interval.
            attempted: newAccepted - accepted + newRejected - rejected,
            accepted: newAccepted - accepted,
            rejected: newRejected - rejected,
            response: Self.unlessEmpty(response.next()),
            service: Self.unlessEmpty(service.next()),
            lag: Self.unlessEmpty(lag.next()),
            flushLatency: Self.unlessEmpty(flushLatency.next())
        )
    }

    private static func unlessEmpty(_ snapshot: HistogramSnapshot) -> HistogramSnapshot? {
        snapshot.isEmpty ? nil : snapshot
    }
}
