import Measurement

/// Takes what was recorded since the last time, over all producers.
///
/// Used by one thread at a time. Every operation is in exactly one interval.
struct IntervalCollector {
    private let recorders: [ProducerRecorder]
    private var operations: UInt64 = 0
    private var accepted: UInt64 = 0
    private var rejected: UInt64 = 0
    private var missed: UInt64 = 0
    private var kinds: [(kind: Workload.Operation, intervals: LatencyIntervals)]
    private var flushLatency: HistogramIntervals

    /// Creates a collector.
    ///
    /// - Parameters:
    ///   - recorders: what the producers record.
    ///   - phaseFlushes: durations of the flushes that no producer makes.
    init(recorders: [ProducerRecorder], phaseFlushes: Histogram) {
        self.recorders = recorders
        let latencies = recorders.flatMap(\.latencies)
        kinds = Workload.Operation.allCases.compactMap { kind in
            let own = latencies.filter { $0.kind == kind }
            return own.isEmpty ? nil : (kind, LatencyIntervals(own))
        }
        flushLatency = HistogramIntervals([phaseFlushes] + recorders.compactMap(\.flushLatency))
    }

    /// The kinds of operations that are told apart; empty when there is but one.
    var reportedKinds: [Workload.Operation] { kinds.count > 1 ? kinds.map(\.kind) : [] }

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
        let newMissed = recorders.reduce(0) { $0 + $1.missed.value }
        defer { (operations, accepted, rejected, missed) = (newOperations, newAccepted, newRejected, newMissed) }
        var interval = WorkerMessage.Interval(
            phase: phase,
            elapsedNanoseconds: elapsed,
            operations: newOperations - operations,
            // The sum of both, and not a counter of its own, so that the account balances in every interval.
            attempted: newAccepted - accepted + newRejected - rejected,
            accepted: newAccepted - accepted,
            rejected: newRejected - rejected,
            missed: newMissed - missed
        )
        interval.flushLatency = flushLatency.next().unlessEmpty
        var latencies: [Workload.Operation: OperationLatencies] = [:]
        for index in kinds.indices {
            let own = kinds[index].intervals.next()
            if !own.isEmpty { latencies[kinds[index].kind] = own }
        }
        if !reportedKinds.isEmpty { interval.kinds = latencies }
        interval.setTotals(of: latencies.values)
        return interval
    }
}

/// Cuts the distributions of one kind of operation into intervals.
private struct LatencyIntervals {
    private var response: HistogramIntervals
    private var service: HistogramIntervals
    private var lag: HistogramIntervals

    init(_ histograms: [LatencyHistograms]) {
        response = HistogramIntervals(histograms.compactMap(\.response))
        service = HistogramIntervals(histograms.map(\.service))
        lag = HistogramIntervals(histograms.compactMap(\.lag))
    }

    mutating func next() -> OperationLatencies {
        OperationLatencies(
            response: response.next().unlessEmpty,
            service: service.next().unlessEmpty,
            lag: lag.next().unlessEmpty
        )
    }
}

extension HistogramSnapshot {
    fileprivate var unlessEmpty: HistogramSnapshot? { isEmpty ? nil : self }
}
