extension MetricCatalogue {
    /// What the queue of a system takes, over whole repetitions.
    static let queue: [Metric] = [
        Metric(
            "peak_queued_items",
            .count,
            takesWorst: true,
            ofRepetitions: "most items that ever waited, by the system's own account"
        ) {
            .counted($0.counters?.queuedPeak)
        },
        Metric(
            "peak_queued_bytes",
            .bytes,
            takesWorst: true,
            ofRepetitions: "most bytes that ever waited, by the system's own account"
        ) {
            .counted($0.counters?.queuedBytesPeak)
        },
        perItem("heap_bytes_per_queued_item", "heap growth for each item that waits, over several depths") {
            $0.heapBytesPerItem
        },
        perItem("rss_bytes_per_queued_item", "resident growth for each item that waits, over several depths") {
            $0.residentBytesPerItem
        },
        perItem("reported_bytes_per_queued_item", "the system's own account of the same") { $0.reportedBytesPerItem },
    ]

    private static func perItem(
        _ name: String,
        _ explanation: String,
        _ figure: @escaping @Sendable (QueueAccounting) -> Double?
    ) -> Metric {
        Metric(name, .bytesPerItem, ofRepetitions: explanation) { repetition in
            guard let accounting = repetition.queue else {
                return .absent(
                    "fewer than \(QueueAccounting.fewestDepths) phases of growing depth held all their items"
                )
            }
            return .measured(figure(accounting))
        }
    }
}
