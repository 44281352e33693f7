import HarnessCore

/// A calibration as text: false alarms first, then what was found.
package struct CalibrationTable: Sendable {
    private let width: Int
    private let painter: TextPainter

    /// Makes a table.
    package init(width: Int = 100, showsColour: Bool = false) {
        self.width = width
        painter = TextPainter(isEnabled: showsColour)
    }

    /// The tables, ending in a line of figures that is easy to search for; `path` is where all of it is kept.
    package func render(_ calibration: GateCalibration, path: String? = nil) -> String {
        var lines = TextWrap.lines(heading(calibration.plan), width: width)
        if let alarms = calibration.falseAlarms {
            let style: TextStyle = calibration.exitStatus == .pass ? .good : .caution
            lines += ["", "a build against itself: \(painter.paint(text(alarms), style)) with a false alarm"]
            lines += same(calibration)
        }
        if calibration.unjudged > 0 {
            let text =
                "\(calibration.unjudged) of \(calibration.comparisons.count) comparisons are not counted: something "
                + "disturbed their runs; use a quieter machine"
            lines += [""] + TextWrap.lines(text, width: width).map { painter.paint($0, .caution) }
        }
        if !calibration.detections.isEmpty { lines += ["", "known slowdowns"] + detections(calibration) }
        if let path { lines += ["", "  \(path)"] }
        return lines.joined(separator: "\n") + "\n\n\(calibration.verdictLine)\n"
    }

    private func heading(_ plan: GateCalibration.Plan) -> String {
        "\(plan.profile): \(plan.pairs) pairs, \(plan.freshPairs) fresh ones for what they leave open; "
            + "\(plan.metrics.joined(separator: ", ")) may get \(RegressionLimit.percent(plan.limit)) % worse"
    }

    private func same(_ calibration: GateCalibration) -> [String] {
        let comparisons = calibration.comparisons.filter { $0.slowdownPercent == nil }
        let verdicts: [RowVerdict] = [.regressed, .suspect, .inconclusive, .invalid, .improved, .pass]
        var table = TextTable(
            [.init("gate")] + verdicts.map { .init($0.rawValue, .right) } + [
                .init("measured again", .right), .init("spread", .right),
            ]
        )
        for metric in calibration.plan.metrics {
            let outcomes = comparisons.flatMap { $0.gates.filter { $0.metric == metric } }
            table.append(
                [TextTable.Cell(metric)]
                    + verdicts.map { verdict in TextTable.Cell("\(outcomes.count { $0.verdict == verdict })") }
                    + [
                        TextTable.Cell("\(outcomes.count { $0.fresh != nil })"),
                        TextTable.Cell(calibration.spread[metric].map(Self.percent) ?? "–"),
                    ]
            )
        }
        return table.lines(width: width, painter: painter)
    }

    private func detections(_ calibration: GateCalibration) -> [String] {
        var table = TextTable(
            [
                .init("calls slower by", .right), .init("gate"), .init("found", .right), .init("predicted", .right),
                .init("change", .right), .init(""),
            ]
        )
        for row in calibration.detections {
            table.append(
                [
                    TextTable.Cell("\(Quantity.format(number: row.slowdownPercent)) %"), TextTable.Cell(row.metric),
                    TextTable.Cell(text(row.found)), TextTable.Cell(Self.percent(row.predicted)),
                    TextTable.Cell(Self.percent(row.change)),
                    row.agrees ? TextTable.Cell("as predicted", .good) : TextTable.Cell("not as predicted", .caution),
                ]
            )
        }
        return table.lines(width: width, painter: painter)
    }

    private func text(_ rate: GateCalibration.Rate) -> String {
        "\(rate.count) of \(rate.trials) (\(Self.percent(rate.low)) to \(Self.percent(rate.high)))"
    }

    private static func percent(_ share: Double) -> String { Quantity.format(number: 100 * share, decimals: 1) + " %" }
}
