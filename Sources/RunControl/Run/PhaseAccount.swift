import LoadEngine
import Measurement
import Results

/// A phase that took longer than its plan.
struct PhaseOverrun {
    /// The name of the phase.
    var phase: String
    /// How long its operations should have taken, in seconds.
    var plannedSeconds: Double
    /// How long they took, in seconds.
    var actualSeconds: Double
    /// The share of that time which the producers spent in the system's calls, all together.
    var callShare: Double
}

/// Everything that was heard of one phase, from three sides: the worker, the ledger and `/proc`.
struct PhaseAccount {
    /// What the plan says.
    let planned: LoadEngine.PlannedPhase
    /// Operations reported in intervals so far.
    private(set) var operations: UInt64 = 0
    /// Items that they handed to the system.
    private(set) var attempted: UInt64 = 0
    /// Of them, those that the system accepted.
    private(set) var accepted: UInt64 = 0
    /// Of them, those that the system refused.
    private(set) var rejected: UInt64 = 0
    /// Operations that could not be started in time.
    private(set) var missed: UInt64 = 0
    /// The end of the interval before the last one, in nanoseconds from the start of the phase.
    private(set) var previousElapsed: UInt64 = 0
    /// The end of the last interval, in nanoseconds from the start of the phase.
    private(set) var lastElapsed: UInt64 = 0
    /// Distributions over all intervals.
    private(set) var response = HistogramSnapshot()
    private(set) var service = HistogramSnapshot()
    private(set) var lag = HistogramSnapshot()
    private(set) var flushLatency = HistogramSnapshot()
    /// The distributions by kind of operation; empty when the run has but one.
    private(set) var kinds: [Workload.Operation: OperationLatencies] = [:]
    /// The worker's last word on the phase.
    var checkpoint: WorkerMessage.Checkpoint?
    /// The system's own account when the phase began.
    let countersBefore: SystemCounters
    /// The ledger when the phase was over; nil when nobody keeps one.
    var ledger: LedgerSnapshot.Phase?
    /// What the sink could prove of measurements when the phase began; nil when nobody keeps an account of metrics.
    let proofBefore: MeasurementProof?
    /// What it could prove when the phase was over.
    var proof: MeasurementProof?
    /// Arrivals that no healthy system causes, when the phase began.
    let straysBefore: LedgerSnapshot.Strays
    /// The same when the phase was over; nil when nobody keeps a ledger.
    var strays: LedgerSnapshot.Strays?
    /// Measurements of earlier phases that may arrive in this one, because nobody has flushed since.
    let measurementsBefore: Int64
    /// All that had arrived when the phase before was over; nil for the first, and when nobody keeps a ledger.
    let arrivalsBefore: LedgerSnapshot.Arrivals?
    /// All that had arrived when the phase was over; nil when nobody keeps a ledger.
    var arrivals: LedgerSnapshot.Arrivals?
    /// The most memory that was resident during the phase, in bytes.
    var peakResidentBytes: UInt64?
    /// What the kernel said of the worker when the phase was over.
    var reading: OutsideReading?
    /// What the worker's address space held then; only of quiet moments.
    var mappings: [MappingUsage]?
    /// What the machine and the harness did meanwhile.
    var host: HostNoise?

    /// Opens the account of a phase.
    ///
    /// - Parameters:
    ///   - planned: What the plan says.
    ///   - countersBefore: The system's own account now.
    ///   - previous: The phase before it; nil for the first.
    init(planned: LoadEngine.PlannedPhase, countersBefore: SystemCounters, after previous: PhaseAccount? = nil) {
        self.planned = planned
        self.countersBefore = countersBefore
        proofBefore = previous?.proof
        straysBefore = previous?.strays ?? LedgerSnapshot.Strays()
        measurementsBefore = previous?.openMeasurements ?? 0
        arrivalsBefore = previous?.arrivals
    }

    /// What arrived after the account of the phase before was read and before the sink began to count for this one.
    ///
    /// Without a flush between them the system goes on exporting: when a fault ends with a phase, a whole queue may
    /// arrive in these milliseconds.
    var arrivalsBetween: LedgerSnapshot.Arrivals {
        guard let ledger, let arrivals, let before = arrivalsBefore else { return LedgerSnapshot.Arrivals() }
        return LedgerSnapshot.Arrivals(
            distinct: arrivals.distinct - min(arrivals.distinct, before.distinct + ledger.distinct),
            duplicated: arrivals.duplicated - min(arrivals.duplicated, before.duplicated + ledger.duplicated)
        )
    }

    /// Adds what one interval brought.
    mutating func add(_ interval: WorkerMessage.Interval) {
        operations += interval.operations
        attempted += interval.attempted
        accepted += interval.accepted
        rejected += interval.rejected
        missed += interval.missed
        previousElapsed = lastElapsed
        lastElapsed = interval.elapsedNanoseconds
        if let histogram = interval.response { response.add(histogram) }
        if let histogram = interval.service { service.add(histogram) }
        if let histogram = interval.lag { lag.add(histogram) }
        if let histogram = interval.flushLatency { flushLatency.add(histogram) }
        for (kind, latencies) in interval.kinds { kinds[kind, default: OperationLatencies()].add(latencies) }
    }

    /// Whether the phase has metric operations.
    var hasMeasurements: Bool {
        checkpoint?.kinds.contains { $0.key.signal == .metrics && $0.value.attempted > 0 } ?? false
    }

    /// How many items of a kind arrived; nil for logs and spans, which the ledger does not tell apart by kind, and when
    /// nobody knows.
    func delivered(_ kind: Workload.Operation) -> UInt64? {
        guard kind.signal == .metrics, let checkpoint, let tally = checkpoint.kinds[kind], let proof else { return nil }
        return proof.delivered(
            kind,
            accepted: tally.accepted,
            since: proofBefore ?? MeasurementProof(),
            gauges: checkpoint.gauges
        )
    }

    /// How many measurements arrived; nil when nobody knows.
    var deliveredMeasurements: UInt64? {
        guard hasMeasurements else { return 0 }
        var total: UInt64 = 0
        for kind in checkpoint?.kinds.keys.filter({ $0.signal == .metrics }) ?? [] {
            guard let delivered = delivered(kind) else { return nil }
            total += delivered
        }
        return total
    }

    /// Measurements that have not arrived and that no flush has asked for: the next phase may bring them.
    var openMeasurements: Int64 {
        guard let checkpoint, checkpoint.flushOutcome == nil, let delivered = deliveredMeasurements else { return 0 }
        let accepted = checkpoint.kinds.filter { $0.key.signal == .metrics }.reduce(0) { $0 + $1.value.accepted }
        return Int64(clamping: accepted) - Int64(clamping: delivered) + measurementsBefore
    }
}
