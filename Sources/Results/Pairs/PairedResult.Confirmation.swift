extension PairedResult {
    /// Pairs that were measured afresh for gates that the first ones could not settle.
    ///
    /// What they say stands alone: figures that raised a suspicion cannot be used again to confirm it. So nothing has to be
    /// corrected for having looked twice.
    package struct Confirmation: Codable, Equatable, Sendable {
        /// The gates that the first pairs left suspicious or undecided, by name; the fresh pairs decide these alone.
        package var gates: [String]
        /// Fresh pairs that were asked for; fewer are there when somebody ended it, or while it goes on.
        package var plannedPairs: Int
        /// The fresh pairs in the order in which they were run.
        package var pairs: [Pair]
        /// What was compared with, measured again.
        package var baseline: RunResult
        /// What is looked at, measured again.
        package var candidate: RunResult
        /// Every metric that both sides have.
        package var metrics: [PairedMetric]

        /// Takes fresh pairs over from a paired result of their own.
        package init(of gates: [String], measured fresh: PairedResult) {
            self.gates = gates
            plannedPairs = fresh.plannedPairs
            pairs = fresh.pairs
            baseline = fresh.baseline.result
            candidate = fresh.candidate.result
            metrics = fresh.metrics
        }

        /// Whether every pair that was asked for is there.
        package var isComplete: Bool { pairs.count == plannedPairs }

        private enum CodingKeys: String, CodingKey {
            case gates
            case plannedPairs = "planned_pairs"
            case pairs
            case baseline
            case candidate
            case metrics
        }
    }
}
