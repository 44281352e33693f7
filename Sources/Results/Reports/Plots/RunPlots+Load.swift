import HarnessCore

extension RunPlots {
    /// Rates over time: what was planned, what was done, and what arrived.
    var rates: Plot? {
        guard let windows else { return nil }
        let perSecond = { (count: @escaping (TimelinePoint) -> Double?) in
            { (point: TimelinePoint) -> Double? in
                point.lengthSeconds > 0 ? count(point).map { $0 / point.lengthSeconds } : nil
            }
        }
        // One operation may be several items, such as a span with its children.
        let isSplit = result.repetitions.contains { $0.phases.contains { $0.load.operations != nil } }
        let others: [(String, KeyPath<TimelinePoint, UInt64>)] = [("refused", \.rejected), ("missed", \.missed)]
        return overTime(
            "rates",
            "Rate over time",
            Plot.Axis(isSplit ? "operations and items" : "operations", .perSecond, startsAtZero: true),
            [
                windows.series("planned", .step, perSecond(\.plannedOperations)),
                windows.series("achieved", .step, perSecond { Double($0.operations) }),
                isSplit ? windows.series("items accepted", .step, perSecond { Double($0.accepted) }) : nil,
                windows.series(
                    isSplit ? "items delivered" : "delivered",
                    .step,
                    perSecond { $0.delivered.map { Double($0) } }
                ),
                windows.series(
                    "logs and spans delivered",
                    .step,
                    perSecond { $0.deliveredWithIDs.map { Double($0) } }
                ),
            ]
                + others.map { name, count in
                    windows.windows.contains { $0.points.contains { $0[keyPath: count] > 0 } }
                        ? windows.series(name, .step, perSecond { Double($0[keyPath: count]) }) : nil
                },
            summary: [
                [("offered_per_s", "planned"), ("achieved_per_s", "achieved"), ("delivered_per_s", "delivered")]
                    .compactMap { metric, word in figure(metric).map { "\($0) \(word)" } }.joined(separator: ", "),
                slowest.map { window in
                    "The slowest window (\(MetricUnit.seconds.format(window.seconds))) had "
                        + Quantity.format(perSecond: window.rate)
                },
            ]
        )
    }

    /// The window of all that count in which least was done; nil where it is not worth a word.
    private var slowest: (rate: Double, seconds: Double)? {
        let slowest = loadedWindows.flatMap(\.points).filter { $0.lengthSeconds > 0 }
            .map { (rate: Double($0.operations) / $0.lengthSeconds, seconds: $0.lengthSeconds) }
            .min { $0.rate < $1.rate }
        let usual = result.summary["achieved_per_s"] ?? 0
        return slowest.flatMap { $0.rate < 0.9 * usual ? $0 : nil }
    }

    /// Items that waited in the system, and its limit where they came near it.
    var queue: Plot? {
        guard let windows, let items = windows.series("queued", .line, { $0.queuedItems.map { Double($0) } }) else {
            return nil
        }
        let points = windows.windows.flatMap(\.points)
        let most = points.compactMap(\.queuedItems).max() ?? 0
        let peak = max(most, result.repetitions.compactMap { $0.counters?.queuedPeak }.max() ?? 0)
        let peaks = result.repetitions.compactMap { $0.counters?.queuedBytesPeak }
        let bytes = (points.compactMap(\.queuedBytes) + peaks).max()
        let limit = queueLimit
        let isNear = limit.map { 4 * peak > $0 } ?? false
        let ends = [windows.windows.first?.start, windows.windows.last?.end].compactMap(\.self)
        return overTime(
            "queue",
            "Items waiting in the system",
            Plot.Axis("items", .count, startsAtZero: true),
            [
                items,
                isNear
                    ? limit.map { limit in
                        Plot.Series("limit", .computed, ends.map { Plot.Point(x: $0, y: Double(limit)) })
                    } : nil,
            ],
            summary: [
                "At most \(Quantity.format(count: peak)) items waited"
                    + (limit.map { ", of \(Quantity.format(count: $0)) allowed" } ?? ""),
                bytes.flatMap { $0 > 0 ? $0 : nil }.map {
                    "By the system's own account they took up to \(Quantity.format(bytes: Double($0)))"
                },
            ]
        )
    }

    private var queueLimit: UInt64? {
        let entry = result.configuration.first { $0.key == "system.queue_limit" }?.value
        guard case .integer(let limit)? = entry ?? result.system.options["queue_limit"] else { return nil }
        return UInt64(exactly: limit)
    }

    /// Processor time of the worker: all of it over time, and beside it what the figures are of.
    ///
    /// The generator spins for its moments; nobody counts that from window to window, only for each phase.
    var processor: Plot? {
        let share = { (point: TimelinePoint) -> Double? in
            point.lengthSeconds > 0 ? point.cpuSeconds.map { 100 * $0 / point.lengthSeconds } : nil
        }
        let most = windows?.windows.flatMap(\.points).compactMap(share).max()
        let whole = result.processorShareWithSpinning
        return overTime(
            "cpu",
            "Processor time of the worker",
            Plot.Axis("of one processor", .percent, startsAtZero: true),
            [
                windows?.series("all of it, with the generator's spinning", .step, share),
                windows == nil ? nil : systemShare,
            ],
            summary: [
                figure("cpu_percent").map { figure in
                    let more = whole.map { ", and \(MetricUnit.percent.format($0)) with it" } ?? ""
                    return "\(figure) of a processor on average without what the generator spins for its moments\(more)"
                },
                most.map { "\(MetricUnit.percent.format($0)) in the busiest window, spinning included" },
                result.hasMetrics
                    ? nil
                    : figure("cpu_s_per_million_items").map { "A million items took \($0), without the spinning" },
            ]
        )
    }

    /// What is left without the spinning: a level for each phase, of several repetitions the median.
    private var systemShare: Plot.Series? {
        let phases = result.repetitions.flatMap(\.phases)
        let points = (result.repetitions.first?.phases ?? []).flatMap { phase -> [Plot.Point] in
            let shares = phases.filter { $0.name == phase.name }.compactMap { $0.cpu?.percent }
            guard let start = phase.startSeconds, let share = MetricSpread.median(shares) else { return [] }
            let end = start + phase.durationSeconds
            return [Plot.Point(x: start, y: share), Plot.Point(x: end, y: share), Plot.Point(x: end, y: nil)]
        }
        return points.isEmpty ? nil : Plot.Series("without the spinning, mean of a phase", .computed, points)
    }
}
