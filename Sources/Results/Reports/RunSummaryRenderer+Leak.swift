package import HarnessCore

extension RunSummaryRenderer {
    /// What a leak check found: the answer, the series that it rests on, and how to find the place of a leak.
    func leak(_ result: RunResult) -> [String] {
        guard let report = result.leak else { return [] }
        let word = painter.paint(report.verdict.word, report.verdict.style)
        let growth = result.memory.flatMap { $0.isNoteworthy ? $0.sentence : nil }
        let lines = [report.sentence, growth].compactMap(\.self).flatMap { sentence in
            TextWrap.lines(sentence, width: width - 4).map { "  \($0)" }
        }
        return ["\(title("LEAK"))        \(word)"] + lines + series(report) + checks(result.leakChecks ?? [])
            + commands(report)
    }

    /// What the headline says of a leak check; nil of other runs, and where something else decided.
    func leakStatement(_ result: RunResult) -> String? {
        guard let report = result.leak else { return nil }
        switch (result.verdict, report.verdict) {
        case (.fail, .leak), (.noVerdict, .inconclusive), (.pass, _): break
        default: return nil
        }
        let checks = result.leakChecks ?? []
        guard checks.count > 1 else { return report.verdict.word }
        let counts = [LeakReport.Verdict.leak, .inconclusive, .growingBounded, .ok].compactMap { verdict -> String? in
            let count = checks.count { $0.verdict == verdict }
            return count > 0 ? "\(count) \(verdict.word)" : nil
        }
        return "\(checks.count) checks: \(counts.joined(separator: ", "))"
    }

    /// Whose growth it is, by several settings of the allocator.
    func allocator(_ report: AllocatorReport?) -> [String] {
        guard let report else { return [] }
        var table = TextTable([
            .init("  setting"), .init("heap", .right), .init("RSS", .right), .init("RSS peak", .right),
            .init("variables", isFlexible: true),
        ])
        table.indentation = 0
        let growth = { (value: Int64?) in
            TextTable.Cell(value.map { ($0 > 0 ? "+" : "") + Quantity.format(bytes: $0) } ?? "–")
        }
        for setting in report.settings {
            table.append([
                .init("  \(setting.name)"), growth(setting.bytesInUseGrowth), growth(setting.rssGrowth),
                .init(setting.rssPeakBytes.map { Quantity.format(bytes: Double($0)) } ?? "–"),
                .init(setting.variables.joined(separator: " "), .dim),
            ])
        }
        return pairs("ALLOCATOR", [("", painter.paint(report.owner.word, report.owner.style))])
            + TextWrap.lines(report.sentence, width: width - 4).map { "  \($0)" }
            + table.lines(width: width, painter: painter)
    }

    /// A row for each series of cycles; what decides the verdict gives way last where the terminal is narrow.
    private func series(_ report: LeakReport) -> [String] {
        guard !report.trials.isEmpty else { return [] }
        let leaves = { (growth: KeyPath<LeakTrial, Int64?>) in
            report.trials.contains { ($0[keyPath: growth] ?? 0) > 0 }
        }
        let decided = report.resource.map { $0 == "bytes" } ?? true
        var table = TextTable([
            .init("  series"), .init("growth a cycle", .right, dropRank: decided ? nil : 8),
            .init("99 %", .right, dropRank: decided ? nil : 5),
            .init("allowed", .right, dropRank: decided ? 7 : 6),
            .init("an item", .right, dropRank: 3), .init("tau", .right, dropRank: 1),
            .init("cycles", .right, dropRank: 2),
            .init("descriptors", .right, dropRank: leaves(\.descriptorGrowth) ? nil : 4),
            .init("threads", .right, dropRank: leaves(\.threadGrowth) ? nil : 4), .init(""),
        ])
        table.indentation = 0
        for trial in report.trials {
            let bytes = { (value: Double?) in value.map { Quantity.format(bytes: $0) } ?? "–" }
            let interval = trial.slopeLow.map { "\(bytes($0)) to \(bytes(trial.slopeHigh))" } ?? "–"
            let item = trial.slopeBytesPerCycle.flatMap { slope in
                trial.itemsPerCycle > 0 ? slope / Double(trial.itemsPerCycle) : nil
            }
            let handles = { (value: Int64?) in
                TextTable.Cell(value.map { $0 > 0 ? "+\($0)" : "0" } ?? "–", (value ?? 0) > 0 ? .bad : .plain)
            }
            table.append([
                .init("  \(trial.name)"), .init(bytes(trial.slopeBytesPerCycle)), .init(interval),
                .init(trial.verdict == nil ? "–" : bytes(trial.toleranceBytesPerCycle)),
                .init(item.map { "\(Quantity.format(number: $0, decimals: 4)) B" } ?? "–"),
                .init(trial.kendallTau.map { Quantity.format(number: $0, decimals: 2) } ?? "–"),
                .init("\(trial.checkpoints.count - trial.discarded) of \(trial.checkpoints.count)"),
                handles(trial.descriptorGrowth), handles(trial.threadGrowth),
                trial.verdict.map { .init($0.word, $0.style) } ?? "",
            ])
        }
        return table.lines(width: width, painter: painter)
    }

    /// A row for each of several checks.
    private func checks(_ rows: [LeakCheckRow]) -> [String] {
        guard !rows.isEmpty else { return [] }
        var table = TextTable([
            .init("  check", .right), .init("verdict"), .init("growth a cycle", .right), .init("allowed", .right),
            .init("took", .right),
        ])
        table.indentation = 0
        for (index, row) in rows.enumerated() {
            table.append([
                .init("\(index + 1)"), .init(row.verdict.word, row.verdict.style),
                .init(row.bytesPerCycle.map { Quantity.format(bytes: $0) } ?? "–"),
                .init(Quantity.format(bytes: row.toleranceBytesPerCycle)),
                .init(Quantity.format(durationNanoseconds: row.elapsedSeconds * 1e9)),
            ])
        }
        return table.lines(width: width, painter: painter)
    }

    /// Unbroken, so that they can be copied.
    private func commands(_ report: LeakReport) -> [String] {
        guard !report.commands.isEmpty else { return [] }
        return [painter.paint("  to find its place:", .dim)] + report.commands.map { "    \($0)" }
    }
}

extension LeakReport.Verdict {
    /// The verdict as reports print it.
    package var word: String {
        switch self {
        case .ok: "no leak"
        case .leak: "leak"
        case .growingBounded: "grows, but not for ever"
        case .inconclusive: "cannot tell"
        }
    }

    /// How the word is shown.
    package var style: TextStyle {
        switch self {
        case .ok: .good
        case .leak: .bad
        case .growingBounded, .inconclusive: .caution
        }
    }
}

extension AllocatorReport.Owner {
    /// The owner as reports print it.
    package var word: String {
        switch self {
        case .yours: "yours"
        case .allocator: "the allocator's"
        case .nobody: "nothing grows"
        case .unclear: "cannot tell"
        }
    }

    /// How the word is shown.
    package var style: TextStyle {
        switch self {
        case .yours: .bad
        case .allocator, .unclear: .caution
        case .nobody: .good
        }
    }
}
