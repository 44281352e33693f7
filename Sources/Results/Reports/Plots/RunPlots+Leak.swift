import HarnessCore

extension RunPlots {
    /// The two series that the verdict compares: of repeated ones the last, which has more cycles.
    private var judged: [LeakTrial] {
        ["check", "control"].compactMap { name in
            result.leak?.trials.last { $0.name == name || $0.name == "\(name)-longer" }
        }
    }

    /// How bytes in use grow from cycle to cycle, beside a system that does nothing, with the lines fitted to both.
    var leakGrowth: Plot? {
        guard let leak = result.leak else { return nil }
        let trials = judged
        let series = trials.flatMap { trial in
            [
                Plot.Series("\(trial.name) (\(trial.system))", .marks, trial.growth),
                trial.fit.map { Plot.Series("\(trial.name): slope and its 99 % interval", .computed, $0) },
            ].compactMap(\.self)
        }
        guard series.contains(where: { !$0.points.isEmpty }) else { return nil }
        let discarded = trials.map(\.discarded).max() ?? 0
        let cycles = trials.map(\.checkpoints.count).max() ?? 0
        var spans: [Plot.Span] = []
        if discarded > 0 { spans.append(Plot.Span("discarded", 0.5...Double(discarded) + 0.5, .unreported)) }
        if cycles > discarded {
            spans.append(Plot.Span("counted", Double(discarded) + 0.5...Double(cycles) + 0.5, .phase))
        }
        return Plot(
            id: "leak",
            title: "Bytes in use from cycle to cycle",
            summary: Self.text([Self.sentence(leak.sentence)] + trials.map(\.sentence)),
            x: Plot.Axis("cycle", .count),
            y: Plot.Axis("since the first counted cycle", .bytes),
            series: series,
            spans: spans
        )
    }

    /// Descriptors or threads at the end of each cycle, where it is they that grow: bytes in use say nothing of them.
    var leakHandles: Plot? {
        guard let leak = result.leak, let resource = leak.resource, let count = Self.handles[resource]
        else { return nil }
        let series = leak.trials.compactMap { trial -> Plot.Series? in
            let points = trial.checkpoints.enumerated().compactMap { index, checkpoint in
                checkpoint[keyPath: count].map { Plot.Point(x: Double(index + 1), y: Double($0)) }
            }
            return points.isEmpty ? nil : Plot.Series("\(trial.name) (\(trial.system))", .line, points)
        }
        guard !series.isEmpty else { return nil }
        return Plot(
            id: "leak-handles",
            title: "\(resource.prefix(1).uppercased() + resource.dropFirst()) from cycle to cycle",
            summary: Self.text([Self.sentence(leak.sentence)]),
            x: Plot.Axis("cycle", .count),
            y: Plot.Axis(resource, .count),
            series: series
        )
    }

    /// Where a checkpoint has the number of what may leak beside bytes.
    private static var handles: [String: KeyPath<CheckpointRecord, UInt64?>] {
        ["descriptors": \.descriptors, "threads": \.threads]
    }

    /// The other trials of a leak check, which say what growth goes with.
    var leakTrials: Plot? {
        let judged = judged
        let trials = result.leak?.trials.filter { !judged.contains($0) && !$0.growth.isEmpty } ?? []
        guard !trials.isEmpty else { return nil }
        return Plot(
            id: "leak-trials",
            title: "What growth goes with",
            summary: Self.text(trials.map(\.sentence)),
            x: Plot.Axis("cycle", .count),
            y: Plot.Axis("since the first counted cycle", .bytes),
            series: trials.map { Plot.Series($0.name, .line, $0.growth) }
        )
    }
}

extension LeakTrial {
    /// Bytes in use at the end of each cycle, less those of the first cycle that counts.
    fileprivate var growth: [Plot.Point] {
        let values = checkpoints.map { $0.bytesInUse.map { Double($0) } }
        guard let base = values.dropFirst(discarded).compactMap(\.self).first else { return [] }
        return values.enumerated().compactMap { index, value in
            value.map { Plot.Point(x: Double(index + 1), y: $0 - base) }
        }
    }

    /// The fitted line through the cycles that count, and the lines of its interval, which turn about its middle.
    fileprivate var fit: [Plot.Point]? {
        guard let slope = slopeBytesPerCycle, let intercept, checkpoints.count > discarded + 1,
            let base = checkpoints[discarded].bytesInUse
        else { return nil }
        let (first, last) = (Double(discarded + 1), Double(checkpoints.count))
        let line = FittedLine(
            slope: slope,
            interval: slopeLow.flatMap { low in slopeHigh.map { (low, $0) } },
            anchor: (first, intercept - Double(base))
        )
        return line.points(over: first...last, pivot: (first + last) / 2)
    }

    /// What the trial came to, in a sentence.
    fileprivate var sentence: String? {
        guard let slope = slopeBytesPerCycle else { return nil }
        let size = { (value: Double) in Quantity.format(bytes: value) }
        let interval = slopeLow.flatMap { low in slopeHigh.map { " (\(size(low)) to \(size($0)))" } } ?? ""
        return "\(name): \(size(slope)) a cycle\(interval)"
    }
}
