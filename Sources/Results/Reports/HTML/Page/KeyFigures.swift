import HarnessCore

/// The figures of a run that people ask for first, in large letters.
struct KeyFigures {
    /// One of them.
    struct Figure: Equatable {
        /// What it is.
        var name: String
        /// Its value.
        var value: String
        /// What belongs to it, in few words; empty for nothing.
        var more: String
    }

    private let result: RunResult
    private let baseline: RunResult?

    /// Takes a run, and the one that it is compared with.
    init(_ result: RunResult, against baseline: RunResult? = nil) {
        self.result = result
        self.baseline = baseline
    }

    /// The figures in order; a run that did not measure one goes without it.
    var figures: [Figure] {
        let memory = [
            metric("Resident memory, peak", "rss_peak_bytes", text("rss_growth_bytes").map { "grew by \($0)" }),
            metric("Growth of the heap", "bytes_in_use_growth"),
        ]
        // What a leak check asks is no matter of speed.
        let figures = result.leak == nil ? [capacity, rate] + latencies + memory + [processor] : leak + memory
        return figures.compactMap(\.self)
    }

    /// The figures as tiles; nothing for none.
    var html: HTML {
        let figures = figures
        guard !figures.isEmpty else { return .nothing }
        return .tag(
            "dl",
            ["class": "tiles", "aria-label": "Key figures"],
            figures.map { figure in
                .tag(
                    "div",
                    ["class": "tile"],
                    .tag("dt", [:], .text(figure.name)),
                    .tag("dd", [:], .prose(figure.value)),
                    figure.more.isEmpty ? .nothing : .tag("dd", [:], .prose(figure.more))
                )
            }
        )
    }

    // MARK: - Figures

    private var rate: Figure? {
        let name = text("delivered_per_s") == nil ? "achieved_per_s" : "delivered_per_s"
        let offered = text("offered_per_s").map { "operations planned: \($0)" }
        return metric(name == "delivered_per_s" ? "Delivered" : "Achieved", name, offered)
    }

    /// Of each distribution the highest percentile that enough samples support.
    private var latencies: [Figure?] {
        let names = [
            "response_time": "Response time", "service_time": "Service time", "flush_latency": "Flush",
            "freshness": "Freshness",
        ]
        return ["response_time", "service_time", "flush_latency", "freshness"].map { name in
            let found = [("p99", "p99"), ("p95", "p95"), ("p50", "median"), ("max", "longest")].first { suffix, _ in
                text("\(name).\(suffix)") != nil
            }
            guard let (suffix, word) = found else { return nil }
            let median = suffix == "p50" ? nil : text("\(name).p50").map { "median \($0)" }
            return metric("\(names[name] ?? name), \(word)", "\(name).\(suffix)", median)
        }
    }

    private var processor: Figure? {
        // Measurements travel as sums, which cost the same however many they are made of.
        let spinning = result.processorShareWithSpinning.map {
            ", without the generator's spinning (with it \(MetricUnit.percent.format($0)))"
        }
        guard !result.hasMetrics else {
            return metric("Processor", "cpu_percent", "of one processor" + (spinning ?? ""))
        }
        let share = text("cpu_percent").map { "\($0) of a processor" + (spinning ?? "") }
        return metric("CPU for a million items", "cpu_s_per_million_items", share)
    }

    private var capacity: Figure? {
        guard let search = result.search, let capacity = search.capacityPerSecond else { return nil }
        let knee = search.kneePerSecond.map { "knee at \(Quantity.format(perSecond: $0))" }
        return Figure(name: "Capacity", value: Quantity.format(perSecond: capacity), more: knee ?? "no knee")
    }

    private var leak: [Figure?] {
        guard let leak = result.leak else { return [] }
        let limit = Quantity.format(bytes: leak.toleranceBytesPerCycle)
        if let resource = leak.resource, let handles = leak.handlesPerCycle {
            let value = Quantity.format(number: handles, decimals: handles < 10 ? 2 : 0)
            let per = leak.growsPer.map { "goes with each \($0)" } ?? "goes with time or cycles"
            return [
                Figure(
                    name: "\(resource.prefix(1).uppercased() + resource.dropFirst()) more a cycle",
                    value: value,
                    more: "\(per) · none is allowed"
                )
            ]
        }
        return [
            leak.bytesPerItem.map {
                Figure(name: "Growth for an item", value: MetricUnit.bytesPerItem.format($0), more: "")
            },
            leak.bytesPerCycle.map {
                Figure(
                    name: "Growth of a cycle",
                    value: Quantity.format(bytes: $0),
                    more: "at most \(limit) is nothing"
                )
            },
        ]
    }

    // MARK: - Pieces

    private func metric(_ name: String, _ metric: String, _ more: String? = nil) -> Figure? {
        guard let value = text(metric) else { return nil }
        let beside = baseline == nil ? [more, range(metric)] : [change(metric)]
        return Figure(name: name, value: value, more: beside.compactMap(\.self).joined(separator: " · "))
    }

    private func text(_ metric: String) -> String? { RunPlots(result).figure(metric) }

    /// What repetitions differ by.
    private func range(_ metric: String) -> String? {
        guard let spread = result.spread?[metric], let unit = MetricCatalogue.metric(named: metric)?.unit else {
            return nil
        }
        return "\(unit.format(spread.min)) – \(unit.format(spread.max))"
    }

    /// What it was in the baseline, and by how much it has changed.
    private func change(_ metric: String) -> String? {
        guard let baseline, let before = baseline.summary[metric], let after = result.summary[metric],
            let text = RunPlots(baseline).figure(metric)
        else { return nil }
        return "was \(text)" + (before > 0 && after > 0 ? " (\(ComparisonRow.change(ratio: after / before)))" : "")
    }
}
