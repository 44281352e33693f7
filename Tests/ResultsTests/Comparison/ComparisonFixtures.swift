import HarnessCore
import Measurement
import Testing

@testable import Results

/// Comparisons of results whose repetitions have given values.
enum Compared {
    /// A result with one repetition for each median of service times, in nanoseconds.
    static func result(
        _ medians: [Double],
        profile: String = "sustained",
        change: (inout RunResult) -> Void = { _ in }
    ) throws -> RunResult {
        var result = try SampleResult.sustained(profile: profile)
        result.repetitions = medians.enumerated().map { index, median in
            var phase = SampleResult.main()
            phase.latency.serviceTime?.p50Nanoseconds = UInt64(median)
            return SampleResult.repetition(index: index, phases: [phase])
        }
        change(&result)
        result.judge(by: try Gate.gates(ofProfile: profile, thresholds: SampleResult.thresholds))
        return result
    }

    /// Sixteen medians about 1,000 ns, each 1 % from the next, times `factor`; `phase` makes the noise another.
    static func noise(_ factor: Double = 1, phase: Int = 0, count: Int = 16) -> [Double] {
        (0..<count).map { index in
            let step = (index * 7 + phase) % 5 - 2
            return factor * (1_000 + 10 * Double(step))
        }
    }

    static func paired(
        _ baseline: RunResult,
        _ candidate: RunResult,
        confirmation: (gates: [String], baseline: RunResult, candidate: RunResult)? = nil
    ) -> PairedResult {
        var result = plain(baseline, candidate)
        result.confirmation = confirmation.map { .init(of: $0.gates, measured: plain($0.baseline, $0.candidate)) }
        return result
    }

    private static func plain(_ baseline: RunResult, _ candidate: RunResult) -> PairedResult {
        PairedResult(
            tool: ToolIdentity(name: "bench", version: "0.1.0"),
            plannedPairs: candidate.repetitions.count,
            command: [],
            pairs: candidate.repetitions.indices.map { .init(index: $0, first: $0 % 2 == 0 ? .baseline : .candidate) },
            baseline: .init(worker: WorkerIdentity(path: "a"), settings: [], result: baseline),
            candidate: .init(worker: WorkerIdentity(path: "b"), settings: [], result: candidate)
        )
    }

    /// The gate that most tests use: 10 % on the median of service times.
    static let call = gate("call", "service_time.p50", #""max_relative": "10%""#)

    /// A gate on the changes of a metric, for every profile.
    static func gate(_ id: String, _ metric: String, _ limit: String) -> String {
        #"{"id": "\#(id)", "profile": "*", "metric": "\#(metric)", "regression": {\#(limit)}}"#
    }

    static func request(_ gates: [String], waivers: [String] = []) throws -> ComparisonRequest {
        var request = ComparisonRequest(today: "2026-11-21")
        let (gates, waivers) = (gates.joined(separator: ","), waivers.joined(separator: ","))
        let text = "{\"version\": 1, \"gates\": [\(gates)], \"waivers\": [\(waivers)]}"
        request.thresholds = (
            ThresholdsIdentity(path: "t.json", sha256: String(repeating: "0", count: 64)),
            try ThresholdsFile(contents: Array(text.utf8), path: "t.json")
        )
        return request
    }

    /// Two sets.
    static func sets(
        _ baseline: RunResult,
        _ candidate: RunResult,
        gates: [String] = [call],
        waivers: [String] = []
    ) throws -> ComparisonReport {
        var request = try request(gates, waivers: waivers)
        request.baselines = [("b.json", baseline)]
        request.candidates = [("c.json", candidate)]
        return try ComparisonReport(judging: request)
    }

    /// Pairs.
    static func pairs(
        _ baseline: RunResult,
        _ candidate: RunResult,
        gates: [String] = [call],
        confirmation: (gates: [String], baseline: RunResult, candidate: RunResult)? = nil
    ) throws -> ComparisonReport {
        var request = try request(gates)
        request.pairs = [("p.json", paired(baseline, candidate, confirmation: confirmation))]
        return try ComparisonReport(judging: request)
    }
}

extension SampleResult {
    /// Pairs in which the candidate delivers these shares of what the baseline does.
    static func paired(delivering factors: [Double]) throws -> PairedResult {
        var paired = try SampleResult.paired()
        let repetition = paired.baseline.result.repetitions[0]
        paired.baseline.result.repetitions = factors.map { _ in repetition }
        paired.candidate.result.repetitions = factors.map { factor in
            var changed = repetition
            for index in changed.phases.indices {
                changed.phases[index].rates.deliveredPerSecond = changed.phases[index].rates.deliveredPerSecond.map {
                    $0 * factor
                }
            }
            return changed
        }
        for index in factors.indices {
            paired.baseline.result.repetitions[index].index = index
            paired.candidate.result.repetitions[index].index = index
        }
        paired.pairs = factors.indices.map { PairedResult.Pair(index: $0, first: .baseline) }
        paired.plannedPairs = factors.count
        return paired
    }
}

extension ComparisonReport {
    /// The row of a gate on changes.
    func change(_ gate: String = "call") throws -> ComparisonRow {
        try #require(rows.first { $0.gate == gate && $0.kind == .regression })
    }
}
