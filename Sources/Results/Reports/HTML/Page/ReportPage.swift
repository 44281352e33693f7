/// A report as one self-contained page: no scripts, no network, everything that is drawn is in the file.
///
/// The verdict comes first, then what it rests on, then plots, and at the end what is needed to do it again.
package struct ReportPage: Sendable {
    private let report: RunReport

    /// Takes a report.
    package init(_ report: RunReport) {
        self.report = report
    }

    /// The page as an HTML document, ending in a line break.
    package var document: String {
        "<!DOCTYPE html>" + page.markup + "\n"
    }

    private var page: HTML {
        let cards = cards
        let sections = sections.filter { !$0.isEmpty }
        let headline = "\(cards.title): \(cards.word)"
        return .tag(
            "html",
            ["lang": "en"],
            .tag(
                "head",
                [:],
                .tag("meta", ["charset": "utf-8"]),
                .tag("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"]),
                .tag("meta", ["name": "color-scheme", "content": "light dark"]),
                .tag("meta", ["name": "generator", "content": "bench report"]),
                .tag("title", [:], .text(headline)),
                .tag("style", [:], .text(StyleSheet.css))
            ),
            .tag(
                "body",
                [:],
                .tag("div", ["class": "top"], cards.html, figures, navigation(sections)),
                .tag("main", [:], sections.map(\.html)),
                footer
            )
        )
    }

    private func navigation(_ sections: [PageSection]) -> HTML {
        guard sections.count > 1 else { return .nothing }
        return .tag(
            "nav",
            ["aria-label": "Contents"],
            .tag("ul", [:], sections.map { .tag("li", [:], .tag("a", ["href": "#\($0.id)"], .text($0.title))) })
        )
    }

    // MARK: - By form

    private var cards: VerdictCard {
        switch report.form {
        case .run: VerdictCard(report.subjects[0].result)
        case .comparison: VerdictCard(report)
        case .trend: VerdictCard(historyOf: report)
        }
    }

    private var figures: HTML {
        switch report.form {
        case .run: KeyFigures(report.subjects[0].result).html
        case .comparison where report.isUncomparable: .nothing
        case .comparison: KeyFigures(report.subjects[1].result, against: report.subjects[0].result).html
        case .trend: .nothing
        }
    }

    private var sections: [PageSection] {
        switch report.form {
        case .run: RunSections(report).sections
        case .comparison: ComparisonSections(report).sections
        case .trend: TrendSections(report).sections
        }
    }

    private var footer: HTML {
        let tools = report.subjects.map { "\($0.result.tool.name) \($0.result.tool.version)" }
        let tool = Set(tools).sorted().joined(separator: ", ")
        return .tag(
            "footer",
            [:],
            .tag("p", [:], .text("Measured with \(tool). Figures that were not measured are left out, never zero."))
        )
    }
}
