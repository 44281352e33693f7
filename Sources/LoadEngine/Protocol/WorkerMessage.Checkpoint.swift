extension WorkerMessage {
    /// What a phase was: its times, counts and the process at three moments.
    ///
    /// All times are nanoseconds of the monotonic clock (`CLOCK_MONOTONIC`), which all processes of a machine share. A
    /// figure that could not be measured is absent.
    package struct Checkpoint: Sendable, Equatable, Codable {
        /// The index of the phase.
        package var phase: Int
        /// What the checkpoint stands for; `phase_end`.
        package var label: String
        /// When the phase began.
        package var startNanoseconds: UInt64
        /// When the plan says that it ends.
        package var plannedEndNanoseconds: UInt64
        /// When its last operation, or the producer's own flush after it, returned; when idle, the end of the phase.
        package var operationsEndNanoseconds: UInt64
        /// When the flush at its end was done; nil without one.
        package var flushedNanoseconds: UInt64?
        /// How the flush at its end went; nil without one.
        package var flushOutcome: FlushOutcome?
        /// How many flushes of the phase did not end in success, those by producers included.
        package var failedFlushes: UInt64
        /// Whether `stop` or `quit` ended the phase before its plan was done.
        package var stopped: Bool
        /// Items handed to the system in the phase.
        package var attempted: UInt64
        /// Of them, those that the system accepted.
        package var accepted: UInt64
        /// Of them, those that the system refused.
        package var rejected: UInt64
        /// Operations that were due and could not be started before the deadline of the phase.
        package var missed: UInt64
        /// Operations that had been started before the deadline of the phase, and returned after it.
        package var inFlight: UInt64
        /// The phase by kind of operation, over all producers.
        ///
        /// Empty from a worker that knows but one kind: all of its items are of the plan's, one for each operation.
        package var kinds: [Workload.Operation: OperationTally]
        /// The value that each producer's last accepted gauge operation set, over the whole run; empty without gauges.
        package var gauges: [UInt64]
        /// The system's own account since it was made.
        package var counters: SystemCounters
        /// The process just before the phase.
        package var start: ProcessUsage
        /// The process at the end of the operations, before the flush.
        package var held: ProcessUsage
        /// How many items the system held then; nil if it did not say.
        package var heldItems: UInt64?
        /// Their size by the system's own account, in bytes; nil if it did not say.
        package var heldQueuedBytes: UInt64?
        /// The process at the end of the phase, after the flush.
        package var end: ProcessUsage
        /// How long the producers spun for their next intended start, all together, in nanoseconds: processor time that
        /// belongs to the load generator and not to the system.
        package var spinNanoseconds: UInt64

        /// Creates a checkpoint.
        package init(
            phase: Int,
            label: String = "phase_end",
            startNanoseconds: UInt64,
            plannedEndNanoseconds: UInt64,
            operationsEndNanoseconds: UInt64,
            flushedNanoseconds: UInt64? = nil,
            flushOutcome: FlushOutcome? = nil,
            failedFlushes: UInt64 = 0,
            stopped: Bool = false,
            attempted: UInt64,
            accepted: UInt64,
            rejected: UInt64,
            missed: UInt64 = 0,
            inFlight: UInt64 = 0,
            kinds: [Workload.Operation: OperationTally] = [:],
            gauges: [UInt64] = [],
            counters: SystemCounters,
            start: ProcessUsage = ProcessUsage(),
            held: ProcessUsage = ProcessUsage(),
            heldItems: UInt64? = nil,
            end: ProcessUsage = ProcessUsage(),
            spinNanoseconds: UInt64 = 0
        ) {
            self.phase = phase
            self.label = label
            self.startNanoseconds = startNanoseconds
            self.plannedEndNanoseconds = plannedEndNanoseconds
            self.operationsEndNanoseconds = operationsEndNanoseconds
            self.flushedNanoseconds = flushedNanoseconds
            self.flushOutcome = flushOutcome
            self.failedFlushes = failedFlushes
            self.stopped = stopped
            self.attempted = attempted
            self.accepted = accepted
            self.rejected = rejected
            self.missed = missed
            self.inFlight = inFlight
            self.kinds = kinds
            self.gauges = gauges
            self.counters = counters
            self.start = start
            self.held = held
            self.heldItems = heldItems
            self.end = end
            self.spinNanoseconds = spinNanoseconds
        }
    }

    /// What the worker's process uses at a moment; nil where it could not be measured.
    package struct ProcessUsage: Sendable, Equatable {
        /// Bytes that the program has allocated and not freed.
        package var bytesInUse: UInt64?
        /// Resident memory, in bytes.
        package var residentBytes: UInt64?
        /// Processor time since the process began, in nanoseconds.
        package var cpuNanoseconds: UInt64?
        /// Bytes that the allocator holds and the program does not use, resident or not.
        package var freeBytes: UInt64?
        /// The part of ``bytesInUse`` that is single large blocks with mappings of their own.
        package var mappedBytes: UInt64?

        /// Creates a reading.
        package init(bytesInUse: UInt64? = nil, residentBytes: UInt64? = nil, cpuNanoseconds: UInt64? = nil) {
            self.bytesInUse = bytesInUse
            self.residentBytes = residentBytes
            self.cpuNanoseconds = cpuNanoseconds
        }
    }
}

extension WorkerMessage.Checkpoint {
    /// Operations performed in the phase.
    package var operations: UInt64 {
        kinds.isEmpty ? attempted : kinds.values.reduce(0) { $0 + $1.operations }
    }
}

extension WorkerMessage.Checkpoint {
    private enum CodingKeys: String, CodingKey {
        case phase
        case label
        case startNanoseconds = "start_ns"
        case plannedEndNanoseconds = "planned_end_ns"
        case operationsEndNanoseconds = "operations_end_ns"
        case flushedNanoseconds = "flushed_ns"
        case flushOutcome = "flush_outcome"
        case failedFlushes = "failed_flushes"
        case stopped
        case attempted
        case accepted
        case rejected
        case missed
        case inFlight = "in_flight"
        case kinds
        case gauges
        case counters
        case startBytesInUse = "start_bytes_in_use"
        case startResidentBytes = "start_rss_bytes"
        case startCPU = "start_cpu_ns"
        case startFreeBytes = "start_free_bytes"
        case startMappedBytes = "start_mapped_bytes"
        case heldBytesInUse = "held_bytes_in_use"
        case heldResidentBytes = "held_rss_bytes"
        case heldCPU = "held_cpu_ns"
        case heldFreeBytes = "held_free_bytes"
        case heldMappedBytes = "held_mapped_bytes"
        case heldItems = "held_items"
        case heldQueuedBytes = "held_queued_bytes"
        case bytesInUse = "bytes_in_use"
        case residentBytes = "rss_bytes"
        case cpu = "cpu_ns"
        case freeBytes = "free_bytes"
        case mappedBytes = "mapped_bytes"
        case spinNanoseconds = "spin_ns"
    }

    /// The keys of one reading of the process, each with the figure that it stands for.
    private typealias UsageKeys = [(CodingKeys, WritableKeyPath<WorkerMessage.ProcessUsage, UInt64?>)]

    private static var startKeys: UsageKeys {
        [
            (.startBytesInUse, \.bytesInUse), (.startResidentBytes, \.residentBytes), (.startCPU, \.cpuNanoseconds),
            (.startFreeBytes, \.freeBytes), (.startMappedBytes, \.mappedBytes),
        ]
    }

    private static var heldKeys: UsageKeys {
        [
            (.heldBytesInUse, \.bytesInUse), (.heldResidentBytes, \.residentBytes), (.heldCPU, \.cpuNanoseconds),
            (.heldFreeBytes, \.freeBytes), (.heldMappedBytes, \.mappedBytes),
        ]
    }

    private static var endKeys: UsageKeys {
        [
            (.bytesInUse, \.bytesInUse), (.residentBytes, \.residentBytes), (.cpu, \.cpuNanoseconds),
            (.freeBytes, \.freeBytes), (.mappedBytes, \.mappedBytes),
        ]
    }

    /// Reads a checkpoint; the three readings of the process are told apart by the prefix of their keys.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        func usage(_ keys: UsageKeys) throws -> WorkerMessage.ProcessUsage {
            var usage = WorkerMessage.ProcessUsage()
            for (key, figure) in keys {
                usage[keyPath: figure] = try container.decodeIfPresent(UInt64.self, forKey: key)
            }
            return usage
        }
        self.init(
            phase: try container.decode(Int.self, forKey: .phase),
            label: try container.decode(String.self, forKey: .label),
            startNanoseconds: try container.decode(UInt64.self, forKey: .startNanoseconds),
            plannedEndNanoseconds: try container.decode(UInt64.self, forKey: .plannedEndNanoseconds),
            operationsEndNanoseconds: try container.decode(UInt64.self, forKey: .operationsEndNanoseconds),
            flushedNanoseconds: try container.decodeIfPresent(UInt64.self, forKey: .flushedNanoseconds),
            flushOutcome: try container.decodeIfPresent(FlushOutcome.self, forKey: .flushOutcome),
            failedFlushes: try container.decodeIfPresent(UInt64.self, forKey: .failedFlushes) ?? 0,
            stopped: try container.decodeIfPresent(Bool.self, forKey: .stopped) ?? false,
            attempted: try container.decode(UInt64.self, forKey: .attempted),
            accepted: try container.decode(UInt64.self, forKey: .accepted),
            rejected: try container.decode(UInt64.self, forKey: .rejected),
            missed: try container.decodeIfPresent(UInt64.self, forKey: .missed) ?? 0,
            inFlight: try container.decodeIfPresent(UInt64.self, forKey: .inFlight) ?? 0,
            kinds: try container.decodeIfPresent([Workload.Operation: OperationTally].self, forKey: .kinds) ?? [:],
            gauges: try container.decodeIfPresent([UInt64].self, forKey: .gauges) ?? [],
            counters: try container.decode(SystemCounters.self, forKey: .counters),
            start: try usage(Self.startKeys),
            held: try usage(Self.heldKeys),
            heldItems: try container.decodeIfPresent(UInt64.self, forKey: .heldItems),
            end: try usage(Self.endKeys),
            spinNanoseconds: try container.decodeIfPresent(UInt64.self, forKey: .spinNanoseconds) ?? 0
        )
        heldQueuedBytes = try container.decodeIfPresent(UInt64.self, forKey: .heldQueuedBytes)
    }

    /// Writes a checkpoint; absent figures are left out.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(phase, forKey: .phase)
        try container.encode(label, forKey: .label)
        try container.encode(startNanoseconds, forKey: .startNanoseconds)
        try container.encode(plannedEndNanoseconds, forKey: .plannedEndNanoseconds)
        try container.encode(operationsEndNanoseconds, forKey: .operationsEndNanoseconds)
        try container.encodeIfPresent(flushedNanoseconds, forKey: .flushedNanoseconds)
        try container.encodeIfPresent(flushOutcome, forKey: .flushOutcome)
        try container.encode(failedFlushes, forKey: .failedFlushes)
        try container.encode(stopped, forKey: .stopped)
        try container.encode(attempted, forKey: .attempted)
        try container.encode(accepted, forKey: .accepted)
        try container.encode(rejected, forKey: .rejected)
        if missed > 0 { try container.encode(missed, forKey: .missed) }
        if inFlight > 0 { try container.encode(inFlight, forKey: .inFlight) }
        if !kinds.isEmpty { try container.encode(kinds, forKey: .kinds) }
        if !gauges.isEmpty { try container.encode(gauges, forKey: .gauges) }
        try container.encode(counters, forKey: .counters)
        for (usage, keys) in [(start, Self.startKeys), (held, Self.heldKeys), (end, Self.endKeys)] {
            for (key, figure) in keys { try container.encodeIfPresent(usage[keyPath: figure], forKey: key) }
        }
        try container.encodeIfPresent(heldItems, forKey: .heldItems)
        try container.encodeIfPresent(heldQueuedBytes, forKey: .heldQueuedBytes)
        try container.encode(spinNanoseconds, forKey: .spinNanoseconds)
    }
}
