import LoadEngine
import Results

/// What one repetition brought.
struct RepetitionOutcome {
    /// What the system says of itself.
    var system: SystemDescription
    /// The worker's last words.
    var finished: WorkerMessage.Finished
    /// The ledger after the shutdown; nil when nobody keeps one.
    var ledger: LedgerSnapshot?
    /// The flushes at the end of phases that did not succeed: the phase and how the flush ended.
    var flushFailures: [(phase: String, outcome: FlushOutcome)]
    /// The flushes at the end of phases that succeeded before everything had arrived: the phase and what was missing.
    var lateFlushes: [(phase: String, items: UInt64)]
    /// The reported phases that took longer than their plan.
    var overruns: [PhaseOverrun]
    /// Whether the plan was not carried out to its end.
    var isStopped: Bool
    /// The repetition as it stands in the result.
    var repetition: Repetition
}

extension LedgerReport {
    /// The sink's account beside what the producers say was accepted.
    ///
    /// - Parameters:
    ///   - snapshot: the sink's account.
    ///   - accepted: logs and spans by producer.
    init(_ snapshot: LedgerSnapshot, accepted: [UInt64]) {
        self.init(
            items: snapshot.items,
            distinct: snapshot.distinct,
            duplicated: snapshot.duplicated,
            foreign: snapshot.foreign,
            requests: snapshot.requests,
            bodyBytes: snapshot.bodyBytes,
            malformedRequests: snapshot.malformedRequests,
            producers: snapshot.producers.map { producer in
                ProducerLedger(
                    producer: producer.producer,
                    accepted: accepted.indices.contains(producer.producer) ? accepted[producer.producer] : nil,
                    distinct: producer.distinct,
                    duplicated: producer.duplicated,
                    highestSequence: producer.highestSequence,
                    missingBelowHighest: producer.missingBelowHighest
                )
            },
            logs: snapshot.signals?.logs.map { SignalLedger($0) },
            spans: snapshot.signals?.spans.map { SignalLedger($0) },
            metrics: snapshot.signals?.metrics.map { MetricLedger($0) }
        )
        findings = snapshot.findings
        tenants = snapshot.tenants
        examples = snapshot.examples.flatMap { $0.isEmpty ? nil : $0 }
        wireViolations = snapshot.wireViolations
    }
}

extension SignalLedger {
    /// The account as it stands in the result.
    fileprivate init(_ signal: LedgerSnapshot.ItemSignal) {
        self.init(distinct: signal.distinct, duplicated: signal.duplicated, invalid: signal.invalid)
        findings = signal.findings
    }
}

extension MetricLedger {
    /// The account as it stands in the result.
    fileprivate init(_ metrics: LedgerSnapshot.MetricSignal) {
        let proof = MeasurementProof(metrics)
        self.init(
            streams: UInt64(metrics.streams.count),
            points: metrics.points,
            violations: metrics.violations,
            counters: proof.counters,
            histograms: proof.histograms
        )
    }
}

extension WorkerMessage.Finished {
    /// Logs and spans that the system accepted, by producer: the items that have ids.
    var acceptedItems: [UInt64] {
        guard !kinds.isEmpty else { return accepted }
        return accepted.indices.map { producer in
            kinds.reduce(0) { sum, entry in
                guard entry.key.signal != .metrics, entry.value.indices.contains(producer) else { return sum }
                return sum + entry.value[producer].accepted
            }
        }
    }

    /// What the system accepted of a kind, over all producers; 0 if there is none of the kind.
    func accepted(_ kind: Workload.Operation) -> UInt64 {
        kinds[kind]?.reduce(0) { $0 + $1.accepted } ?? 0
    }
}

extension SystemCounterReport {
    /// The system's own account.
    init(_ counters: SystemCounters) {
        self.init(
            accepted: counters.accepted,
            rejected: counters.rejected,
            dropped: counters.dropped,
            exported: counters.exported,
            queued: counters.queued,
            requests: counters.requests,
            retries: counters.retries
        )
        queuedPeak = counters.peakQueued
        queuedBytesPeak = counters.peakQueuedBytes
    }
}

extension PhaseAccount {
    /// The process at the end of the phase, or nil if the phase did not end.
    func checkpointRecord(repetitionStart: UInt64) -> CheckpointRecord? {
        guard let checkpoint else { return nil }
        let end = checkpoint.flushedNanoseconds ?? checkpoint.operationsEndNanoseconds
        var record = CheckpointRecord(
            label: checkpoint.label,
            phase: planned.name,
            elapsedSeconds: end >= repetitionStart ? Double(end - repetitionStart) / 1e9 : nil,
            bytesInUse: checkpoint.end.bytesInUse,
            rssBytes: checkpoint.end.residentBytes,
            cpuSeconds: checkpoint.end.cpuNanoseconds.map { Double($0) / 1e9 }
        )
        record.freeBytes = checkpoint.end.freeBytes
        record.mappedBytes = checkpoint.end.mappedBytes
        record.queuedItems = checkpoint.counters.queued
        record.queuedBytes = checkpoint.counters.queuedBytes
        if let reading { record.add(reading) }
        return record
    }
}

extension CheckpointRecord {
    /// Takes in what the kernel said of the worker.
    mutating func add(_ reading: OutsideReading) {
        rssAnonymousBytes = reading.residentAnonymousBytes
        rssFileBytes = reading.residentFileBytes
        swapBytes = reading.swapBytes
        rollupRSSBytes = reading.exactResidentBytes
        threads = reading.threads
        descriptors = reading.descriptors
    }
}
