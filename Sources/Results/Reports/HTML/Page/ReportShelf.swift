/// The plots and tables of a report by name, so that each stands in the part where it belongs.
struct ReportShelf {
    private let plots: [Plot]
    private let tables: [ReportTable]
    private let missingCourse: String?

    /// Takes those of a report that have something in them.
    init(_ report: RunReport) {
        plots = report.plots
        missingCourse = report.missingCourse
        tables = report.tables.filter { !$0.rows.isEmpty }
    }

    /// The plots with these names, in the order of the report.
    func figures(_ ids: [String]) -> [HTML] {
        plots.filter { ids.contains($0.id) }.map { PlotFigure(plot: $0).html }
    }

    /// All other plots.
    func figures(except ids: [String]) -> [HTML] {
        plots.filter { !ids.contains($0.id) }.map { PlotFigure(plot: $0).html }
    }

    /// All other plots, below a word on those that are missing; nothing without any.
    func plots(except ids: [String]) -> [HTML] {
        let figures = figures(except: ids)
        return figures.isEmpty ? [] : [VerdictCard.notes(missingCourse.map { [$0] } ?? [], "note")] + figures
    }

    /// The tables with these names, in this order, each in a card of its own; the title may go where a heading says it.
    func cards(_ ids: String..., isTitled: Bool = true) -> [HTML] {
        pick(ids).map { Self.card($0, isTitled: isTitled) }
    }

    /// The tables with these names, in this order, each to be unfolded.
    func folded(_ ids: String...) -> [HTML] {
        pick(ids).map { Self.folded($0, Self.words($0)) }
    }

    /// A table with this name; one with many rows is to be unfolded, and the words stand on what is folded.
    func settings(_ id: String, _ words: String) -> [HTML] {
        pick([id]).map { $0.rows.count > 20 ? Self.folded($0, words) : Self.card($0, isTitled: false) }
    }

    /// All other tables, each in a card of its own.
    func cards(except ids: [String]) -> [HTML] {
        tables.filter { !ids.contains($0.id) }.map { Self.card($0, isTitled: true) }
    }

    /// A table that may be long: in a card of its own, or to be unfolded.
    static func block(_ table: ReportTable) -> HTML {
        table.rows.count > 12 ? folded(table, words(table)) : card(table, isTitled: true)
    }

    private static func words(_ table: ReportTable) -> String {
        "\(table.title) (\(table.rows.count) \(table.rows.count == 1 ? "row" : "rows"))"
    }

    private func pick(_ ids: [String]) -> [ReportTable] { ids.compactMap { id in tables.first { $0.id == id } } }

    private static func card(_ table: ReportTable, isTitled: Bool) -> HTML {
        .tag(
            "div",
            ["class": "card", "id": "table-\(table.id)"],
            isTitled ? .tag("h3", [:], .text(table.title)) : .nothing,
            TableBlock(table).html
        )
    }

    private static func folded(_ table: ReportTable, _ words: String) -> HTML {
        .tag(
            "details",
            ["class": "card", "id": "table-\(table.id)"],
            .tag("summary", [:], .text(words)),
            TableBlock(table).html
        )
    }
}
