import HarnessCore
import LoadEngine

/// A plan for people: phases, totals, shares, what the queue can cost, and the rate over time.
struct PlanText {
    /// What is shown.
    let report: PlanReport
    /// The plan itself, for the plot.
    let plan: Plan
    /// Characters in a line.
    let width: Int
    /// What plots are drawn with.
    let glyphs: PlotGlyphs
    /// Colours, or none.
    let painter: TextPainter

    /// The whole text.
    var text: String {
        let parts = [head, phases, totals, rate, loss]
        return parts.filter { !$0.isEmpty }.map { $0.map { $0 + "\n" }.joined() }.joined(separator: "\n")
    }

    // MARK: - Parts

    private var head: [String] {
        var facts = ["plan \(report.planHash)", "system \(report.system)", "seed \(report.seed)"]
        if let shard = report.shard { facts.append("shard \(shard.index) of \(shard.count)") }
        let description = report.description.isEmpty ? "" : ": \(report.description)"
        return TextWrap.lines("\(painter.paint(report.profile, .bold))\(description)", width: width)
            + [painter.paint(facts.joined(separator: "  "), .dim)] + search
    }

    private var search: [String] {
        guard let search = report.search else { return [] }
        let rates = "\(Quantity.format(count: search.fromPerS))/s to \(Quantity.format(count: search.toPerS))/s"
        return TextWrap.lines(
            "The phase \(search.phase) searches for the highest rate that holds, from \(rates), "
                + "\(Self.duration(search.probeS)) each; the one found is confirmed for "
                + "\(Self.duration(search.confirmationS)). This is the plan of the first try.",
            width: width
        )
    }

    private var phases: [String] {
        var table = TextTable([
            .init("phase"), .init("shape"), .init("duration", .right), .init("rate", .right),
            .init("operations", .right), .init("reported"), .init("notes", isFlexible: true),
        ])
        for group in cycles {
            let phase = report.phases[group.lowerBound]
            let name = group.count > 1 ? "\(phase.name) to \(group.count)" : phase.name
            table.append([
                .init(name, .bold), .init(phase.shape), .init(Self.duration(phase.durationS)),
                .init(phase.ratePerS.map { Quantity.format(perSecond: $0) } ?? Self.rateWord(phase)),
                .init(phase.operations.map { Quantity.format(count: $0) } ?? "open"),
                phase.isReported ? "yes" : .init("no", .dim),
                .init((group.count > 1 ? "each of \(group.count) cycles: " : "") + Self.notes(phase)),
            ])
        }
        return table.lines(width: max(width, 60), painter: painter)
    }

    /// Phases that are shown in one row: the cycles of one phase, or a phase alone.
    private var cycles: [Range<Int>] {
        var groups: [Range<Int>] = []
        for index in report.phases.indices {
            // Cycles are named after their phase and counted from 1: `main-1`.
            let isNext =
                groups.last.map { group in
                    plan.phases[index].isCycle && plan.phases[group.lowerBound].isCycle
                        && Self.stem(plan.phases[index].name) == Self.stem(plan.phases[group.lowerBound].name)
                } ?? false
            if isNext {
                groups[groups.count - 1] = groups[groups.count - 1].lowerBound..<index + 1
            } else {
                groups.append(index..<index + 1)
            }
        }
        return groups
    }

    /// The name of a cycle's phase.
    private static func stem(_ name: String) -> Substring { name[..<(name.lastIndex(of: "-") ?? name.endIndex)] }

    /// Names with those of a phase's cycles together.
    private func folded(_ names: [String]) -> String {
        var left = names
        for group in cycles where group.count > 1 {
            let own = group.map { report.phases[$0].name }
            guard Set(own).isSubset(of: left), let first = left.firstIndex(of: own[0]) else { continue }
            left[first] = "\(own[0]) to \(own.count)"
            left.removeAll { own.dropFirst().contains($0) }
        }
        return left.joined(separator: ", ")
    }

    private var totals: [String] {
        let totals = report.totals
        var operations = "operations: open, time alone bounds them"
        if let all = totals.operations {
            operations = "operations: \(Quantity.format(count: all))"
            if let reported = totals.reportedOperations, reported < all {
                operations += ", of them \(Quantity.format(count: reported)) reported"
            }
        }
        let items =
            totals.items.map { "items: \(Quantity.format(count: $0))" }
            ?? report.itemsPerOperation.map { "items: \(Quantity.format(number: $0)) an operation on average" }
        return ([operations, items].compactMap(\.self) + producers + [time]).map { "  \($0)" }
    }

    /// Producers that do equally much, together.
    private var producers: [String] {
        var groups: [[PlanReport.Producer]] = []
        for producer in report.producers {
            if let last = groups.last?.last, last.operations == producer.operations, last.scenario == producer.scenario
            {
                groups[groups.count - 1].append(producer)
            } else {
                groups.append([producer])
            }
        }
        return groups.map { group in
            let numbers = Self.numbers(group.map(\.producer))
            let scenario = group[0].scenario.map { " of \($0)" } ?? ""
            let share = group[0].operations.map { Quantity.format(count: $0) } ?? "open"
            return group.count == 1
                ? "producer \(numbers)\(scenario): \(share) operations"
                : "\(group.count) producers\(scenario) (\(numbers)): \(share) operations each"
        }
    }

    /// `0 to 9`, or `1, 3, 5` where some are left out.
    private static func numbers(_ numbers: [Int]) -> String {
        let (first, last) = (numbers[0], numbers[numbers.count - 1])
        guard numbers.count > 2, last - first == numbers.count - 1 else {
            return numbers.map(String.init).joined(separator: ", ")
        }
        return "\(first) to \(last)"
    }

    private var time: String {
        guard let once = report.totals.durationS, let all = report.totals.runDurationS else {
            let known = report.phases.reduce(0) { $0 + ($1.durationS ?? 0) }
            return "time: as long as the system takes"
                + (known > 0 ? ", beside the \(Self.duration(known)) that are planned" : "")
        }
        let repetitions =
            report.repetitions > 1 ? "\(report.repetitions) repetitions of \(Self.duration(once)): " : ""
        return "time: \(repetitions)\(Self.duration(all)), flushes and starting up not included"
    }

    private var loss: [String] {
        guard !report.loss.isEmpty else { return [] }
        var lines = ["loss for want of room in the queue"]
        // Phases of which the same is to be said share a paragraph.
        var groups: [(phases: [String], bound: LossBound)] = []
        for bound in report.loss {
            if let index = groups.firstIndex(where: {
                $0.bound.statement == bound.statement && $0.bound.signal == bound.signal
            }) {
                groups[index].phases.append(bound.phase)
            } else {
                groups.append(([bound.phase], bound))
            }
        }
        let hasSeveralSignals = Set(report.loss.map(\.signal)).count > 1
        for group in groups {
            let signal = hasSeveralSignals ? " (\(group.bound.signal))" : ""
            let text = "\(folded(group.phases))\(signal): \(group.bound.statement)"
            lines += Self.indented(text, width)
        }
        for basis in Set(report.loss.map { $0.restsOn.joined(separator: ", ") }).sorted() {
            lines += Self.indented("rests on \(basis)", width).map { painter.paint($0, .dim) }
        }
        return lines
    }

    // MARK: - Plot

    private static let plotHeight = 6
    /// `1,000,000/s │` and a little more.
    private static let plotMargin = 14

    private var rate: [String] {
        let profile = RateProfile(plan, width: max(10, width - Self.plotMargin))
        // Where the system alone decides there is nothing to draw.
        guard profile.columns.contains(where: { $0 != .open && $0 != .rate(0) }) else { return [] }
        let plot = ColumnPlot(
            profile.columns.map { column in
                switch column {
                case .rate(let rate): .value(rate)
                case .atOnce: .beyond
                case .open: .unknown
                }
            }
        ) { Quantity.format(perSecond: $0) }
        var title = "offered rate over time, \(plot.scale == .linear ? "linear" : "logarithmic") scale"
        if profile.columns.contains(.atOnce) { title += "; \(glyphs.beyond) all at once" }
        if profile.columns.contains(.open) { title += "; \(glyphs.unknown) as fast as the system goes" }
        if profile.hasMeans { title += "; close bursts as their mean" }
        let margin = String(repeating: " ", count: plot.margin)
        return TextWrap.lines(title, width: width) + plot.lines(height: Self.plotHeight, glyphs: glyphs)
            + [plot.base(ticks: profile.parts.map(\.columns.lowerBound), glyphs: glyphs)]
            + [names(profile), times(profile)].map { margin + $0 }
    }

    /// The names of the phases under their columns.
    private func names(_ profile: RateProfile) -> String {
        Self.labels(profile.parts.map { ($0.columns.lowerBound, plan.phases[$0.phase].name, true) }, glyphs)
    }

    /// When the phases begin, and the end of the last.
    private func times(_ profile: RateProfile) -> String {
        Self.labels(
            profile.parts.map { part in
                let time = part.start.map { Self.duration(PlanReport.seconds($0)) } ?? "?"
                return (part.columns.lowerBound, time == "at once" ? "0" : time, false)
            },
            glyphs
        )
    }

    /// Texts at their columns; one without room is cut, or left out where half of it would say something else.
    private static func labels(
        _ labels: [(column: Int, text: String, mayBeCut: Bool)],
        _ glyphs: PlotGlyphs
    ) -> String {
        var line = ""
        for (index, label) in labels.enumerated() where line.count <= label.column {
            let end = index + 1 < labels.count ? labels[index + 1].column - 1 : .max
            var text = label.text
            if label.column + text.count > end {
                guard label.mayBeCut, end - label.column > 1 else { continue }
                text = text.prefix(end - label.column - 1) + String(glyphs.ellipsis)
            }
            line += String(repeating: " ", count: label.column - line.count) + text
        }
        return line
    }

    // MARK: - Words

    private static func duration(_ seconds: Double?) -> String {
        guard let seconds else { return "open" }
        return seconds > 0 ? Quantity.format(durationNanoseconds: seconds * 1e9) : "at once"
    }

    private static func rateWord(_ phase: PlanReport.Phase) -> String {
        switch phase.shape {
        case "max": "max"
        case "burst": "at once"
        default: "-"
        }
    }

    private static func notes(_ phase: PlanReport.Phase) -> String {
        var notes: [String] = []
        if let size = phase.burstSize, let every = phase.burstEveryS {
            let distance = Quantity.format(durationNanoseconds: every * 1e9)
            notes.append("\(Quantity.format(count: size)) every \(distance)")
        }
        if phase.arrivals == "poisson" { notes.append("poisson") }
        if let catchUp = phase.catchUp, catchUp != "unlimited" { notes.append("catch-up \(catchUp)") }
        if let think = phase.thinkTimeS {
            notes.append("think \(Quantity.format(durationNanoseconds: think * 1e9))")
        }
        if let every = phase.flushEvery { notes.append("flush every \(Quantity.format(count: every))") }
        if let interval = phase.flushIntervalS {
            notes.append("flush each \(Quantity.format(durationNanoseconds: interval * 1e9))")
        }
        notes.append(phase.flush ? "flush at the end" : "no flush")
        if phase.timedEvery > 1 { notes.append("1 in \(phase.timedEvery) timed") }
        return notes.joined(separator: ", ")
    }

    private static func indented(_ text: String, _ width: Int) -> [String] {
        TextWrap.lines(text, width: width - 4).enumerated().map { ($0.offset == 0 ? "  " : "    ") + $0.element }
    }
}
