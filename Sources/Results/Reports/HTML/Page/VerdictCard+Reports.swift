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
            description: [result.leak?.sentence, result.description].compactMap(\.self),
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
            description: ["The figures are the candidate's, beside those of the baseline."],
            troubles: comparison?.problems ?? [],
            warnings: (comparison?.differences.map(\.sentence) ?? []) + (comparison?.notes ?? []),
            facts: report.subjects.map { subject in
                "\(subject.name): \(subject.result.verdict.word), \(subject.path)"
            }
        )
    }

    /// The newest verdict of several runs.
    init(historyOf report: RunReport) {
        let newest = report.subjects[report.subjects.count - 1].result
        let passed = report.subjects.count { $0.result.verdict == .pass }
        let profiles = Set(report.subjects.map(\.result.profile)).sorted()
        self.init(
            word: newest.verdict.word,
            style: newest.verdict.style,
            title: profiles.joined(separator: ", "),
            statement: "the newest of \(report.subjects.count) runs: \(newest.statement)",
            description: ["\(passed) of \(report.subjects.count) runs passed."],
            troubles: newest.validity.isValid ? [] : newest.validity.reasons,
            facts: [report.subjects[0].result.startedAt + " to " + newest.startedAt]
        )
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
