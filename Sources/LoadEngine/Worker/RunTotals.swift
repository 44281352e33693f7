import Measurement

/// Sums over all producers of a worker.
struct RunTotals {
    /// What became of the operations of each kind.
    private(set) var kinds: [Workload.Operation: OperationTally] = [:]
    /// Operations that were due and not started.
    private(set) var missed: UInt64 = 0
    /// Producers with an operation under way at the deadline, over all phases.
    private(set) var inFlight: UInt64 = 0
    /// Flushes by producers that did not end in success.
    private(set) var failedFlushes: UInt64 = 0
    /// How long the producers spun, in nanoseconds.
    private(set) var spunNanoseconds: UInt64 = 0

    /// What the recorders say now.
    init(_ recorders: [ProducerRecorder]) {
        for recorder in recorders {
            for kind in recorder.latencies.map(\.kind) {
                kinds[kind, default: OperationTally()].add(recorder.tally(of: kind))
            }
            missed += recorder.missed.value
            inFlight += recorder.inFlight.value
            failedFlushes += recorder.failedFlushes.value
            spunNanoseconds += recorder.spunNanoseconds.value
        }
    }

    /// What was added since an earlier moment.
    func subtracting(_ earlier: RunTotals) -> RunTotals {
        var difference = self
        for (kind, tally) in kinds {
            difference.kinds[kind] = tally.subtracting(earlier.kinds[kind] ?? OperationTally())
        }
        difference.missed -= earlier.missed
        difference.inFlight -= earlier.inFlight
        difference.failedFlushes -= earlier.failedFlushes
        difference.spunNanoseconds -= earlier.spunNanoseconds
        return difference
    }
}

extension ProducerRecorder {
    /// What became of the operations of a kind; the last one accepted is known where one component alone has the kind.
    func tally(of kind: Workload.Operation) -> OperationTally {
        let own = components.indices.filter { workload.components[$0].workload.operation == kind }
        guard own.count != 1 else { return OperationTally(components[own[0]]) }
        return own.reduce(into: OperationTally()) { $0.add(OperationTally(components[$1])) }
    }
}

extension OperationTally {
    /// What the counters of a component say now.
    fileprivate init(_ counters: OperationCounters) {
        self.init(
            operations: counters.operations.value,
            accepted: counters.accepted.value,
            rejected: counters.rejected.value,
            last: counters.lastAccepted.value
        )
    }
}
