import HarnessCore
import Trials

/// A sweep as text.
enum SweepTable {
    /// What a case does.
    static func plan(_ plan: SweepPlan) -> String {
        var lines = ["case \(plan.number): \(plan.settings)", "faults: \(plan.faults.isEmpty ? "none" : plan.faults)"]
        for (index, steps) in plan.threads.enumerated() {
            lines.append("thread \(index): \(steps.map { "\($0)" }.joined(separator: " "))")
        }
        return (lines + ["at last: shutdown(\(plan.finalTimeout))", ""]).joined(separator: "\n")
    }

    /// The table, the broken rules with what repeats them, and the line for scripts.
    static func text(_ report: SweepReport) -> String {
        var table = TextTable([
            .init(), .init("ALL", .right), .init("SUCCESS", .right), .init("TIMED OUT", .right),
            .init("FAILED", .right),
        ])
        table.append(["cases", count(report.cases)])
        table.append(["operations", count(report.operations)])
        table.append(["items accepted", count(report.accepted)])
        table.append(["faults that struck", count(Int(clamping: report.struck))])
        for (name, calls) in [("flushes", report.flushes), ("shutdowns", report.shutdowns)] {
            table.append([
                "\(name)", count(calls.count), count(calls.succeeded), count(calls.timedOut), count(calls.failed),
            ])
        }
        var lines = table.lines() + [""]
        lines.append("  worst overrun: " + (report.worst.map { "\($0)" } ?? "none"))
        if let worst = report.worstUnconfirmed {
            lines.append(
                "  late once, in time when repeated: \(report.unconfirmed.count) cases, the worst: \(worst)"
            )
        }
        if !report.violations.isEmpty { lines.append("") }
        for violation in report.violations.prefix(40) {
            lines.append("  case \(violation.number): \(violation.rule.rawValue): \(violation.finding)")
            if report.planned == 1 { lines += violation.calls.map { "    \($0)" } }
            lines.append("    repeat it: bench sweep --seed \(report.seed) --case \(violation.number)")
        }
        if report.violations.count > 40 { lines.append("  and \(report.violations.count - 40) more") }
        return (lines + ["", verdict(report)]).joined(separator: "\n") + "\n"
    }

    private static func verdict(_ report: SweepReport) -> String {
        let word =
            switch report.exitStatus {
            case .pass: "PASS"
            case .gateFailed: "FAIL"
            default: "NO-VERDICT"
            }
        let rules = SweepReport.Rule.allCases.map { "\($0.rawValue)=\(report.count($0))" }.joined(separator: " ")
        let seconds = Quantity.format(number: report.seconds, decimals: 1)
        return "sweep=\(word) exit=\(report.exitStatus.rawValue) seed=\(report.seed) cases=\(report.cases) \(rules) "
            + "seconds=\(seconds)"
    }

    private static func count(_ value: Int) -> TextTable.Cell { .init(Quantity.format(count: UInt64(value))) }
}
