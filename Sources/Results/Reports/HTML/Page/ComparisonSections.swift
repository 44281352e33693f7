/// The parts of a report of two results, in their order.
struct ComparisonSections {
    private let report: RunReport
    private let shelf: ReportShelf

    /// Takes a report of two results.
    init(_ report: RunReport) {
        self.report = report
        shelf = ReportShelf(report)
    }

    /// All parts, those with nothing to show included.
    var sections: [PageSection] {
        let changes = report.comparison.map { ChangeBlock($0) }
        return [
            PageSection("limits", "Limits", [changes?.limits ?? .nothing]),
            PageSection("plots", "Plots", shelf.plots(except: [])),
            PageSection("metrics", "Metrics", [changes?.others ?? .nothing]),
            PageSection("more", "More", shelf.cards(except: ["comparison"])),
            PageSection("results", "Results", [sides]),
            PageSection("reproduce", "How to reproduce", [ReproductionBlock(report.subjects).html]),
        ]
    }

    /// Each result by itself.
    private var sides: HTML {
        .tag("div", ["class": "columns"], report.subjects.map(side))
    }

    private func side(_ subject: RunReport.Subject) -> HTML {
        let result = subject.result
        let table = RunTables(result).environment
        return .tag(
            "div",
            ["class": "card"],
            .tag(
                "h3",
                [:],
                .text("\(subject.name): "),
                .tag("span", ["class": result.verdict.style.name ?? "plain"], .text(result.verdict.word))
            ),
            .tag("p", ["class": "remark"], .text(result.statement)),
            TableBlock(table).html
        )
    }
}
