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
                return Self.line(
                    ["bench", "ab", "--profile", input.profile, "--pairs", "\(input.repetitions)"] + options
                )
            }
        case .budgets, .unpaired:
            return inputs.filter { $0.role == .candidate }.map { input in
                let options = input.repetitions > 1 ? ["--repeat", "\(input.repetitions)"] : []
                return Self.line(["bench", "--profile", input.profile] + options)
            }
        }
    }

    private var comparing: String {
        let limits = thresholds.map { ["--thresholds", $0.path] } ?? []
        let files = { (role: ComparisonInput.Role) in inputs.filter { $0.role == role }.map(\.path) }
        switch design {
        case .unpaired:
            return Self.line(
                ["bench-compare"] + files(.baseline).flatMap { ["--baseline", $0] }
                    + files(.candidate).flatMap { ["--candidate", $0] } + limits
            )
        case .budgets, .paired:
            return Self.line(["bench-compare"] + files(.candidate) + files(.paired) + limits)
        }
    }

    /// Words as a shell takes them (POSIX.1-2024, section 2.2.2: nothing in single quotes means anything).
    private static func line(_ words: [String]) -> String {
        words.map { word in
            let isPlain =
                !word.isEmpty
                && word.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-_./=:@%+,".contains($0)) }
            return isPlain ? word : "'" + word.replacing("'", with: "'\\''") + "'"
        }.joined(separator: " ")
    }
}
