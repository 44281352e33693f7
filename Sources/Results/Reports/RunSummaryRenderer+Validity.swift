import HarnessCore

extension RunSummaryRenderer {
    /// What speaks for the figures: how the worst of what was watched stands, and what harness and machine could do.
    ///
    /// Two lines when all is well. What spoils a run stands in words under its verdict, what does not among the warnings.
    func validity(_ result: RunResult) -> [String] {
        let checks = result.validity.checks ?? []
        let broken = checks.filter { $0.verdict != .pass }
        let names = Set(checks.map(\.name)).count
        let state =
            broken.isEmpty
            ? (names == 1 ? "1 limit holds" : "\(names) limits hold")
            : "\(Set(broken.map(\.name)).count) of \(names) limits broken"
        var lines: [String] = []
        if !checks.isEmpty {
            let style: TextStyle = broken.isEmpty ? .good : .caution
            let figures = Self.labels.map { name, label in
                // Of several the first is the worst.
                (label, checks.first { $0.name == name }.map { $0.unit.format($0.observed) })
            }
            lines += pairs("VALIDITY", [(name: "", value: painter.paint(state, style))] + figures)
        }
        guard let calibration = result.calibration else { return lines }
        let duration = { (value: Double?) in value.map { Quantity.format(durationNanoseconds: $0) } }
        return lines
            + pairs(
                "CALIBRATION",
                [
                    ("null operation", duration(calibration.nullOperationNanoseconds)),
                    ("sink echo", duration(calibration.sinkEchoNanoseconds)),
                    ("sink", calibration.sinkItemsPerSecond.map { Quantity.format(perSecond: $0) }),
                    ("memory", calibration.memoryBytesPerSecond.map { Quantity.format(bytes: $0) + "/s" }),
                    ("spin gap p99", duration(calibration.spinGapP99Nanoseconds.map { Double($0) })),
                    ("max", duration(calibration.spinGapMaximumNanoseconds.map { Double($0) })),
                ]
            )
    }

    /// The checks that people look at, in the order of their interest; those left out speak up when they are broken.
    private static let labels: KeyValuePairs<String, String> = [
        "lag_p99": "lag p99", "missed_percent": "missed", "other_cpu_percent": "other processes",
        "run_queue_wait_percent": "waits", "steal_percent": "steal", "throttled_percent": "throttled",
        "sink_thread_percent": "sink",
    ]
}
