import Foundation
import HarnessCore

/// What has changed between two results as tables, the worst first, each change with a mark on a scale of its own.
struct ChangeBlock {
    private let report: ComparisonReport

    /// Takes a comparison.
    init(_ report: ComparisonReport) {
        self.report = report
    }

    /// The limits that were judged; nothing without any.
    var limits: HTML {
        report.gates.isEmpty ? .nothing : .tag("div", ["class": "card"], table(report.gates, "Limits"))
    }

    /// What both sides measured and nobody limited, and in a sentence what is zero on both.
    var others: HTML {
        var (rows, zeros): ([ComparisonRow], [String]) = ([], [])
        for row in report.information {
            // What only one side measured is no change.
            guard let baseline = row.baseline, let candidate = row.candidate else { continue }
            if baseline == 0, candidate == 0 { zeros.append(row.subject) } else { rows.append(row) }
        }
        guard !rows.isEmpty || !zeros.isEmpty else { return .nothing }
        return .tag(
            "div",
            ["class": "card"],
            rows.isEmpty ? .nothing : table(rows, "Metrics without limits"),
            zeros.isEmpty
                ? .nothing
                : .tag("p", ["class": "remark"], .name("Zero on both sides: \(zeros.joined(separator: ", ")).")),
        )
    }

    private func table(_ rows: [ComparisonRow], _ label: String) -> HTML {
        let hasLimits = rows.contains { $0.kind != .information }
        let hasChanges = rows.contains { $0.effect != nil }
        var titles = [HTML.tag("th", ["scope": "col"], "metric")]
        if hasLimits { titles.insert(.tag("td"), at: 0) }
        let figures = hasChanges ? ["baseline", "candidate", "change"] : ["candidate"]
        titles += figures.map { .tag("th", ["scope": "col", "class": "number"], .text($0)) }
        if hasChanges { titles.append(.tag("th", ["scope": "col", "class": "meter"], "half to double")) }
        if hasLimits { titles.append(.tag("th", ["scope": "col"], "limit")) }
        let places = RowPlaces(report)
        let body = rows.map { row in
            let name = [places[row], row.subject].filter { !$0.isEmpty }.joined(separator: " ")
            return HTML.tag("tr", [:], cells(row, name, hasLimits: hasLimits, hasChanges: hasChanges))
        }
        return .tag(
            "div",
            ["class": "scroll", "tabindex": "0", "role": "region", "aria-label": label],
            .tag("table", ["class": "gates"], .tag("thead", [:], .tag("tr", [:], titles)), .tag("tbody", [:], body))
        )
    }

    private func cells(_ row: ComparisonRow, _ name: String, hasLimits: Bool, hasChanges: Bool) -> [HTML] {
        let style = row.style.name ?? ""
        let reason = row.speaksForItself ? HTML.nothing : .tag("p", ["class": "remark"], .prose(row.explanation))
        var cells = [HTML.tag("th", ["scope": "row"], .name(name), reason)]
        if hasLimits {
            let sign = HTML.tag("span", ["aria-hidden": "true"], .text("\(row.mark) "))
            let word = HTML.tag("span", ["class": "word-of"], .text(row.verdictText))
            cells.insert(.tag("td", ["class": "state \(style)"], sign, word), at: 0)
        }
        if hasChanges { cells.append(.tag("td", ["class": "number"], .text(row.baselineText))) }
        cells.append(.tag("td", ["class": "number"], .text(row.candidateText)))
        if hasChanges {
            cells.append(.tag("td", ["class": "number \(style)"], .text(row.effectText)))
            cells.append(.tag("td", ["class": "meter"], meter(row)))
        }
        if hasLimits { cells.append(.tag("td", ["class": "limit"], .text(row.limitText))) }
        return cells
    }

    /// A scale from half to double with a mark at the change and a line over its interval; nothing where there is no ratio.
    private func meter(_ row: ComparisonRow) -> HTML {
        guard let effect = row.effect, effect.scale == .ratio, effect.estimate > 0 else { return .nothing }
        let place = { (ratio: Double) in PlotPath.percent(min(0.98, max(0.02, 0.5 + log2(ratio) / 2))) }
        let interval = effect.low.flatMap { low in
            effect.high.flatMap { high in
                low > 0 && high > 0
                    ? HTML.tag("line", ["class": "whisker", "x1": place(low), "x2": place(high), "y1": "8", "y2": "8"])
                    : nil
            }
        }
        return .tag(
            "svg",
            ["width": "100%", "height": "16", "aria-hidden": "true"],
            .tag("rect", ["class": "track", "y": "7", "width": "100%", "height": "2"]),
            .tag("line", ["class": "limit", "x1": "50%", "x2": "50%", "y1": "2", "y2": "14"]),
            interval ?? .nothing,
            .tag(
                "circle",
                ["class": "fill \(row.style.name ?? "plain")", "cx": place(effect.estimate), "cy": "8", "r": "5"]
            )
        )
    }
}
