extension ComparisonReport {
    /// The commands that measure and compare again, for a shell.
    ///
    /// Paths are those of the machine that measured: a worker is built from the commit that stands beside it.
    var reproduction: [String] {
        measuring + [comparing]
    }

    private var measuring: [String] {
        switch design {
        case .paired:
            return inputs.filter { $0.role == .paired }.map { input in
                let sides = [("baseline", baseline), ("candidate", candidate)]
                let options = sides.flatMap { name, side in
                    (side?.workers.first.map { ["--\(name)-worker", $0.path] } ?? [])
                        + (side?.settings ?? []).flatMap { ["--\(name)-set", $0] }
                }
                return ShellWords.line(
                    ["bench", "ab", "--profile", input.profile, "--pairs", "\(input.repetitions)"] + options
                )
            }
        case .budgets, .unpaired:
            return inputs.filter { $0.role == .candidate }.map { input in
                let options = input.repetitions > 1 ? ["--repeat", "\(input.repetitions)"] : []
                return ShellWords.line(["bench", "--profile", input.profile] + options)
            }
        }
    }

    private var comparing: String {
        let limits = thresholds.map { ["--thresholds", $0.path] } ?? []
        let files = { (role: ComparisonInput.Role) in inputs.filter { $0.role == role }.map(\.path) }
        switch design {
        case .unpaired:
            return ShellWords.line(
                ["bench-compare"] + files(.baseline).flatMap { ["--baseline", $0] }
                    + files(.candidate).flatMap { ["--candidate", $0] } + limits
            )
        case .budgets, .paired:
            return ShellWords.line(["bench-compare"] + files(.candidate) + files(.paired) + limits)
        }
    }
}
