import CommandLineKit
import HarnessCore
import Measurement
import Results
import RunControl

extension ReportCommand {
    /// HdrHistogram's percentile table of the distribution that was asked for.
    func percentiles(of result: RunResult) throws -> String {
        let name = parsed.string("metric") ?? ""
        guard let metric = LatencyMetric(rawValue: name) else {
            let guess = Suggestion.nearest(to: name, in: LatencyMetric.allCases.map(\.rawValue))
            let hint = guess.map { "did you mean '\($0)'?" } ?? "there are: \(LatencyMetric.names)"
            throw parsed.invalidValue(name, of: "metric", hint)
        }
        guard let unit = Self.units[parsed.string("unit") ?? ""] else {
            throw parsed.invalidValue(parsed.string("unit") ?? "", of: "unit", "there are: ns, us, ms, s")
        }
        let histogram = try histogram(of: metric, result)
        return PercentileTable(histogram, nanosecondsPerUnit: unit).text
    }

    /// The distribution over all repetitions.
    private func histogram(of metric: LatencyMetric, _ result: RunResult) throws -> HistogramSnapshot {
        let all = result.repetitions.flatMap(\.phases)
        let phase = parsed.string("phase")
        let chosen = phase.map { name in all.filter { $0.name == name } } ?? all.filter(\.isReported)
        if let phase, chosen.isEmpty {
            let names = result.plan.phases.map(\.name).joined(separator: ", ")
            throw parsed.invalidValue(phase, of: "phase", "the run has no such phase; it has: \(names)")
        }
        var sum = HistogramSnapshot()
        for summary in chosen.compactMap({ metric.summary(of: $0.latency) }) { sum.add(summary.hdr) }
        guard !sum.isEmpty else {
            let there = LatencyMetric.allCases.filter { other in
                chosen.contains { other.summary(of: $0.latency) != nil }
            }
            let hint =
                there.isEmpty
                ? "nothing was timed" : "there are: \(there.map(\.rawValue).joined(separator: ", "))"
            let place = phase.map { "phase \($0)" } ?? "the run"
            throw RunError.usage("\(place) has no \(metric.rawValue); \(hint)")
        }
        return sum
    }

    private static let units: [String: Double] = ["ns": 1, "us": 1e3, "ms": 1e6, "s": 1e9]
}
