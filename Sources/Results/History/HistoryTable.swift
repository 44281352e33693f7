package import HarnessCore
import Measurement

/// A history as text: a table for each series, with a line of small columns for each metric.
package struct HistoryTable: Sendable {
    private let width: Int
    private let painter: TextPainter
    private let glyphs: PlotGlyphs

    /// Makes a table.
    package init(width: Int = 100, showsColour: Bool = false, glyphs: PlotGlyphs = .blocks) {
        self.width = width
        painter = TextPainter(isEnabled: showsColour)
        self.glyphs = glyphs
    }

    /// The tables, ending in a line break.
    package func render(_ report: HistoryReport) -> String {
        guard !report.series.isEmpty else { return "the history has no such runs\n\n\(report.verdictLine)\n" }
        let tables = report.series.map { lines(of: $0).joined(separator: "\n") }.joined(separator: "\n\n")
        let note =
            "change points: E-divisive, p at most \(Quantity.format(number: report.level)) in \(report.permutations) "
            + "permutations from seed \(report.seed), \(EnergyChangePoints.smallestSegment) runs on each side; reported, not judged"
        let wrapped = TextWrap.lines(note, width: width - 2).map { "  " + painter.paint($0, .dim) }
        return tables + "\n\n" + wrapped.joined(separator: "\n") + "\n\n\(report.verdictLine)\n"
    }

    private func lines(of series: HistoryReport.Series) -> [String] {
        let runs = series.runs == 1 ? "1 run" : "\(series.runs) runs"
        let heading =
            "\(series.system), \(runs), plan \(series.plan.prefix(16)), machine \(series.fingerprint), "
            + "\(series.from.prefix(10)) to \(series.to.prefix(10))"
        var lines = [painter.paint(series.profile, .bold)]
        lines += TextWrap.lines(heading, width: width - 2).map { "  " + painter.paint($0, .dim) }
        if series.runs < 2 * EnergyChangePoints.smallestSegment {
            let needed = 2 * EnergyChangePoints.smallestSegment
            lines += ["  " + painter.paint("too few for change points: \(needed) are needed", .caution)]
        }
        var table = TextTable(
            [
                .init("metric"), .init("n", .right, dropRank: 1), .init("last", .right), .init("course"),
                .init("changes", isFlexible: true),
            ]
        )
        for course in series.courses {
            let style: TextStyle =
                course.changes.last.map { $0.isWorse == true ? .bad : ($0.isWorse == false ? .good : .plain) } ?? .dim
            table.append(
                [
                    TextTable.Cell(course.metric), TextTable.Cell("\(course.values.count)", .dim),
                    TextTable.Cell(course.values.last.map(course.unit.format) ?? ""),
                    TextTable.Cell(Sparkline.text(course.values, width: 32, glyphs: glyphs)),
                    TextTable.Cell(changes(in: course).first ?? "none", style),
                ]
            )
            for change in changes(in: course).dropFirst() {
                table.append(["", "", "", "", TextTable.Cell(change, style)])
            }
        }
        return lines + table.lines(width: width, painter: painter)
    }

    private func changes(in course: HistoryReport.Course) -> [String] {
        course.changes.map { change in
            let size =
                change.share.map {
                    ($0 > 0 ? "+" : "-") + Quantity.format(number: 100 * $0.magnitude, decimals: 1) + " %"
                }
                ?? ((change.shift > 0 ? "+" : "-") + course.unit.format(change.shift.magnitude))
            let commits = [change.commitBefore, change.commitAfter].map { $0.map { String($0.prefix(8)) } ?? "?" }
            return "\(size) at run \(change.index + 1), \(commits[0])..\(commits[1]), p \(Self.text(change.pValue))"
        }
    }

    private static func text(_ pValue: Double) -> String { Quantity.format(number: pValue, decimals: 3) }
}
