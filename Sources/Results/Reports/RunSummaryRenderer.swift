package import HarnessCore

/// Renders a result as the text that people read after every run: the verdict first, then why, then the figures.
///
/// A figure that was not measured, or that too few samples support, is a dash or is left out; nothing is shown as zero
/// that was not counted.
package struct RunSummaryRenderer: Sendable {
    /// Characters in a line; tables drop columns that matter less to keep within it.
    package var width: Int
    /// Whether styles are used.
    package var painter: TextPainter

    /// Makes a renderer; without colour unless asked for.
    package init(width: Int = 100, showsColour: Bool = false) {
        self.width = width
        painter = TextPainter(isEnabled: showsColour)
    }

    /// The summary of a result, ending in a line break; `file` is where the result was written.
    package func render(_ result: RunResult, file: String? = nil) -> String {
        let subject = PhaseResult.merged(result.repetitions.flatMap { $0.reportedPhases.filter { !$0.isIdle } })
        var blocks = [
            headline(result), leak(result), allocator(result.allocator), search(result.search), scaling(result.scaling),
            thresholds(result),
        ]
        if let subject {
            blocks.append(figures(result, subject))
            blocks.append(latencies(result, subject))
        }
        blocks.append(audit(result))
        blocks.append(validity(result))
        blocks += [resources(result, subject), spread(result), phases(result), remarks(result)]
        if let file { blocks.append(pairs("FILE", [("", file)])) }
        return blocks.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") }.joined(separator: "\n\n") + "\n"
    }

    // MARK: - Verdict

    private func headline(_ result: RunResult) -> [String] {
        let word = painter.paint(result.verdict.word, result.verdict.style)
        let statements = [statement(result), delivery(result)].compactMap(\.self).joined(separator: ", ")
        var lines = ["\(word)  \(painter.paint(result.profile, .bold)): \(statements)"]
        lines +=
            result.validity.isValid ? [] : result.validity.reasons.map { "  " + painter.paint("! \($0)", .caution) }
        if let explanation = result.partialExplanation {
            lines += TextWrap.lines(explanation, width: width - 2).map { "  " + painter.paint($0, .caution) }
        }
        let changes = result.configuration.filter { ["environment", "flag"].contains($0.origin) }
        if let description = result.markedDescription { lines.append("  " + description) }
        if !changes.isEmpty {
            let list = changes.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
            lines += TextWrap.lines("changed: \(list)", width: width - 2).map { "  " + painter.paint($0, .caution) }
        }
        let sdk = [result.system.sdkName ?? result.system.name, result.system.sdkVersion].compactMap(\.self)
        let plan = result.plan
        let repetitions = result.repetitions.count
        let facts = [
            sdk.joined(separator: " ") + (result.system.isEnabled ? "" : " (disabled)"),
            plan.producers == 1 ? "1 producer" : "\(plan.producers) producers",
            repetitions > 1 ? "\(repetitions) repetitions" : nil,
            "seed \(plan.seed)",
            "plan \(plan.hash.prefix(16))",
            result.environment.buildConfiguration == "release" ? nil : "\(result.environment.buildConfiguration) build",
        ]
        // Lines break between facts and not inside one.
        let unbroken = facts.compactMap { $0.map { String($0.map { $0 == " " ? "\u{A0}" : $0 }) } }
        let wrapped = TextWrap.lines(unbroken.joined(separator: " · "), width: width - 2)
        return lines
            + wrapped.map { line in
                "  " + painter.paint(String(line.map { $0 == "\u{A0}" ? " " : $0 }), .dim)
            }
    }

    /// What the verdict rests on, in a clause.
    func statement(_ result: RunResult) -> String {
        if let leak = leakStatement(result) { return leak }
        let unjudged = result.thresholds.count { $0.verdict == .notEvaluated }
        let broken = result.thresholds.count { $0.isFailure && $0.verdict == .fail }
        let missing = result.thresholds.count { $0.isFailure && $0.verdict == .missing }
        switch result.verdict {
        case .pass:
            let held = result.thresholds.count { $0.verdict == .pass }
            return "\(held) of \(result.thresholds.count) thresholds hold"
                + (unjudged > 0 ? ", \(unjudged) not evaluated" : "")
        case .fail:
            guard broken > 0 else { return "\(missing) of \(result.thresholds.count) thresholds missing" }
            return "\(broken) of \(result.thresholds.count) thresholds broken"
                + (missing > 0 ? ", \(missing) missing" : "")
        case .invalid: return "the figures cannot be trusted"
        case .noVerdict where result.search?.capacityPerSecond == nil && result.search != nil:
            return "no rate was confirmed"
        case .noVerdict
        where result.lacksProof(for: result.thresholds) || result.isInconclusive(for: result.thresholds):
            let held = result.thresholds.count { $0.verdict == .pass }
            return "\(held) of \(result.thresholds.count) thresholds hold, \(unjudged) not evaluated"
        case .noVerdict: return result.thresholds.isEmpty ? "nothing to judge" : "no threshold could be judged"
        case .interrupted: return result.partialStatement ?? "what was measured until then follows"
        case .error: return ["the run failed", result.partialStatement].compactMap(\.self).joined(separator: ", ")
        }
    }

    /// Whether delivery is proved, in a clause; nil where nothing was accepted.
    func delivery(_ result: RunResult) -> String? {
        switch result.delivery {
        case .unverified: return painter.paint("delivery unverified", .caution)
        case .notApplicable: return "nothing to deliver"
        case .verified:
            let phases = result.repetitions.flatMap(\.reportedPhases).map(\.load)
            let delivered = phases.compactMap(\.delivered).reduce(0, +)
            let accepted = phases.reduce(0) { $0 + $1.accepted }
            guard accepted > 0 else { return nil }
            return "delivery verified (\(Quantity.format(count: delivered)) of \(Quantity.format(count: accepted)))"
        }
    }

    private func thresholds(_ result: RunResult) -> [String] {
        let rows = result.thresholds
        guard !rows.isEmpty else { return [] }
        var table = GateTable(showsProfile: false, showsSource: rows.contains { $0.source == .builtIn })
        for row in GateTable.sorted(rows) { table.append(row) }
        let advice =
            result.verdict == .noVerdict && result.lacksProof(for: rows)
            ? ["to be judged without what is not evaluated: --allow-unverified"] : []
        return [title("THRESHOLDS")] + table.lines(width: width, painter: painter)
            + (GateTable.reasons(rows) + advice).flatMap { reason in
                TextWrap.lines(reason, width: width - 5).map { "     " + painter.paint($0, .caution) }
            }
    }

    // MARK: - Load and rates

    private func figures(_ result: RunResult, _ subject: PhaseResult) -> [String] {
        let load = subject.load
        let count = { (value: UInt64?) in value.map { Quantity.format(count: $0) } }
        let signed = { (value: Int64?) in value.map { Quantity.format(number: Double($0), decimals: 0) } }
        let reasons = load.droppedByReason.filter { $0.value > 0 }.sorted { $0.key < $1.key }
        let dropped = count(load.dropped).map { text in
            reasons.isEmpty ? text : text + " (" + reasons.map { "\($0.key) \($0.value)" }.joined(separator: ", ") + ")"
        }
        var lines = pairs(
            "LOAD",
            [
                ("attempted", count(load.attempted)), ("accepted", count(load.accepted)),
                ("rejected", count(load.rejected)), ("dropped", dropped), ("queued", count(load.queued)),
                ("missed", load.missed.flatMap { $0 > 0 ? count($0) : nil }),
                (
                    "never exported",
                    result.delivery == .unverified
                        ? result.summary["unexported"].map { MetricUnit.count.format($0) } : nil
                ),
            ]
        )
        if result.delivery == .verified {
            lines += pairs(
                "LEDGER",
                [
                    ("delivered", count(load.delivered)), ("lost", signed(load.lost)),
                    ("duplicated", count(load.duplicated)), ("foreign", count(load.foreign)),
                    ("unaccounted", signed(load.unaccounted)),
                ]
            )
            lines += findings(result)
            lines += pairs("EXPORT", exports(subject, hasMetrics: result.hasMetrics))
        }
        let rate = { (name: String) in result.summary[name].map { Quantity.format(perSecond: $0) } }
        // One operation may be several items, such as a span with its children.
        let isSplit = load.operations != nil
        return lines
            + pairs(
                "RATE",
                [
                    (
                        isSplit ? "operations offered" : "offered",
                        rate("offered_per_s") ?? (subject.shape == "max" ? "max" : nil)
                    ),
                    ("achieved", rate("achieved_per_s")),
                    (isSplit ? "items accepted" : "accepted", rate("accepted_per_s")),
                    ("delivered", rate("delivered_per_s")),
                    ("in", result.summary["completion_s"].map { MetricUnit.seconds.format($0) }),
                ]
            )
    }

    private func exports(_ subject: PhaseResult, hasMetrics: Bool) -> [(name: String, value: String?)] {
        let ratio = { (total: UInt64?, parts: UInt64?) -> Double? in
            guard let total, let parts, parts > 0 else { return nil }
            return Double(total) / Double(parts)
        }
        return [
            ("requests", subject.requests.map { Quantity.format(count: $0) }),
            // Measurements travel as sums, which are as large however many they are made of.
            (
                "items a request",
                hasMetrics ? nil : ratio(subject.load.delivered, subject.requests).map { Quantity.format(number: $0) }
            ),
            ("body", subject.bodyBytes.map { Quantity.format(bytes: Double($0)) }),
            (
                "an item",
                hasMetrics
                    ? nil : ratio(subject.bodyBytes, subject.load.delivered).map(MetricUnit.bytesPerItem.format)
            ),
        ]
    }

    // MARK: - Resources

    private func resources(_ result: RunResult, _ subject: PhaseResult?) -> [String] {
        let metric = { (name: String) -> String? in
            guard let value = result.summary[name], let unit = MetricCatalogue.metric(named: name)?.unit else {
                return nil
            }
            return unit.format(value)
        }
        let growth = { (name: String) in metric(name).map { $0.hasPrefix("-") ? $0 : "+" + $0 } }
        // Start and end of different processes cannot be shown as one pair.
        let memory = result.repetitions.count == 1 ? subject?.memory : nil
        let size = { (value: UInt64?) in value.map { Quantity.format(bytes: Double($0)) } }
        return pairs(
            "MEMORY",
            [
                ("start", size(memory?.rssStartBytes)), ("peak", metric("rss_peak_bytes")),
                ("end", size(memory?.rssEndBytes)), ("growth", growth("rss_growth_bytes")),
                ("heap", growth("bytes_in_use_growth")),
            ]
        )
            + process(result) + queued(result)
            // What items cost is told better by several depths than by the deepest of them.
            + (result.outcome == .interrupted || result.repetitions.contains { $0.queue != nil }
                ? []
                : pairs(
                    "HELD",
                    [
                        ("resident", growth("held_rss_growth_bytes")),
                        ("heap", growth("held_bytes_in_use_growth_bytes")),
                        ("an item", metric("held_rss_bytes_per_item")),
                        ("of it heap", metric("held_bytes_in_use_per_item")),
                    ]
                ))
            + pairs(
                "CPU",
                [
                    ("used", subject?.cpu.map { MetricUnit.seconds.format($0.seconds) }),
                    ("share", metric("cpu_percent")),
                    (
                        result.hasMetrics ? "for a million measurements" : "for a million items",
                        result.hasMetrics && !result.hasOnlyMetrics ? nil : metric("cpu_s_per_million_items")
                    ), ("idle", metric("idle_cpu_percent")),
                    (
                        "with the generator's spinning",
                        result.processorShareWithSpinning.map { MetricUnit.percent.format($0) }
                    ),
                ]
            )
    }

    // MARK: - Remarks

    private func remarks(_ result: RunResult) -> [String] {
        guard !result.warnings.isEmpty else { return [] }
        let lines = result.warnings.flatMap { warning in
            TextWrap.lines(warning, width: width - 4).enumerated().map { ($0 == 0 ? "  ! " : "    ") + $1 }
        }
        return [title("WARNINGS")] + lines.map { painter.paint($0, .caution) }
    }

    // MARK: - Pieces

    func title(_ text: String) -> String { painter.paint(text, .bold) }

    /// `TITLE  name value   name value`, wrapped under the first name; absent values are left out, an empty line too.
    func pairs(_ name: String, _ pairs: [(name: String, value: String?)]) -> [String] {
        let words = pairs.compactMap { pair in
            pair.value.map { (pair.name, $0) }
        }
        guard !words.isEmpty else { return [] }
        let indentation = 12
        var lines: [String] = []
        var line = title(name) + String(repeating: " ", count: indentation - name.count)
        var length = indentation
        for (name, value) in words {
            let size = name.count + value.count + (name.isEmpty ? 0 : 1)
            if length > indentation, length + 3 + size > width {
                lines.append(line)
                line = String(repeating: " ", count: indentation)
                length = indentation
            }
            let gap = length > indentation ? "   " : ""
            line += gap + (name.isEmpty ? "" : painter.paint(name, .dim) + " ") + value
            length += gap.count + size
        }
        return lines + [line]
    }
}

extension RunVerdict {
    /// The verdict as reports print it.
    package var word: String {
        switch self {
        case .pass: "PASS"
        case .fail: "FAIL"
        case .invalid: "INVALID"
        case .noVerdict: "NO VERDICT"
        case .interrupted: "INTERRUPTED"
        case .error: "ERROR"
        }
    }

    /// How the word is shown.
    package var style: TextStyle {
        switch self {
        case .pass: .good
        case .fail, .error: .bad
        case .invalid, .noVerdict, .interrupted: .caution
        }
    }
}
