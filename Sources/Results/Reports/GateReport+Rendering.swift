import FoundationEssentials
import HarnessCore

extension GateReport {
    /// The report as text: the verdict, the gates with the worst first, reasons, and the verdict line at the end.
    package func table(width: Int, showsColour: Bool) -> String {
        let painter = TextPainter(isEnabled: showsColour)
        var blocks = [[headline(painter)]]
        if !rows.isEmpty {
            let showsProfile = Set(rows.map { subject($0) }).count > 1
            var table = GateTable(
                showsProfile: showsProfile,
                showsSource: Set(rows.map(\.gate.source)).count > 1 || rows.contains { $0.gate.level != .error }
            )
            for row in rows { table.append(row.gate, subject: subject(row)) }
            let reasons = rows.filter { $0.gate.verdict != .pass }.map { row in
                let prefix = showsProfile ? subject(row) + ": " : ""
                return prefix + (row.gate.verdict == .fail ? "" : row.gate.verdict.phrase + ": ") + row.gate.reason
            }
            blocks.append(table.lines(width: width, painter: painter))
            blocks.append(Self.list(Self.unique(reasons), "", width).map { painter.paint($0, .caution) })
        }
        blocks.append(
            results.flatMap { subject in
                Self.list(subject.obstacles.map { "\(subject.path): \($0)" }, "! ", width)
            }.map { painter.paint($0, .caution) }
        )
        blocks.append(Self.list(notes.map { "note: \($0)" }, "", width))
        blocks.append([verdictLine])
        return blocks.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") }.joined(separator: "\n\n") + "\n"
    }

    /// The report as JSON, indented, keys sorted, with a line break at the end.
    package func json() throws(ResultFileError) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        let data = try FileAccess.attempt("cannot be encoded", "the report") { try encoder.encode(self) }
        return String(decoding: data, as: UTF8.self) + "\n"
    }

    /// Writes a text to a file as a whole.
    package static func write(_ text: String, to path: String) throws(ResultFileError) {
        try FileAccess.write(Array(text.utf8), to: path)
    }

    /// What a row is about: the profile, and the file where several results are of that profile.
    private func subject(_ row: Row) -> String {
        let sameProfile = results.filter { $0.profile == row.gate.profile }
        guard sameProfile.count > 1 else { return row.gate.profile }
        let name = { (path: String) in path.split(separator: "/").last.map { String($0) } ?? path }
        let isUnique = Set(sameProfile.map { name($0.path) }).count == sameProfile.count
        return "\(row.gate.profile) (\(isUnique ? name(row.path) : row.path))"
    }

    private func headline(_ painter: TextPainter) -> String {
        let count = { (number: Int, noun: String) in number == 1 ? "1 \(noun)" : "\(number) \(noun)s" }
        let held = rows.count { $0.gate.verdict == .pass }
        let statement =
            switch verdict {
            case .pass: "\(held) of \(count(rows.count, "gate")) hold"
            case .fail: "\(failures.count) of \(count(rows.count, "gate")) broken"
            case .inconclusive, .invalid, .notComparable:
                "\(held) of \(count(rows.count, "gate")) hold, and that is not enough to judge"
            case .error: count(problems.count, "problem")
            }
        let style: TextStyle =
            switch verdict {
            case .pass: .good
            case .fail, .error: .bad
            case .inconclusive, .invalid, .notComparable: .caution
            }
        let thresholds = thresholdsFile.map { ", thresholds from \($0)" } ?? ""
        return
            "\(painter.paint(verdict.rawValue, style))  \(statement) · \(count(results.count, "result"))\(thresholds)"
    }

    private static func unique(_ texts: [String]) -> [String] {
        texts.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }

    private static func list(_ items: [String], _ mark: String, _ width: Int) -> [String] {
        items.flatMap { item in
            TextWrap.lines(item, width: width - 5 - mark.count).enumerated().map { index, line in
                "     " + (index == 0 ? mark : String(repeating: " ", count: mark.count)) + line
            }
        }
    }
}
