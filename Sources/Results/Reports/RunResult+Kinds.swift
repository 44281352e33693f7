extension RunResult {
    private static let metricOperations: Set<String> = ["counter", "gauge", "histogram"]

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
