package import HarnessCore

/// One run of the plan in a fresh worker process: the unit of statistics.
package struct Repetition: Codable, Equatable, Sendable {
    /// Position among the repetitions, from 0.
    package var index: Int
    /// Process id of the worker.
    package var workerPID: Int?
    /// All phases in order, reported or not.
    package var phases: [PhaseResult]
    /// The account of the sink over the whole repetition.
    package var ledger: LedgerReport?
    /// What the system says of itself over the whole repetition.
    package var counters: SystemCounterReport?
    /// Flushes at the end of phases, and the shutdown, that did not succeed; absent where nobody looked.
    package var failedFlushes: UInt64?
    /// How memory went over the repetition.
    package var memory: MemoryTrace?
    /// Readings at quiet moments.
    package var checkpoints: [CheckpointRecord]
    /// What the machine and the harness did meanwhile, from before the worker started until its last phase was over.
    package var host: HostNoise?
    /// What the faults of the sink did; absent where it had none.
    package var faults: FaultReport?
    /// Who says what of the items; absent where the system is switched off.
    package var audit: AuditReport?
    /// What happened from window to window; absent where nobody kept it.
    package var timeline: Timeline?
    /// What its address space held at its first and at its last quiet checkpoint; absent where there are not two.
    package var mappings: MappingTrace?
    /// What a waiting item costs; absent where too few phases held items back.
    package var queue: QueueAccounting?

    /// Makes the value; what was not measured is left out.
    package init(
        index: Int,
        workerPID: Int? = nil,
        phases: [PhaseResult],
        ledger: LedgerReport? = nil,
        counters: SystemCounterReport? = nil,
        failedFlushes: UInt64? = nil,
        memory: MemoryTrace? = nil,
        checkpoints: [CheckpointRecord] = [],
        host: HostNoise? = nil,
        faults: FaultReport? = nil
    ) {
        self.faults = faults
        self.index = index
        self.workerPID = workerPID
        self.phases = phases
        self.ledger = ledger
        self.counters = counters
        self.failedFlushes = failedFlushes
        self.memory = memory
        self.checkpoints = checkpoints
        self.host = host
    }

    private enum CodingKeys: String, CodingKey {
        case index
        case workerPID = "worker_pid"
        case phases
        case ledger
        case counters
        case failedFlushes = "failed_flushes"
        case memory
        case checkpoints
        case host
        case faults
        case audit
        case timeline
        case mappings
        case queue
    }
}

extension Repetition {
    /// The phases whose figures count.
    package var reportedPhases: [PhaseResult] { phases.filter(\.isReported) }
}
