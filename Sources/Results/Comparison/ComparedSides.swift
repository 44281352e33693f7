/// Both sides of one profile, with what decides how far their difference can be trusted.
struct ComparedSides {
    /// What is compared with.
    var baseline: [RunResult]
    /// What is looked at.
    var candidate: [RunResult]
    /// Whether the n-th repetition of one side belongs to the n-th of the other.
    var isPaired: Bool
    /// Pairs measured afresh, after a screen with the others; nil where there was no second measurement.
    var confirmation: PairedResult.Confirmation?
    /// In what the fingerprints differ.
    var differences: [FingerprintDifference]

    /// Whether nothing relative can be judged.
    var isBlocked: Bool { differences.contains { $0.severity == .blocking } }

    /// Whether the machines, or how they were set up, differ.
    var isDemoted: Bool { differences.contains { $0.severity == .demoting } }

    /// The share of the attempted items that did not arrive, over all repetitions; nil where nobody knows.
    static func lostShare(_ results: [RunResult]) -> Double? {
        var (lost, attempted) = (0.0, 0.0)
        for result in results where result.delivery == .verified {
            for phase in result.repetitions.flatMap(\.reportedPhases) {
                guard let delivered = phase.load.delivered, let queued = phase.load.queued else { return nil }
                attempted += Double(phase.load.attempted)
                lost += max(0, Double(phase.load.attempted) - Double(delivered) - Double(queued))
            }
        }
        return attempted > 0 ? lost / attempted : nil
    }
}

/// What the repetitions of both sides say of one metric.
struct ComparedValues {
    /// The baseline's values; of pairs in the order of the candidate's.
    var baseline: [Double]
    /// The candidate's values.
    var candidate: [Double]
    /// Samples behind the percentile or mean that has fewest.
    var fewestSamples: UInt64?
    /// Pairs, or repetitions of both sides, that were left out because something disturbed them.
    var dropped = 0
    /// How many there were before.
    var total: Int

    /// Whether so many were left out that the others prove nothing either.
    var isTooDisturbed: Bool {
        Double(dropped) > RunResult.largestDisturbedShare * Double(total) || baseline.isEmpty || candidate.isEmpty
    }
}

/// Why two sides cannot be compared in one metric.
enum MissingValues: Error {
    /// Neither side has it.
    case both(MetricReading)
    /// Only the candidate has it.
    case baseline(MetricReading)
    /// Only the baseline has it.
    case candidate(MetricReading)
}

extension ComparedSides {
    /// The values of both sides, without those that something disturbed where the metric is timed.
    ///
    /// Throughput is counted in items that were delivered and verified: what a system sheds makes it no faster.
    func values(of metric: Metric, phase: String?) throws(MissingValues) -> ComparedValues {
        try Self.values(of: metric, phase: phase, baseline, candidate, isPaired: isPaired)
    }

    /// The same of the pairs that were measured afresh; nil where there are none, or where the screen settled the gate.
    func freshValues(for gate: Gate) throws(MissingValues) -> ComparedValues? {
        guard let confirmation, confirmation.gates.contains(gate.name) else { return nil }
        return try Self.values(
            of: gate.metric,
            phase: gate.phase,
            [confirmation.baseline],
            [confirmation.candidate],
            isPaired: true
        )
    }

    private static func values(
        of metric: Metric,
        phase: String?,
        _ baseline: [RunResult],
        _ candidate: [RunResult],
        isPaired: Bool
    ) throws(MissingValues) -> ComparedValues {
        let first = side(baseline, metric, phase)
        let second = side(candidate, metric, phase)
        switch (first, second) {
        case (.none(let reading), .none): throw .both(reading)
        case (.none(let reading), .values): throw .baseline(reading)
        case (.values, .none(let reading)): throw .candidate(reading)
        case (.values(let first), .values(let second)):
            let samples = [first.samples, second.samples].compactMap(\.self).min()
            guard isPaired else {
                let (left, right) = (first.trusted, second.trusted)
                let total = first.values.count + second.values.count
                return ComparedValues(
                    baseline: left,
                    candidate: right,
                    fewestSamples: samples,
                    dropped: total - left.count - right.count,
                    total: total
                )
            }
            let count = min(first.values.count, second.values.count)
            let kept = (0..<count).filter { !first.disturbed.contains($0) && !second.disturbed.contains($0) }
            return ComparedValues(
                baseline: kept.map { first.values[$0] },
                candidate: kept.map { second.values[$0] },
                fewestSamples: samples,
                dropped: count - kept.count,
                total: count
            )
        }
    }

    private struct SideValues {
        var values: [Double] = []
        var disturbed: Set<Int> = []
        var samples: UInt64?

        var trusted: [Double] { values.indices.filter { !disturbed.contains($0) }.map { values[$0] } }
    }

    private enum Side {
        case values(SideValues)
        case none(MetricReading)
    }

    private static func side(_ results: [RunResult], _ metric: Metric, _ phase: String?) -> Side {
        var side = SideValues()
        for result in results {
            switch result.observations(of: metric, phase: phase) {
            case .none(let reading): return .none(reading)
            case .values(let values, let samples):
                if !metric.countsOnInvalidRuns {
                    side.disturbed.formUnion(result.disturbedRepetitions.map { $0 + side.values.count })
                }
                side.values +=
                    metric.isThroughput ? result.perDeliveredItem(values, phase: phase) : values
                side.samples = samples.map { min($0, side.samples ?? $0) } ?? side.samples
            }
        }
        return side.values.isEmpty ? .none(.absent("there are no repetitions")) : .values(side)
    }
}

extension Metric {
    /// Whether it counts items a second that need not have arrived.
    var isThroughput: Bool { name == "achieved_per_s" || name == "accepted_per_s" }
}

extension RunResult {
    /// Throughputs, one of each repetition, scaled to what was delivered and verified of what was attempted.
    fileprivate func perDeliveredItem(_ values: [Double], phase: String?) -> [Double] {
        guard delivery == .verified, values.count == repetitions.count else { return values }
        return zip(values, repetitions).map { value, repetition in
            let phases = phase.map { name in repetition.phases.filter { $0.name == name } } ?? repetition.reportedPhases
            let attempted = phases.reduce(0.0) { $0 + Double($1.load.attempted) }
            let delivered = phases.compactMap(\.load.delivered)
            guard attempted > 0, delivered.count == phases.count else { return value }
            return value * min(1, delivered.reduce(0) { $0 + Double($1) } / attempted)
        }
    }
}
