import HarnessCore

/// What a page shows of a worker's memory in tables: readings at quiet moments, queues, and mappings that grew.
struct MemoryTables {
    private let result: RunResult

    /// Looks at a run.
    init(_ result: RunResult) {
        self.result = result
    }

    /// All tables that have rows.
    var tables: [ReportTable] {
        ([checkpoints, depths] + mappings).filter { !$0.rows.isEmpty }
    }

    /// The readings at quiet moments, of each repetition; what nobody read in any is left out.
    private var checkpoints: ReportTable {
        let size = { (bytes: UInt64?) in bytes.map { Quantity.format(bytes: Double($0)) } }
        let count = { (number: UInt64?) in number.map { Quantity.format(count: $0) } }
        let columns: [(title: String, text: (CheckpointRecord) -> String?)] = [
            ("at", { $0.elapsedSeconds.map(MetricUnit.seconds.format) }), ("in use", { size($0.bytesInUse) }),
            ("free in heap", { size($0.freeBytes) }), ("resident", { size($0.rssBytes) }),
            ("anonymous", { size($0.rssAnonymousBytes) }), ("files", { size($0.rssFileBytes) }),
            ("swap", { size($0.swapBytes) }), ("threads", { count($0.threads) }),
            ("descriptors", { count($0.descriptors) }), ("queued", { count($0.queuedItems) }),
        ]
        let all = result.repetitions.flatMap { repetition in repetition.checkpoints.map { (repetition.index, $0) } }
        let shown = columns.filter { column in all.contains { column.text($0.1) != nil } }
        let isRepeated = result.repetitions.count > 1
        return ReportTable(
            id: "checkpoints",
            title: "Readings at quiet moments",
            columns: [.init("after")] + shown.map { .init($0.title, isNumeric: true) },
            rows: all.map { index, record in
                let place = (record.phase ?? record.label) + (isRepeated ? " #\(index + 1)" : "")
                return [.init(place)] + shown.map { .init($0.text(record) ?? "–") }
            },
            note: result.memory?.sentence
        )
    }

    /// What was held at each depth of the queue.
    private var depths: ReportTable {
        let size = { (bytes: Int64?) in bytes.map { Quantity.format(bytes: $0) } ?? "–" }
        let each = { (bytes: Double?) in bytes.map { MetricUnit.bytesPerItem.format($0) } }
        let queues = result.repetitions.compactMap(\.queue)
        let sentences = queues.map { queue in
            let range = each(queue.heapBytesPerItemLow).flatMap { low in
                each(queue.heapBytesPerItemHigh).map { " (\(low) – \($0))" }
            }
            return "\(each(queue.heapBytesPerItem) ?? "") of the heap for each item\(range ?? "")"
                + (each(queue.reportedBytesPerItem).map { ", by the SDK's own account \($0)" } ?? "") + "."
        }
        return ReportTable(
            id: "queue-depths",
            title: "What waiting items hold",
            columns: [
                .init("phase"), .init("items", isNumeric: true), .init("heap", isNumeric: true),
                .init("resident", isNumeric: true), .init("by the SDK's account", isNumeric: true),
            ],
            rows: queues.flatMap(\.depths).map { depth in
                [
                    .init(depth.phase), .init(Quantity.format(count: depth.items)), .init(size(depth.heapBytes)),
                    .init(size(depth.residentBytes)),
                    .init(depth.reportedBytes.map { Quantity.format(bytes: Double($0)) } ?? "–"),
                ]
            },
            note: sentences.isEmpty ? nil : sentences.joined(separator: " ")
        )
    }

    private var mappings: [ReportTable] {
        result.repetitions.compactMap { repetition in
            repetition.mappings.map { trace in
                let number = repetition.index + 1
                var table = MappingTable(trace).table
                table.id += "-\(number)"
                if result.repetitions.count > 1 { table.title += ", repetition \(number)" }
                return table
            }
        }
    }
}
