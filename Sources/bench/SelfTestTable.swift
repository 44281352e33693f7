import HarnessCore
import RunControl

/// The table of a self-test, written line by line as it goes: the widths of its columns follow from the checks.
struct SelfTestTable {
    private let checks: [SelfTestCheck]
    private let width: Int
    private let painter: TextPainter
    private let nameWidth: Int
    private let expectationWidth: Int
    private let observedWidth: Int

    init(checks: [SelfTestCheck], width: Int, showsColour: Bool) {
        self.checks = checks
        self.width = width
        painter = TextPainter(isEnabled: showsColour)
        nameWidth = checks.map(\.name.count).max() ?? 0
        // Verdict and seconds take 6 + 6 characters, and two spaces stand between columns and before the first.
        let rest = max(40, width - nameWidth - 22)
        let longest = checks.map(\.expectation.count).max() ?? 0
        expectationWidth = min(longest, rest / 2)
        observedWidth = rest - expectationWidth
    }

    /// The checks with what has to come of them.
    func list() -> String {
        checks.map { check in
            "  \(padded(check.name, nameWidth))  \(check.expectation)\n"
        }.joined()
    }

    /// The titles of the columns.
    func header() -> String {
        painter.paint(
            "  \(padded("CHECK", nameWidth))  \(padded("EXPECTED", expectationWidth))  "
                + "\(padded("OBSERVED", observedWidth))  VERDICT    SECS",
            .bold
        ) + "\n"
    }

    /// One check, on as many lines as its texts need.
    func line(_ row: SelfTestReport.Row) -> String {
        let expected = TextWrap.lines(row.expectation, width: expectationWidth)
        let observed = TextWrap.lines(row.observed, width: observedWidth)
        let (word, style): (String, TextStyle) =
            switch row.verdict {
            case .passed: ("passed", .good)
            case .failed: ("FAILED", .bad)
            case .noisy: ("noisy", .caution)
            }
        let seconds = Quantity.format(number: row.seconds, decimals: 1)
        var text = ""
        for index in 0..<max(expected.count, observed.count) {
            let name = index == 0 ? row.check : ""
            var line = "  \(padded(name, nameWidth))  "
            line += padded(index < expected.count ? expected[index] : "", expectationWidth) + "  "
            line += index < observed.count ? observed[index] : ""
            if index == 0 {
                line = padded(line, 6 + nameWidth + expectationWidth + observedWidth)
                line += "  " + painter.paint(word, style)
                line += String(repeating: " ", count: max(1, 13 - word.count - seconds.count)) + seconds
            }
            text += line + "\n"
        }
        if row.system.hasPrefix("faulty") || row.verdict != .passed {
            let reasons = row.reasons.isEmpty ? "" : ": " + row.reasons.joined(separator: "; ")
            text += remark("    ", row.system + reasons, .dim)
        }
        return text + row.noise.map { remark("    ! ", $0, .caution) }.joined()
    }

    /// A sentence below a row.
    private func remark(_ mark: String, _ sentence: String, _ style: TextStyle) -> String {
        let indent = String(repeating: " ", count: mark.count)
        return TextWrap.lines(sentence, width: max(40, width - mark.count)).enumerated()
            .map { painter.paint(($0 == 0 ? mark : indent) + $1, style) + "\n" }.joined()
    }

    /// What follows from it all, the verdict line last.
    func footer(_ report: SelfTestReport) -> String {
        let count = { (verdict: SelfTestReport.Verdict) in report.rows.count { $0.verdict == verdict } }
        var lines = [""]
        if count(.failed) > 0 {
            lines.append(
                painter.paint(
                    "\(count(.failed)) of \(report.rows.count) checks failed: the harness does not do what it promises",
                    .bad
                )
            )
        }
        if count(.noisy) > 0 {
            lines.append(
                painter.paint(
                    "\(count(.noisy)) of \(report.rows.count) checks were disturbed by the host and prove nothing; "
                        + "run them again on a quieter machine",
                    .caution
                )
            )
        }
        return (lines + [report.verdictLine]).joined(separator: "\n") + "\n"
    }

    private func padded(_ text: String, _ width: Int) -> String {
        text.count < width ? text + String(repeating: " ", count: width - text.count) : text
    }
}
