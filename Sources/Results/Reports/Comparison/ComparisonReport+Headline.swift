import HarnessCore

/// What every form of report begins with.
extension ComparisonReport {
    /// What the verdict rests on, in a clause: `2 of 12 gates broken`.
    var statement: String {
        let gates = gates
        let held = gates.count { $0.verdict == .pass || $0.verdict == .improved }
        let all = Self.count(gates.count, "gate")
        switch verdict {
        case .pass: return "\(held) of \(all) hold" + (waived > 0 ? ", \(waived) waived" : "")
        case .fail: return "\(failures.count) of \(all) broken"
        case .inconclusive where gates.isEmpty: return "there was nothing to judge"
        case .inconclusive: return "\(held) of \(all) hold, and that is not enough to judge"
        case .invalid: return "the figures cannot be trusted; \(held) of \(all) hold"
        case .notComparable: return "the sides cannot be compared; \(held) of \(all) hold"
        case .error: return problems.isEmpty ? "nothing was judged" : Self.count(problems.count, "problem")
        }
    }

    /// What was compared: `3 results`, `8 pairs`, `20 runs against 20`.
    var extent: String {
        switch design {
        case .budgets: Self.count(candidate.files, "result")
        case .paired: Self.count(candidate.repetitions, "pair")
        case .unpaired: "\(Self.count(candidate.repetitions, "run")) against \(baseline?.repetitions ?? 0)"
        }
    }

    /// How the verdict stands out.
    var style: TextStyle {
        switch verdict {
        case .pass: .good
        case .fail, .error: .bad
        case .inconclusive, .invalid, .notComparable: .caution
        }
    }

    /// The rows that are only shown.
    var information: [ComparisonRow] { rows.filter { $0.kind == .information } }

    /// The distributions of the rows, each once, with what they are of: several limits may be about one distribution.
    var shifts: [(subject: String, shift: DistributionShift)] {
        let places = RowPlaces(self)
        return rows.reduce(into: []) { shifts, row in
            guard let shift = row.shift, !shifts.contains(where: { $0.shift == shift }) else { return }
            let metric = row.metric.split(separator: ".").first.map { String($0) } ?? row.metric
            shifts.append(
                (
                    [places[row], metric + (row.phase.map { " (\($0))" } ?? "")].filter { !$0.isEmpty }
                        .joined(separator: " "), shift
                )
            )
        }
    }

    /// A number with its noun.
    static func count(_ number: Int, _ noun: String) -> String { number == 1 ? "1 \(noun)" : "\(number) \(noun)s" }

    private var waived: Int { gates.count { $0.verdict == .waived } }
}

extension SideIdentity {
    /// The side in a line: systems, settings, commits and programs.
    var text: String {
        let programs = workers.map { worker in
            worker.path + (worker.sha256.map { " (sha256 \($0.prefix(12)))" } ?? "")
        }
        return (systems + settings + commits.map { "commit \($0)" } + programs).joined(separator: ", ")
    }
}

extension FingerprintDifference {
    /// The difference in a sentence.
    var sentence: String {
        let consequence =
            switch severity {
            case .blocking: "so nothing relative is judged"
            case .demoting: "so a regression is at most suspect"
            }
        return "\(profile): \(field) is \(baseline ?? "not known") in the baseline and \(candidate ?? "not known") in "
            + "the candidate, \(consequence)"
    }
}
