import HarnessCore

extension RunSummaryRenderer {
    /// What the worker's process held at its last checkpoint, and what made it grow where it did.
    ///
    /// Of several repetitions there is no one process to speak of.
    func process(_ result: RunResult) -> [String] {
        let growth = result.memory.flatMap { memory -> [String]? in
            // A leak check says it with its answer.
            guard memory.isNoteworthy, result.leak == nil else { return nil }
            let place = memory.repetition.map { "repetition \($0 + 1): " } ?? ""
            return TextWrap.lines(place + memory.sentence, width: width - 12).enumerated().map { index, line in
                let name = index == 0 ? title("GROWTH") + "      " : String(repeating: " ", count: 12)
                return name + painter.paint(line, memory.growth == .swapped ? .bad : .caution)
            }
        }
        guard result.repetitions.count == 1, let last = result.repetitions[0].checkpoints.last else {
            return growth ?? []
        }
        let size = { (bytes: UInt64?) in bytes.map { Quantity.format(bytes: Double($0)) } }
        let count = { (number: UInt64?) in number.map { Quantity.format(count: $0) } }
        return pairs(
            "PROCESS",
            [
                ("in use", last.freeBytes.flatMap { _ in size(last.bytesInUse) }),
                ("free in heap", size(last.freeBytes)),
                ("anonymous", size(last.rssAnonymousBytes)), ("files", size(last.rssFileBytes)),
                ("swap", last.swapBytes.flatMap { $0 > 0 ? size($0) : nil }), ("threads", count(last.threads)),
                ("descriptors", count(last.descriptors)),
            ]
        ) + (growth ?? [])
    }

    /// What a waiting item costs, for each repetition that measured it.
    func queued(_ result: RunResult) -> [String] {
        result.repetitions.flatMap { repetition -> [String] in
            guard let queue = repetition.queue, let last = queue.depths.last else { return [] }
            let size = { (value: Double?) in value.map { MetricUnit.bytesPerItem.format($0) } }
            let range = size(queue.heapBytesPerItemLow).flatMap { low in
                size(queue.heapBytesPerItemHigh).map { " (\(low) – \($0))" }
            }
            let depths = "\(queue.depths.count) up to \(Quantity.format(count: last.items)) items"
            return pairs(
                "QUEUED",
                [
                    ("", result.repetitions.count > 1 ? "repetition \(repetition.index + 1)" : nil),
                    ("heap for each item", size(queue.heapBytesPerItem).map { $0 + (range ?? "") }),
                    ("resident", size(queue.residentBytesPerItem)),
                    ("by the SDK's account", size(queue.reportedBytesPerItem)),
                    ("empty", Quantity.format(bytes: queue.baseBytes)), ("depths", depths),
                ]
            )
        }
    }
}
