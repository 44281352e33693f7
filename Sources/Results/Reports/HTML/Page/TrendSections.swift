/// The parts of a report of several results, in their order.
struct TrendSections {
    private let report: RunReport
    private let shelf: ReportShelf

    /// Takes a report of several results.
    init(_ report: RunReport) {
        self.report = report
        shelf = ReportShelf(report)
    }

    /// All parts, those with nothing to show included.
    var sections: [PageSection] {
        [
            PageSection("plots", "Plots", shelf.figures(except: [])),
            PageSection("runs", "Runs", shelf.cards(except: [])),
            PageSection("reproduce", "How to reproduce", [ReproductionBlock(report.subjects).html]),
        ]
    }
}
