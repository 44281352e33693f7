import HarnessCore
import RunControl

/// The one table of a campaign.
struct CampaignTable {
    private let painter: TextPainter
    private let width: Int

    init(width: Int, showsColour: Bool) {
        self.width = width
        painter = TextPainter(isEnabled: showsColour)
    }

    /// The cases with what they stand for.
    func list(_ cases: [CampaignCase]) -> String {
        var table = TextTable([.init("CASE"), .init("FAULTS"), .init("WHAT IT STANDS FOR", isFlexible: true)])
        for entry in cases { table.append(["\(entry.name)", "\(entry.faults)", "\(entry.explanation)"]) }
        return table.lines(width: width, painter: painter).joined(separator: "\n") + "\n"
    }

    /// The table, the broken rules, and the last line.
    func render(_ report: CampaignReport) -> String {
        var table = TextTable([
            .init("CASE"), .init("OVERFLOW"), .init("PROTO"), .init("CALL P50", .right), .init("P99.9", .right),
            .init("WELL P99.9", .right, dropRank: 2), .init("LOST", .right), .init("WHY", isFlexible: true),
            .init("TWICE", .right), .init("QUEUE", .right), .init("BYTES", .right, dropRank: 3),
            .init("RSS", .right, dropRank: 4), .init("RECOVERY", .right), .init("RETRIES", .right, dropRank: 1),
            .init("RETRY-AFTER", .right), .init("VERDICT"),
        ])
        for row in report.rows { table.append(cells(row)) }
        var lines = table.lines(width: width, painter: painter)
        let broken = report.rows.filter { $0.verdict != .passed }
        if !broken.isEmpty { lines.append("") }
        for row in broken { lines += explanation(row) }
        return (lines + ["", verdictLine(report)]).joined(separator: "\n") + "\n"
    }

    private func cells(_ row: CampaignReport.Row) -> [TextTable.Cell] {
        let names: [TextTable.Cell] = [
            "\(row.name)", "\(row.overflow)", "\(row.encoding.split(separator: "/").last ?? "")",
        ]
        guard let figures = row.figures else {
            return names + [TextTable.Cell](repeating: "", count: 12) + [verdict(row.verdict)]
        }
        return names + [
            time(figures.faultP50), time(figures.faultP999), time(figures.healthyP999),
            count(UInt64(max(0, figures.lost)) + figures.rejected.values.reduce(0, +)), .init(reasons(figures)),
            duplicates(figures), figures.queued.map(count) ?? "–",
            bytes(figures.queuedBytes), bytes(figures.peakResident),
            figures.recoverySeconds.map { .init(Quantity.format(durationNanoseconds: $0 * 1e9)) } ?? "–",
            figures.retries.map(count) ?? "–",
            figures.retryAfterSent == 0
                ? "–"
                : "\(figures.retryAfterSent - min(figures.retryAfterSent, figures.retryAfterEarly))/\(figures.retryAfterSent)",
            verdict(row.verdict),
        ]
    }

    private func duplicates(_ figures: CampaignReport.Figures) -> TextTable.Cell {
        guard let bugs = figures.duplicatedByBug, bugs > 0 else { return count(figures.duplicated) }
        return .init("\(Quantity.format(count: figures.duplicated)) (bug \(Quantity.format(count: bugs)))", .bad)
    }

    private func reasons(_ figures: CampaignReport.Figures) -> String {
        figures.rejected.merging(figures.dropped, uniquingKeysWith: +).filter { $0.value > 0 }
            .sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map(\.key).joined(separator: " ")
    }

    private func explanation(_ row: CampaignReport.Row) -> [String] {
        let place = "\(row.name) \(row.overflow) \(row.encoding)"
        if let failure = row.failure { return ["  \(place): \(failure)"] }
        return row.rules.filter { $0.verdict == .failed || $0.verdict == .noisy }.map { rule in
            "  \(place): \(rule.name) \(rule.verdict == .noisy ? "unclear on a noisy host" : "BROKEN"): \(rule.finding)"
        }
    }

    private func verdictLine(_ report: CampaignReport) -> String {
        let word =
            switch report.exitStatus {
            case .pass: "PASS"
            case .gateFailed: "FAIL"
            case .interrupted: "INTERRUPTED"
            default: "NO-VERDICT"
            }
        let number = { (verdict: CampaignReport.Verdict) in report.rows.count { $0.verdict == verdict } }
        let seconds = Quantity.format(number: report.rows.reduce(0) { $0 + $1.seconds }, decimals: 1)
        return "campaign=\(word) exit=\(report.exitStatus.rawValue) runs=\(report.rows.count) "
            + "failed=\(number(.failed)) noisy=\(number(.noisy)) seconds=\(seconds)"
    }

    private func verdict(_ verdict: CampaignReport.Verdict) -> TextTable.Cell {
        switch verdict {
        case .passed, .notApplicable: .init("passed", .good)
        case .failed: .init("FAILED", .bad)
        case .noisy: .init("noisy", .caution)
        }
    }

    private func time(_ value: UInt64?) -> TextTable.Cell {
        value.map { .init(Quantity.format(durationNanoseconds: $0)) } ?? "–"
    }

    private func bytes(_ value: UInt64?) -> TextTable.Cell {
        value.map { .init(Quantity.format(bytes: Double($0))) } ?? "–"
    }

    private func count(_ value: UInt64) -> TextTable.Cell { .init(Quantity.format(count: value)) }
}
