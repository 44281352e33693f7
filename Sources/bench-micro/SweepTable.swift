import HarnessCore
import Trials

/// A sweep as text.
enum SweepTable {
    /// What a case does.
    static func plan(_ plan: SweepPlan) -> String {
        let settings = plan.settings
        let kind = [
            settings.isJSON ? "JSON" : "protobuf", settings.isCompressed ? "gzip" : "uncompressed",
            settings.waits ? "callers wait when the queue is full" : "the newest is dropped when the queue is full",
            settings.isManual ? "exports only in flushes" : "exports by itself",
        ]
        var lines = ["case \(plan.number)"]
        let rows = [
            ("settings", kind.joined(separator: ", ")),
            (
                "queue",
                "batches of \(settings.batchSize), up to \(settings.queueLimit) items or \(settings.queueBytes) bytes, sent "
                    + "after \(settings.flushInterval) ms"
            ),
            (
                "requests",
                "time out after \(settings.requestTimeout) ms, retried after \(settings.backoff) to "
                    + "\(2 * settings.backoff) ms for \(settings.retryTime) ms"
            ), ("faults", plan.faults.isEmpty ? "none" : plan.faults),
        ]
        let threads = plan.threads.enumerated().map { index, steps in
            ("thread \(index)", steps.map { text($0) }.joined(separator: ", "))
        }
        for (name, text) in rows + threads + [("at last", "shutdown \(time(plan.finalTimeout))")] {
            lines.append("  \(name)" + String(repeating: " ", count: max(1, 10 - name.count)) + text)
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func text(_ step: SweepPlan.Step) -> String {
        let count = { (number: Int, word: String) in number == 1 ? "1 \(word)" : "\(number) \(word)s" }
        return switch step {
        case .events(let number): count(number, "event")
        case .logs(let number): count(number, "log")
        case .spans(let number): count(number, "span")
        case .adds(let number): count(number, "addition")
        case .flush(let timeout): "flush \(time(timeout))"
        case .shutdown(let timeout): "shutdown \(time(timeout))"
        case .pause(let duration): "pause \(time(duration))"
        case .status: "status"
        }
    }

    /// Microseconds as people read them; of a flush or shutdown it is the time-out.
    private static func time(_ microseconds: Int) -> String {
        Quantity.format(durationNanoseconds: Double(microseconds) * 1_000)
    }

    /// The table, the broken rules with what repeats them, and the line for scripts.
    ///
    /// - Parameters:
    ///   - report: what the sweep came to.
    ///   - status: what the command ends with.
    /// - Returns: the lines, each with its line break.
    static func text(_ report: SweepReport, _ status: ExitStatus) -> String {
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
        return (lines + ["", verdict(report, status)]).joined(separator: "\n") + "\n"
    }

    private static func verdict(_ report: SweepReport, _ status: ExitStatus) -> String {
        let word =
            switch status {
            case .pass: "PASS"
            case .gateFailed: "FAIL"
            default: "NO-VERDICT"
            }
        let rules = SweepReport.Rule.allCases.map { "\($0.rawValue)=\(report.count($0))" }.joined(separator: " ")
        let seconds = Quantity.format(number: report.seconds, decimals: 1)
        return "sweep=\(word) exit=\(status.rawValue) seed=\(report.seed) cases=\(report.cases) \(rules) "
            + "seconds=\(seconds)"
    }

    private static func count(_ value: Int) -> TextTable.Cell { .init(Quantity.format(count: UInt64(value))) }
}
