import HarnessCore

/// The parts of a report of one run, in their order.
struct RunSections {
    private let report: RunReport
    private let result: RunResult
    private let shelf: ReportShelf

    /// Takes a report of one run.
    init(_ report: RunReport) {
        self.report = report
        result = report.subjects[0].result
        shelf = ReportShelf(report)
    }

    /// All parts, those with nothing to show included.
    var sections: [PageSection] {
        [
            PageSection(
                "thresholds",
                "Thresholds",
                result.thresholds.isEmpty ? [] : [GateBlock(result.thresholds).html]
            ),
            PageSection("leak-check", "Leak check", leak),
            PageSection("capacity", result.search == nil ? "Scaling" : "Capacity", capacity),
            PageSection("plots", "Plots", shelf.plots(except: Self.leakPlots + Self.capacityPlots)),
            PageSection("latency", "Latency", shelf.cards("latency", isTitled: false)),
            PageSection("memory", "Memory", MemoryTables(result).tables.map(ReportShelf.block)),
            PageSection("ledger", "Ledger", ledger),
            PageSection("phases", "Phases", shelf.cards("phases", isTitled: false) + shelf.folded("spread")),
            PageSection("more", "More", shelf.cards(except: Self.known)),
            PageSection("validity", "Validity", shelf.cards("validity", isTitled: false)),
            PageSection("environment", "Environment", shelf.cards("environment", isTitled: false)),
            PageSection("configuration", "Configuration", shelf.settings("configuration", settings)),
            PageSection("reproduce", "How to reproduce", [ReproductionBlock(report.subjects).html]),
        ]
    }

    /// How many settings there are, by where they come from.
    private var settings: String {
        let origins = Dictionary(grouping: result.configuration, by: \.origin).mapValues(\.count)
        let parts = origins.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { "\($0.value) from \($0.key)" }
        return "\(result.configuration.count) settings: \(parts.joined(separator: ", "))"
    }

    private var ledger: [HTML] {
        let ledgers = result.repetitions.compactMap(\.ledger)
        var kinds: Set<String> = []
        // One example of each kind is enough.
        let examples = ledgers.flatMap { $0.examples ?? [] }.filter { kinds.insert($0.kind).inserted }
        let violations = ledgers.flatMap { $0.wireViolations ?? [] }.filter { kinds.insert($0.kind).inserted }
        let findings = examples.map { "\($0.kind): \($0.text)" } + violations.map(\.description)
        return [VerdictCard.notes(findings, "note")] + shelf.cards("delivery") + faults.map(ReportShelf.block)
            + shelf.folded("audit")
    }

    /// What the faults of the sink did, of each repetition that had some.
    private var faults: [ReportTable] {
        result.repetitions.compactMap { repetition in
            guard let faults = repetition.faults?.faults, !faults.isEmpty else { return nil }
            let number = repetition.index + 1
            return ReportTable(
                id: "faults-\(number)",
                title: "Faults of the sink" + (result.repetitions.count > 1 ? ", repetition \(number)" : ""),
                columns: [
                    .init("fault"), .init("phase"), .init("state"), .init("requests seen", isNumeric: true),
                    .init("struck", isNumeric: true),
                ],
                rows: faults.map { fault in
                    [
                        .init(fault.fault), .init(fault.phase ?? "all"), .init(fault.state.rawValue),
                        .init(Quantity.format(count: fault.seen)), .init(Quantity.format(count: fault.struck)),
                    ]
                }
            )
        }
    }

    private var leak: [HTML] {
        guard let leak = result.leak else { return [] }
        let commands = HTML.tag(
            "div",
            ["class": "card"],
            .tag("h3", [:], "To find the place"),
            .tag("pre", [:], .text(leak.commands.joined(separator: "\n")))
        )
        return shelf.figures(Self.leakPlots) + shelf.cards("leak-trials") + (leak.commands.isEmpty ? [] : [commands])
    }

    private var capacity: [HTML] {
        let conditions = result.search?.conditions ?? []
        return [
            conditions.isEmpty
                ? .nothing
                : .tag("p", ["class": "lead"], .text("A rate holds when \(conditions.joined(separator: "; "))."))
        ] + shelf.figures(Self.capacityPlots) + shelf.cards("search-tries")
    }

    private static let leakPlots = ["leak", "leak-trials"]
    private static let capacityPlots = ["search", "search-memory", "scaling"]
    /// The tables that have a place of their own.
    private static let known = [
        "gates", "leak-trials", "search-tries", "latency", "delivery", "audit", "phases", "spread", "validity",
        "environment", "configuration",
    ]
}
