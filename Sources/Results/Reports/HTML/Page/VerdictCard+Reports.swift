import HarnessCore

extension VerdictCard {
    /// The verdict of one run; of a leak check or a search the answer is the word.
    init(_ result: RunResult) {
        let changes = result.configuration.filter { ["environment", "flag"].contains($0.origin) }
        let phases = result.plan.phases.filter { $0.isReported && $0.shape != "idle" }
        let sdk = [result.system.sdkName ?? result.system.name, result.system.sdkVersion].compactMap(\.self)
        let repetitions = result.repetitions.count
        self.init(
            word: result.verdict.word,
            style: result.verdict.style,
            title: result.profile,
            statement: result.statement,
            description: [result.leak?.sentence, result.markedDescription].compactMap(\.self),
            troubles: result.validity.isValid ? [] : result.validity.reasons,
            warnings: (result.memory.map { $0.isNoteworthy ? [$0.sentence] : [] } ?? [])
                + (result.partialExplanation.map { [$0] } ?? [])
                + (changes.isEmpty
                    ? []
                    : ["Changed from the profile: " + changes.map { "\($0.key) \($0.value)" }.joined(separator: ", ")])
                + result.warnings,
            facts: [
                sdk.joined(separator: " ") + (result.system.isEnabled ? "" : " (disabled)"),
                result.plan.producers == 1 ? "1 producer" : "\(result.plan.producers) producers",
                phases.isEmpty
                    ? nil : phases.count > 3 ? "\(phases.count) phases" : phases.map(\.phrase).joined(separator: ", "),
                repetitions > 1 ? "\(repetitions) repetitions" : nil,
                "seed \(result.plan.seed)",
                result.environment.buildConfiguration == "release"
                    ? nil : "\(result.environment.buildConfiguration) build",
                result.startedAt.replacing("T", with: " ").replacing("Z", with: " UTC"),
                result.environment.gitCommit.map {
                    "commit \($0.prefix(10))" + (result.environment.gitDirty == true ? "+" : "")
                },
            ].compactMap(\.self)
        )
    }

    /// The verdict of two runs.
    init(_ report: RunReport) {
        let comparison = report.comparison
        self.init(
            word: comparison?.verdict.rawValue ?? "NO VERDICT",
            style: comparison?.style ?? .caution,
            title: report.subjects.map { $0.result.profile }.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
                .joined(separator: " and "),
            statement: comparison?.statement ?? "",
            description: report.isUncomparable
                ? report.omissions : ["The figures are the candidate's, beside those of the baseline."],
            troubles: comparison?.problems ?? [],
            warnings: (comparison?.differences.map(\.sentence) ?? []) + (comparison?.notes ?? []),
            facts: report.subjects.map { subject in
                "\(subject.name): \(subject.result.verdict.word), \(subject.path)"
            }
        )
    }

    /// What several runs come to: the newest of each profile, and the worst of these as the word.
    init(historyOf report: RunReport) {
        let results = report.subjects.map(\.result)
        let newest = results.reduce(into: [RunResult]()) { newest, result in
            newest.removeAll { $0.profile == result.profile }
            newest.append(result)
        }.sorted { $0.profile < $1.profile }
        let worst = newest.max { $0.verdict.severity < $1.verdict.severity } ?? results[results.count - 1]
        let passed = results.count { $0.verdict == .pass }
        let isOne = newest.count == 1
        self.init(
            word: worst.verdict.word,
            style: worst.verdict.style,
            title: newest.map(\.profile).joined(separator: ", "),
            statement: isOne
                ? "the newest of \(results.count) runs: \(worst.statement)"
                : "the worst of the newest runs of \(newest.count) profiles, \(worst.profile): \(worst.statement)",
            description: isOne ? [] : newest.map { "newest of \($0.profile): \($0.verdict.word), \($0.statement)" },
            troubles: newest.flatMap { result in
                result.validity.isValid
                    ? [] : result.validity.reasons.map { isOne ? $0 : "\(result.profile): \($0)" }
            },
            facts: [
                "\(passed) of \(results.count) runs passed",
                results[0].startedAt + " to " + results[results.count - 1].startedAt,
            ]
        )
    }
}

extension RunVerdict {
    /// Which of two verdicts matters more.
    fileprivate var severity: Int {
        switch self {
        case .pass: 0
        case .noVerdict: 1
        case .invalid: 2
        case .interrupted: 3
        case .fail: 4
        case .error: 5
        }
    }
}

extension PlannedPhase {
    /// The load in few words: `main: 20,000/s for 30 s`.
    fileprivate var phrase: String {
        let rate =
            ratePerSecond.map { Quantity.format(perSecond: $0) } ?? (shape == "max" ? "as fast as possible" : shape)
        let length = durationSeconds.map { " for \(MetricUnit.seconds.format($0))" } ?? ""
        return "\(name): \(rate)\(length)"
    }
}
