extension PhaseResult {
    /// Several phases as one, for figures over a whole run; `nil` for none.
    ///
    /// Counts, durations and processor time add up, rates are worked out again from the sums, distributions are merged
    /// without loss, peaks are the highest peak, and growth goes from before the first phase to after the last. A sum
    /// with an unknown part is unknown.
    package static func merged(_ phases: [PhaseResult]) -> PhaseResult? {
        guard let first = phases.first, let last = phases.last else { return nil }
        guard phases.count > 1 else { return first }
        let duration = phases.reduce(0) { $0 + $1.durationSeconds }
        let completion = sum(phases) { $0.completionSeconds }
        let load = mergedLoad(phases)
        let offered = sum(phases) { phase in phase.rates.offeredPerSecond.map { $0 * phase.durationSeconds } }
        return PhaseResult(
            name: phases.map(\.name).joined(separator: "+"),
            shape: phases.allSatisfy { $0.shape == first.shape } ? first.shape : "mixed",
            isReported: first.isReported,
            startSeconds: first.startSeconds,
            durationSeconds: duration,
            completionSeconds: completion,
            // The longest of any phase: that of the one after an outage.
            drainSeconds: phases.compactMap(\.drainSeconds).max(),
            load: load,
            rates: PhaseRates(
                offeredPerSecond: offered.flatMap { duration > 0 ? $0 / duration : nil },
                load: load,
                durationSeconds: duration,
                completionSeconds: completion
            ),
            latency: .merged(phases.map(\.latency)),
            memory: mergedMemory(first: first, last: last, phases),
            cpu: sum(phases) { $0.cpu?.seconds }.map {
                PhaseCPU(seconds: $0, wallSeconds: completion ?? duration, items: load.attempted)
            },
            requests: sum(phases) { $0.requests },
            bodyBytes: sum(phases) { $0.bodyBytes }
        )
    }

    private static func mergedLoad(_ phases: [PhaseResult]) -> PhaseLoad {
        PhaseLoad(
            attempted: phases.reduce(0) { $0 + $1.load.attempted },
            accepted: phases.reduce(0) { $0 + $1.load.accepted },
            rejected: phases.reduce(0) { $0 + $1.load.rejected },
            delivered: sum(phases) { $0.load.delivered },
            lost: sum(phases) { $0.load.lost },
            duplicated: sum(phases) { $0.load.duplicated },
            foreign: sum(phases) { $0.load.foreign },
            dropped: sum(phases) { $0.load.dropped },
            droppedByReason: phases.reduce(into: [:]) { $0.merge($1.load.droppedByReason, uniquingKeysWith: +) },
            unaccounted: sum(phases) { $0.load.unaccounted },
            // What one phase leaves in the queue the next one finds there: only the last queue counts.
            queued: phases.last?.load.queued,
            operations: phases.contains { $0.load.operations != nil }
                ? phases.reduce(0) { $0 + ($1.load.operations ?? $1.load.attempted) } : nil,
            kinds: mergedKinds(phases),
            missed: sum(phases) { $0.load.missed },
            inFlightAtDeadline: sum(phases) { $0.load.inFlightAtDeadline },
            invalid: sum(phases) { $0.load.invalid }
        )
    }

    private static func mergedKinds(_ phases: [PhaseResult]) -> [String: KindLoad]? {
        let kinds = phases.compactMap(\.load.kinds)
        guard kinds.count == phases.count else { return nil }
        return kinds.reduce(into: [:]) { $0.merge($1, uniquingKeysWith: +) }
    }

    private static func mergedMemory(first: PhaseResult, last: PhaseResult, _ phases: [PhaseResult]) -> PhaseMemory? {
        guard let before = first.memory, let after = last.memory else { return nil }
        let growth = { (start: UInt64?, end: UInt64?) -> Int64? in
            guard let start, let end else { return nil }
            return Int64(clamping: end) - Int64(clamping: start)
        }
        var memory = PhaseMemory(
            rssStartBytes: before.rssStartBytes,
            rssPeakBytes: phases.compactMap(\.memory?.rssPeakBytes).max(),
            rssEndBytes: after.rssEndBytes,
            rssGrowthBytes: growth(before.rssStartBytes, after.rssEndBytes),
            bytesInUseStart: before.bytesInUseStart,
            bytesInUseEnd: after.bytesInUseEnd,
            bytesInUseGrowth: growth(before.bytesInUseStart, after.bytesInUseEnd),
            heldRSSGrowthBytes: phases.compactMap(\.memory?.heldRSSGrowthBytes).max(),
            heldBytesInUseGrowthBytes: phases.compactMap(\.memory?.heldBytesInUseGrowthBytes).max()
        )
        // The growth is that of one phase, and so are the items that it is divided by.
        memory.heldItems =
            phases.max {
                ($0.memory?.heldBytesInUseGrowthBytes ?? .min) < ($1.memory?.heldBytesInUseGrowthBytes ?? .min)
            }?.memory?.heldItems
        return memory
    }

    private static func sum<Value: AdditiveArithmetic>(
        _ phases: [PhaseResult],
        _ value: (PhaseResult) -> Value?
    ) -> Value? {
        var total = Value.zero
        for phase in phases {
            guard let value = value(phase) else { return nil }
            total += value
        }
        return total
    }
}
