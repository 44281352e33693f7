import LoadEngine
import Measurement
import Results

extension PhaseAccount {
    /// Works out the phase as it stands in a result.
    ///
    /// - Parameter repetitionStart: Monotonic time in nanoseconds that start times are counted from.
    /// - Returns: The phase, or nil if the worker never finished it.
    func result(repetitionStart: UInt64) -> PhaseResult? {
        guard let checkpoint else { return nil }
        let start = checkpoint.startNanoseconds
        // A phase stopped early ends with its last operation.
        let operationsEnd = checkpoint.operationsEndNanoseconds
        let end = checkpoint.stopped ? operationsEnd : max(operationsEnd, checkpoint.plannedEndNanoseconds)
        let duration = Self.seconds(from: start, to: end)
        let completion = checkpoint.flushedNanoseconds.map { Self.seconds(from: start, to: $0) }
        let load = load(checkpoint)
        return PhaseResult(
            name: planned.name,
            shape: planned.shape,
            isReported: planned.report,
            startSeconds: Self.seconds(from: repetitionStart, to: start),
            durationSeconds: duration,
            completionSeconds: completion,
            drainSeconds: drainSeconds,
            load: load,
            rates: PhaseRates(
                offeredPerSecond: planned.offeredPerSecond,
                load: load,
                durationSeconds: duration,
                completionSeconds: completion
            ),
            latency: PhaseLatency(
                responseTime: LatencySummary(response),
                serviceTime: LatencySummary(service),
                lag: LatencySummary(lag),
                flushLatency: LatencySummary(flushLatency),
                freshness: ledger?.freshness.hdr.flatMap { LatencySummary($0) }
            ),
            memory: memory(checkpoint),
            cpu: cpu(checkpoint, wallSeconds: completion ?? duration, items: load.attempted),
            requests: exports(ledger?.requests, \.requests),
            bodyBytes: exports(ledger?.bodyBytes, \.bodyBytes),
            host: host
        )
    }

    /// How far the phase overran its plan, or nil if it kept it or had none.
    ///
    /// A tenth of the plan and a quarter of a second are forgiven: catching up after a stall is part of an open model.
    var overrun: PhaseOverrun? {
        guard let checkpoint, planned.report, !checkpoint.stopped, planned.isOpen else { return nil }
        let (start, end) = (checkpoint.startNanoseconds, checkpoint.operationsEndNanoseconds)
        let duration = planned.durationNanoseconds
        guard duration > 0, end > start, end - start > duration + max(duration / 10, 250_000_000) else { return nil }
        let inCalls = (service.mean ?? 0) * Double(service.totalCount)
        return PhaseOverrun(
            phase: planned.name,
            plannedSeconds: Double(duration) / 1e9,
            actualSeconds: Double(end - start) / 1e9,
            callShare: inCalls / Double(end - start)
        )
    }

    /// How long after its start what had waited before the phase went on arriving; 0 when all of it arrived before.
    private var drainSeconds: Double? {
        let before = arrivalsBetween.distinct > 0 ? 0.0 : nil
        return ledger?.drainedNanoseconds.map { Double($0) / 1e9 } ?? before
    }

    /// A figure of all requests of the phase: those with items, which the sink counts by phase, and those with metrics.
    private func exports(_ items: UInt64?, _ metrics: KeyPath<MeasurementProof, UInt64>) -> UInt64? {
        guard let items, let proof else { return items }
        let before = proofBefore?[keyPath: metrics] ?? 0
        return items + proof[keyPath: metrics] - min(proof[keyPath: metrics], before)
    }

    private func load(_ checkpoint: WorkerMessage.Checkpoint) -> PhaseLoad {
        let dropped = Self.difference(checkpoint.counters.dropped, countersBefore.dropped)
        let droppedCount = dropped.values.reduce(0, +)
        // Nothing waits after a flush that succeeded, whatever the system says of its queue.
        let waiting = checkpoint.flushOutcome == .success ? 0 : checkpoint.counters.queued
        let queued = Int64(clamping: waiting) - Int64(clamping: countersBefore.queued)
        var load = PhaseLoad(
            attempted: checkpoint.attempted,
            accepted: checkpoint.accepted,
            rejected: checkpoint.rejected,
            dropped: droppedCount,
            droppedByReason: dropped,
            queued: checkpoint.counters.queued,
            missed: checkpoint.missed,
            inFlightAtDeadline: checkpoint.inFlight
        )
        load.queuedBytes = checkpoint.counters.queuedBytes
        if checkpoint.operations != checkpoint.attempted { load.operations = checkpoint.operations }
        if checkpoint.kinds.count > 1 {
            load.kinds = checkpoint.kinds.reduce(into: [:]) { kinds, entry in
                kinds[entry.key.rawValue] = KindLoad(
                    operations: entry.value.operations,
                    accepted: entry.value.accepted,
                    rejected: entry.value.rejected,
                    delivered: self.delivered(entry.key),
                    latency: self.kinds[entry.key].map { PhaseLatency($0) }
                )
            }
        }
        guard let ledger, let measurements = deliveredMeasurements else { return load }
        let between = arrivalsBetween
        let delivered = ledger.distinct + between.distinct + measurements
        load.delivered = delivered
        load.duplicated = ledger.duplicated + between.duplicated
        if let strays {
            load.foreign = strays.foreign - min(strays.foreign, straysBefore.foreign)
            load.invalid = strays.invalid.map { $0 - min($0, straysBefore.invalid ?? 0) }
        }
        let lost = Int64(clamping: checkpoint.accepted) - Int64(clamping: delivered) - queued + measurementsBefore
        let unaccounted = lost - Int64(clamping: droppedCount)
        // While an export may be under way the three accounts are of different moments: a difference proves nothing.
        // After a flush, or when they agree, they are of one.
        if checkpoint.flushOutcome != nil || unaccounted == 0 {
            load.lost = lost
            load.unaccounted = unaccounted
        }
        return load
    }

    /// Items that a flush called delivered which had not arrived; nil where there was none, or nobody knows.
    ///
    /// After the last phase the shutdown may deliver them before the ledger is read: what the system itself says that it
    /// still holds is as good a proof.
    var lateItems: UInt64? {
        guard let checkpoint, checkpoint.flushOutcome == .success else { return nil }
        let missing = UInt64(clamping: load(checkpoint).unaccounted ?? 0)
        let late = max(missing, checkpoint.counters.queued)
        return late > 0 ? late : nil
    }

    private func memory(_ checkpoint: WorkerMessage.Checkpoint) -> PhaseMemory {
        let (start, held, end) = (checkpoint.start, checkpoint.held, checkpoint.end)
        // Once something was exported, growth says nothing of what an item takes in the queue.
        let holdsAll = checkpoint.accepted > 0 && checkpoint.heldItems == checkpoint.accepted
        var memory = PhaseMemory(
            rssStartBytes: start.residentBytes,
            rssPeakBytes: [peakResidentBytes, start.residentBytes, held.residentBytes, end.residentBytes]
                .compactMap { $0 }.max(),
            rssEndBytes: end.residentBytes,
            rssGrowthBytes: Self.growth(start.residentBytes, end.residentBytes),
            bytesInUseStart: start.bytesInUse,
            bytesInUseEnd: end.bytesInUse,
            bytesInUseGrowth: Self.growth(start.bytesInUse, end.bytesInUse),
            heldRSSGrowthBytes: holdsAll ? Self.growth(start.residentBytes, held.residentBytes) : nil,
            heldBytesInUseGrowthBytes: holdsAll ? Self.growth(start.bytesInUse, held.bytesInUse) : nil
        )
        if checkpoint.heldItems ?? 0 > 0 {
            (memory.heldItems, memory.heldQueuedBytes) = (checkpoint.heldItems, checkpoint.heldQueuedBytes)
            (memory.heldBytesInUse, memory.heldRSSBytes) = (held.bytesInUse, held.residentBytes)
        }
        return memory
    }

    /// Processor time of the phase without what the producers spun for the sake of punctuality; nil where they seem to
    /// have spun for all of it, because a busy machine kept them from their processor meanwhile.
    private func cpu(_ checkpoint: WorkerMessage.Checkpoint, wallSeconds: Double, items: UInt64) -> PhaseCPU? {
        guard let before = checkpoint.start.cpuNanoseconds, let after = checkpoint.end.cpuNanoseconds, after >= before
        else { return nil }
        let used = after - before
        guard used > checkpoint.spinNanoseconds else { return nil }
        let own = used - checkpoint.spinNanoseconds
        return PhaseCPU(seconds: Double(own) / 1e9, wallSeconds: wallSeconds, items: items)
    }

    private static func growth(_ before: UInt64?, _ after: UInt64?) -> Int64? {
        guard let before, let after else { return nil }
        return Int64(clamping: after) - Int64(clamping: before)
    }

    /// What was added since, by reason; reasons without an addition are left out.
    private static func difference(_ after: [String: UInt64], _ before: [String: UInt64]) -> [String: UInt64] {
        after.compactMapValues { $0 }.reduce(into: [:]) { result, entry in
            let added = entry.value - min(entry.value, before[entry.key] ?? 0)
            if added > 0 { result[entry.key] = added }
        }
    }

    private static func seconds(from start: UInt64, to end: UInt64) -> Double {
        end >= start ? Double(end - start) / 1e9 : -Double(start - end) / 1e9
    }
}

extension PhaseLatency {
    /// The distributions of one kind of operation.
    fileprivate init(_ latencies: OperationLatencies) {
        self.init(
            responseTime: latencies.response.flatMap { LatencySummary($0) },
            serviceTime: latencies.service.flatMap { LatencySummary($0) },
            lag: latencies.lag.flatMap { LatencySummary($0) }
        )
    }
}
