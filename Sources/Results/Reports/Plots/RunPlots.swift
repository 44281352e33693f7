import HarnessCore

/// What can be drawn of a run, from its result alone.
///
/// Of several repetitions the curves are medians, window by window, and bands are their range; distributions are merged.
/// What was not measured gives no plot, or none of its series.
struct RunPlots {
    /// The run.
    let result: RunResult
    /// Its course; nil where nobody kept it.
    let windows: RunWindows?
    /// What is marked on plots over time.
    let spans: [Plot.Span]

    /// Looks at a run.
    init(_ result: RunResult) {
        self.result = result
        windows = RunWindows(result)
        spans = result.spans
    }

    /// All plots, in the order in which reports show them.
    var plots: [Plot] {
        // The cycles of a leak check are many, short and alike: what counts is how they differ in memory.
        let course =
            result.leak == nil
            ? [responses, services, flushes, freshness, memory, heapFloor, queue, processor] : [memory]
        return
            ([
                search, searchMemory, scaling, leakHandles, leakGrowth, leakTrials, queueDepths, rates, callSpectrum,
                deliverySpectrum,
            ] + course).compactMap(\.self)
    }

    // MARK: - Pieces

    /// A plot over the time of the run; nil without series.
    func overTime(
        _ id: String,
        _ title: String,
        _ y: Plot.Axis,
        _ series: [Plot.Series?],
        summary: [String?]
    ) -> Plot? {
        let series = series.compactMap(\.self)
        guard !series.isEmpty else { return nil }
        return Plot(
            id: id,
            title: title,
            summary: Self.text(summary + [repetitionNote]),
            x: Plot.Axis("time", .seconds, startsAtZero: true),
            y: y,
            series: series,
            spans: spans
        )
    }

    /// The sentences that there are, with a full stop at the end of each.
    static func text(_ sentences: [String?]) -> String {
        sentences.compactMap(\.self).filter { !$0.isEmpty }
            .map { $0.hasSuffix(".") ? $0 : $0 + "." }.joined(separator: " ")
    }

    /// A sentence of others, which may begin with a small letter because a clause of theirs went before.
    static func sentence(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }

    /// What is drawn where there are several repetitions.
    private var repetitionNote: String? {
        let count = windows?.repetitions ?? 1
        return count > 1 ? "Medians of \(count) repetitions; bands are their range" : nil
    }

    /// A metric of the run as people read it.
    func figure(_ metric: String) -> String? {
        guard let value = result.summary[metric], let unit = MetricCatalogue.metric(named: metric)?.unit else {
            return nil
        }
        return unit.format(value)
    }

    /// The windows whose figures count and in which something was to be done.
    var loadedWindows: [RunWindows.Window] {
        let phases = Set(result.repetitions.flatMap(\.reportedPhases).filter { !$0.isIdle }.map(\.name))
        return windows?.windows.filter { phases.contains($0.phase) } ?? []
    }
}
