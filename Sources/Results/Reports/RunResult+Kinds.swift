extension RunResult {
    private static let metricOperations: Set<String> = ["counter", "gauge", "histogram"]

    /// Processor time of the worker with what its producers spun, in percent of one processor, as the median over
    /// repetitions; nil where nobody knows, or where it is hardly more than without.
    var processorShareWithSpinning: Double? {
        let shares = repetitions.compactMap { repetition -> Double? in
            let phases = repetition.reportedPhases.filter { !$0.isIdle && $0.host?.workerCPUPercent != nil }
            let seconds = phases.reduce(0) { $0 + $1.durationSeconds }
            guard seconds > 0 else { return nil }
            return phases.reduce(0) { $0 + ($1.host?.workerCPUPercent ?? 0) * $1.durationSeconds } / seconds
        }
        guard let share = MetricSpread.median(shares), let own = summary["cpu_percent"], share > own + 0.5 else {
            return nil
        }
        return share
    }

    /// The kinds of operation that the phases tell apart; empty when there is but one.
    private var kinds: Set<String> {
        Set(repetitions.flatMap(\.phases).compactMap(\.load.kinds).flatMap(\.keys))
    }

    /// Whether measurements, which travel as sums, are among the items.
    var hasMetrics: Bool {
        hasOnlyMetrics || !kinds.isDisjoint(with: Self.metricOperations)
    }

    /// Whether there is nothing else among them.
    var hasOnlyMetrics: Bool {
        kinds.isEmpty
            ? plan.operation.map { Self.metricOperations.contains($0) } ?? false
            : kinds.isSubset(of: Self.metricOperations)
    }
}
