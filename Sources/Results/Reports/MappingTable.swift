package import HarnessCore

/// Shows which mappings of a worker grew between its first and its last quiet checkpoint.
package struct MappingTable: Sendable {
    private let trace: MappingTrace

    /// Prepares the table of one repetition.
    package init(_ trace: MappingTrace) {
        self.trace = trace
    }

    /// The table, what grew most first, with a row for all that did not change and one for the sum.
    package func lines(width: Int, painter: TextPainter) -> [String] {
        var table = TextTable([
            .init("MAPPING", isFlexible: true), .init("number", .right, dropRank: 1),
            .init("end of \(trace.firstPhase)", .right), .init("end of \(trace.lastPhase)", .right),
            .init("growth", .right), .init("anonymous", .right, dropRank: 2),
        ])
        for row in shown { table.append(cells(row)) }
        return table.lines(width: width, painter: painter)
    }

    /// The same table for a report.
    var table: ReportTable {
        ReportTable(
            id: "mappings",
            title: "Mappings",
            columns: [ReportTable.Column("mapping")]
                + ["number", "end of \(trace.firstPhase)", "end of \(trace.lastPhase)", "growth", "anonymous"].map {
                    ReportTable.Column($0, isNumeric: true)
                },
            rows: shown.map(cells)
        )
    }

    // MARK: - Rows

    private struct Row {
        var name: String
        var countBefore: UInt64 = 0
        var countAfter: UInt64 = 0
        var before: UInt64 = 0
        var after: UInt64 = 0
        var anonymousBefore: UInt64 = 0
        var anonymousAfter: UInt64 = 0

        var growth: Int64 { Int64(clamping: after) - Int64(clamping: before) }
        var anonymousGrowth: Int64 { Int64(clamping: anonymousAfter) - Int64(clamping: anonymousBefore) }
    }

    /// What changed, then all that did not in a row, then the sum.
    private var shown: [Row] {
        let rows = rows
        let isChanged = { (row: Row) in row.growth != 0 || row.countBefore != row.countAfter }
        let same = rows.filter { !isChanged($0) }
        return rows.filter(isChanged) + (same.isEmpty ? [] : [Self.sum(same, "\(same.count) more, unchanged")])
            + [Self.sum(rows, "all")]
    }

    private var rows: [Row] {
        var rows: [String: Row] = [:]
        for usage in trace.first {
            var row = Row(name: usage.name)
            (row.countBefore, row.before, row.anonymousBefore) = (usage.count, usage.rssBytes, usage.anonymousBytes)
            rows[usage.name] = row
        }
        for usage in trace.last {
            var row = rows[usage.name] ?? Row(name: usage.name)
            (row.countAfter, row.after, row.anonymousAfter) = (usage.count, usage.rssBytes, usage.anonymousBytes)
            rows[usage.name] = row
        }
        return rows.values.sorted { ($1.growth, $0.name) < ($0.growth, $1.name) }
    }

    private static func sum(_ rows: [Row], _ name: String) -> Row {
        rows.reduce(into: Row(name: name)) { sum, row in
            sum.countBefore += row.countBefore
            sum.countAfter += row.countAfter
            sum.before += row.before
            sum.after += row.after
            sum.anonymousBefore += row.anonymousBefore
            sum.anonymousAfter += row.anonymousAfter
        }
    }

    private func cells(_ row: Row) -> [TextTable.Cell] {
        let number = row.countBefore == row.countAfter ? "\(row.countAfter)" : "\(row.countBefore) → \(row.countAfter)"
        return [
            .init(row.name), .init(number), .init(Quantity.format(bytes: Double(row.before))),
            .init(Quantity.format(bytes: Double(row.after))),
            .init(Self.signed(row.growth), row.growth > 0 ? .caution : .plain), .init(Self.signed(row.anonymousGrowth)),
        ]
    }

    private static func signed(_ bytes: Int64) -> String {
        bytes == 0 ? "–" : (bytes > 0 ? "+" : "") + Quantity.format(bytes: bytes)
    }
}
