import HarnessCore

extension RunSummaryRenderer {
    /// What the sink found that should not be, with an example of each; nothing where it found nothing.
    func findings(_ result: RunResult) -> [String] {
        let ledgers = result.repetitions.compactMap(\.ledger)
        let sum = { (count: (LedgerFindings) -> UInt64?) -> UInt64 in
            ledgers.reduce(0) { $0 + ($1.findings.flatMap(count) ?? 0) }
        }
        let shown = { (name: String, count: UInt64) in (name, count > 0 ? Quantity.format(count: count) : nil) }
        let (retried, bugs) = (sum(\.duplicatedByRetry), sum(\.duplicatedByBug))
        let corrupted = sum(\.corrupted)
        let of = Quantity.format(count: sum(\.checksummed))
        let lines = pairs(
            "FOUND",
            [
                shown("duplicated after a lost answer", retried), shown("duplicated without a reason", bugs),
                ("corrupted", corrupted > 0 ? "\(Quantity.format(count: corrupted)) of \(of) looked at" : nil),
                shown("wrong tenant", sum(\.wrongTenant)), shown("secrets leaked", sum(\.canariesLeaked)),
            ]
        )
        var kinds: Set<String> = []
        let examples = ledgers.flatMap { $0.examples ?? [] }.filter { kinds.insert($0.kind).inserted }
        return lines
            + examples.flatMap { example in
                TextWrap.lines("\(example.kind): \(example.text)", width: width - 12).map {
                    String(repeating: " ", count: 12) + painter.paint($0, .caution)
                }
            }
    }
}
