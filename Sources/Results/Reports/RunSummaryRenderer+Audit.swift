import HarnessCore

extension RunSummaryRenderer {
    /// Who says what, where that does not balance; nothing where it does.
    func audit(_ result: RunResult) -> [String] {
        result.repetitions.flatMap { repetition -> [String] in
            guard let audit = repetition.audit, !audit.balances else { return [] }
            var table = TextTable([
                .init("OF"), .init("WHAT"), .init("PRODUCERS", .right), .init("SYSTEM", .right),
                .init("LEDGER", .right),
            ])
            let count = { (value: Int64?) -> TextTable.Cell in
                value.map { .init(Quantity.format(number: Double($0), decimals: 0)) } ?? "–"
            }
            var subject = ""
            for row in audit.rows {
                table.append([
                    .init(row.subject == subject ? "" : row.subject), .init(row.quantity), count(row.producers),
                    count(row.system), count(row.ledger),
                ])
                subject = row.subject
            }
            let place = result.repetitions.count > 1 ? " of repetition \(repetition.index + 1)" : ""
            return [title("WHO SAYS WHAT\(place)")] + table.lines(width: width, painter: painter)
                + audit.relations.filter { !$0.holds }.flatMap { relation in
                    TextWrap.lines(relation.sentence, width: width - 4).map { "  " + painter.paint("! \($0)", .bad) }
                }
        }
    }
}
