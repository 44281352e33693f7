import HarnessCore

/// Gate rows as an aligned table: how each stands, what was limited, limit, observed value, margin, samples.
struct GateTable {
    private var table: TextTable
    private let showsProfile: Bool
    private let showsSource: Bool

    /// Makes a table; profiles and sources are columns only where they differ from row to row.
    init(showsProfile: Bool, showsSource: Bool) {
        self.showsProfile = showsProfile
        self.showsSource = showsSource
        var columns: [TextTable.Column] = [.init()]
        if showsProfile { columns.append(.init("profile")) }
        columns += [
            .init("metric"), .init("limit"), .init("observed", .right), .init("margin", .right), .init("n", .right),
        ]
        if showsSource { columns.append(.init("source")) }
        table = TextTable(columns)
    }

    /// The rows with the worst first: broken, missing, not evaluated, then those that hold by the narrowest margin.
    static func sorted(_ rows: [GateRow]) -> [GateRow] {
        order(rows).map { rows[$0] }
    }

    /// The positions of the rows with the worst first; rows of equal urgency keep their order.
    static func order(_ rows: [GateRow]) -> [Int] {
        rows.indices.sorted { first, second in
            (rows[first].urgency, first) < (rows[second].urgency, second)
        }
    }

    /// Why rows have no value, each reason once.
    static func reasons(_ rows: [GateRow]) -> [String] {
        rows.filter { $0.verdict == .missing || $0.verdict == .notEvaluated }.reduce(into: []) { reasons, row in
            let reason = row.verdict == .missing ? "missing: \(row.reason)" : "not evaluated: \(row.reason)"
            if !reasons.contains(reason) { reasons.append(reason) }
        }
    }

    /// Adds a row.
    ///
    /// - Parameters:
    ///   - row: The row.
    ///   - subject: What stands in the column of profiles; the name of the profile unless given.
    mutating func append(_ row: GateRow, subject: String? = nil) {
        let style = row.style
        var cells = [TextTable.Cell(row.mark, style)]
        if showsProfile { cells.append(TextTable.Cell(subject ?? row.profile)) }
        cells += [
            TextTable.Cell(row.metric + (row.phase.map { " (\($0))" } ?? "")),
            TextTable.Cell(row.expression),
            TextTable.Cell(
                row.observed.map(row.unit.format) ?? row.verdict.phrase,
                row.verdict == .pass ? .plain : style
            ),
            TextTable.Cell(row.marginText, row.verdict == .fail ? style : .plain),
            TextTable.Cell(row.samples.map { Quantity.format(count: $0) } ?? "", .dim),
        ]
        if showsSource {
            cells.append(
                TextTable.Cell(row.source.word + (row.level == .error ? "" : ", \(row.level.rawValue)"), .dim)
            )
        }
        table.append(cells)
    }

    /// The table as lines.
    func lines(width: Int, painter: TextPainter) -> [String] {
        table.lines(width: width, painter: painter)
    }
}

extension GateVerdict {
    /// The verdict in words, where there is no value to show.
    var phrase: String {
        switch self {
        case .pass: "pass"
        case .fail: "fail"
        case .missing: "missing"
        case .notEvaluated: "not evaluated"
        }
    }
}

extension GateSource {
    /// The source as reports name it.
    var word: String {
        switch self {
        case .profile: "profile"
        case .thresholds: "thresholds"
        case .commandLine: "command line"
        case .builtIn: "built-in"
        }
    }
}

extension GateRow {
    /// A sign at the beginning of the row.
    var mark: String {
        switch (verdict, level) {
        case (.pass, _): "✓"
        case (.fail, .error): "✗"
        case (.missing, .error): "?"
        case (.fail, .info), (.missing, .info): "i"
        case (.fail, _), (.missing, _): "!"
        case (.notEvaluated, _): "–"
        }
    }

    /// How the row is shown.
    var style: TextStyle {
        switch (verdict, level) {
        case (.pass, _): .good
        case (.fail, .error), (.missing, .error): .bad
        case (.fail, .info), (.missing, .info): .dim
        case (.fail, _), (.missing, _), (.notEvaluated, _): .caution
        }
    }

    /// The margin with its sign, and as a share of the limit; empty where there is none to speak of.
    var marginText: String {
        guard let margin, limit != 0 || margin != 0 else { return "" }
        let sign = margin < 0 ? "-" : "+"
        let percent =
            limit == 0 ? "" : " (\(sign)\(Quantity.format(number: (100 * margin / limit).magnitude.rounded())) %)"
        return sign + unit.format(margin.magnitude) + percent
    }

    /// The order of rows, lower first; what needs attention is below zero.
    fileprivate var urgency: Double {
        switch (verdict, level) {
        case (.fail, .error): return -6
        case (.missing, .error): return -5
        case (.fail, .warn), (.missing, .warn): return -4
        case (.fail, _), (.missing, _): return -3
        case (.notEvaluated, _): return -2
        case (.pass, _):
            guard let margin, limit != 0 else { return .infinity }
            return (margin / limit).magnitude
        }
    }
}
