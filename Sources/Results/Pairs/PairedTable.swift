package import HarnessCore

/// The sides of a paired result beside each other, as text.
package struct PairedTable: Sendable {
    /// Characters in a line.
    package var width: Int
    /// Whether styles are used.
    package var painter: TextPainter

    /// Makes a table.
    package init(width: Int = 100, showsColour: Bool = false) {
        self.width = width
        painter = TextPainter(isEnabled: showsColour)
    }

    /// The table with what a reader has to know of it, ending in a line break.
    package func render(_ paired: PairedResult) -> String {
        (heading(paired) + [""] + rows(paired)).joined(separator: "\n") + "\n"
    }

    private func heading(_ paired: PairedResult) -> [String] {
        let count = paired.pairs.count
        let pairs = (count == 1 ? "1 pair" : "\(count) pairs") + (paired.isComplete ? "" : " of \(paired.plannedPairs)")
        let order = paired.pairs.map { $0.first == .baseline ? "AB" : "BA" }.joined(separator: " ")
        var lines = [painter.paint(paired.profile, .bold) + ": \(pairs), plan \(paired.planHash.prefix(16))"]
        lines += TextWrap.lines("order \(order)", width: width - 2).map { "  " + painter.paint($0, .dim) }
        if let confirmation = paired.confirmation {
            let count = confirmation.pairs.count
            let text =
                (count == 1 ? "1 fresh pair" : "\(count) fresh pairs")
                + (confirmation.isComplete ? "" : " of \(confirmation.plannedPairs)")
                + " for \(confirmation.gates.joined(separator: ", "))"
            lines += TextWrap.lines(text, width: width - 2).map { "  " + $0 }
        }
        for (letter, side) in [("A", paired.baseline), ("B", paired.candidate)] {
            let name = letter == "A" ? "baseline " : "candidate"
            let sdk = [side.result.system.sdkName, side.worker.sdkVersion].compactMap(\.self).joined(separator: " ")
            let settings = side.settings.isEmpty ? "" : ", " + side.settings.joined(separator: ", ")
            let digest = side.worker.sha256.map { " (sha256 \($0.prefix(12)))" } ?? ""
            lines += TextWrap.lines(
                "\(letter) \(name) \(sdk)\(settings), \(side.worker.path)\(digest)",
                width: width - 2
            )
            .enumerated().map { ($0 == 0 ? "  " : "    ") + $1 }
            let reasons = side.result.validity.reasons
            let more =
                reasons.count > Self.shownReasons ? ["and \(reasons.count - Self.shownReasons) more reasons"] : []
            for reason in reasons.prefix(Self.shownReasons) + more {
                lines += TextWrap.lines("! \(reason)", width: width - 4).map { "    " + painter.paint($0, .caution) }
            }
        }
        return lines
    }

    private func rows(_ paired: PairedResult) -> [String] {
        var table = TextTable(
            [
                .init("metric"), .init("A", .right), .init("B", .right), .init("change", .right),
                .init("range over pairs", .right), .init("better", dropRank: 1),
            ] + (paired.confirmation == nil ? [] : [.init("fresh pairs", .right)])
        )
        for row in paired.metrics where row.isWorthShowing {
            let isBetter =
                switch row.better {
                case .higherIsBetter: (row.changePercent ?? 0) > 0
                case .lowerIsBetter: (row.changePercent ?? 0) < 0
                case .neutral: false
                }
            let range = row.minChangePercent.flatMap { low in
                row.maxChangePercent.map { "\(Self.percent(low)) … \(Self.percent($0))" }
            }
            table.append(
                [
                    TextTable.Cell(row.metric), TextTable.Cell(row.unit.format(row.baselineMedian)),
                    TextTable.Cell(row.unit.format(row.candidateMedian)),
                    TextTable.Cell(row.changePercent.map(Self.percent) ?? "–", isBetter ? .good : .plain),
                    TextTable.Cell(range ?? "", .dim),
                    TextTable.Cell(row.better == .neutral ? "" : row.better.rawValue, .dim),
                ] + fresh(row, paired)
            )
        }
        return table.lines(width: width, painter: painter)
            + ["", "  change: the median of the pairs' log-ratios; whether it is more than chance is not said here"]
            .map { painter.paint($0, .dim) }
    }

    /// The change by fresh pairs, where there are some.
    private func fresh(_ row: PairedMetric, _ paired: PairedResult) -> [TextTable.Cell] {
        guard let confirmation = paired.confirmation else { return [] }
        let change = confirmation.metrics.first { $0.metric == row.metric }?.changePercent
        return [TextTable.Cell(change.map(Self.percent) ?? "–")]
    }

    /// Reasons why a side is not valid that are listed one by one; the file has them all.
    private static let shownReasons = 2

    /// `+12.3 %`, or `×28.0` for what is no change but another order of magnitude.
    private static func percent(_ value: Double) -> String {
        guard value < 900 else { return "×" + Quantity.format(number: 1 + value / 100, decimals: 1) }
        let text = Quantity.format(number: value, decimals: 1)
        return (value > 0 ? "+" : "") + text + " %"
    }
}
