/// What is to be judged, by what.
package struct ComparisonRequest: Sendable {
    /// What is compared with, each with its file; empty where only budgets are judged.
    package var baselines: [(path: String, result: RunResult)] = []
    /// What is looked at, each with its file.
    package var candidates: [(path: String, result: RunResult)] = []
    /// Both sides measured in turn, each with its file.
    package var pairs: [(path: String, result: PairedResult)] = []
    /// The thresholds file in force, if there is one.
    package var thresholds: (identity: ThresholdsIdentity, file: ThresholdsFile)?
    /// Gates from elsewhere, such as a command line.
    package var assertions: [Gate] = []
    /// Whether gates that select none of the results are a note rather than a problem.
    package var allowsUnselected = false
    /// Whether limits that only a ledger can judge may stay unjudged.
    package var allowsUnverified = false
    /// The day in UTC, `2026-11-21`: waivers end on one.
    package var today: String

    /// Makes a request without anything to judge.
    package init(today: String) {
        self.today = today
    }

    /// Whether there are two sides.
    package var isComparison: Bool { !baselines.isEmpty || !pairs.isEmpty }

    /// Every gate that may select a result, in the order in which they were written down.
    var gates: [Gate] { (thresholds?.file.gates ?? []) + assertions }
}
