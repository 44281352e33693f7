import HarnessCore
import LoadEngine
import Results

/// What has to hold at a rate, and what a try of it says.
struct SearchCriteria {
    /// The share of the planned operations that have to be achieved each second.
    private static let achievedShare = 0.99
    /// Counts that have to be zero; those that a result does not have are not asked for.
    private static let zeroMetrics = ["rejected", "dropped", "missed", "lost", "duplicated", "unaccounted"]
    /// What a try keeps for the curve.
    private static let curveMetrics = [
        "achieved_per_s", "delivered_per_s", "lost", "missed", "rejected", "response_time.p50", "response_time.p99",
        "service_time.p50", "service_time.p99", "lag.p99", "flush_latency.p50", "rss_peak_bytes", "bytes_in_use_growth",
        "cpu_percent",
    ]

    private let objective: [Gate]
    private let memoryGrowthBytes: UInt64

    /// Understands the objective of a search.
    ///
    /// - Throws: `StrictJSONError` if it names an unknown metric or no limit.
    init(_ settings: SearchSettings, profile: String) throws(StrictJSONError) {
        objective = try Gate.gates(
            ofProfile: profile,
            thresholds: settings.objective.map { ($0.metric, $0.expression) }
        )
        memoryGrowthBytes = settings.memoryGrowthBytes
    }

    /// The conditions, each a sentence, for the result.
    var sentences: [String] {
        objective.compactMap { gate in gate.limit.map { "\(gate.metric.name) \($0.expression)" } }
            + [
                "nothing rejected, dropped, missed, lost or duplicated",
                "at least \(Quantity.format(number: Self.achievedShare * 100)) % of the planned rate",
                "bytes in use grow by at most \(Quantity.format(bytes: Double(memoryGrowthBytes)))",
            ]
    }

    /// Why a rate does not hold, each a sentence; none when it does.
    func reasons(against result: RunResult, rate: UInt64) -> [String] {
        var reasons = objective.compactMap { $0.evaluate(result) }.filter { $0.verdict != .pass }.map(\.reason)
        for name in Self.zeroMetrics {
            guard let count = Self.value(name, result), count > 0 else { continue }
            reasons.append("\(Quantity.format(number: count)) \(name)")
        }
        if let achieved = Self.value("achieved_per_s", result), achieved < Double(rate) * Self.achievedShare {
            reasons.append(
                "achieved \(Quantity.format(perSecond: achieved)) of \(Quantity.format(perSecond: Double(rate)))"
            )
        }
        if let growth = Self.value("bytes_in_use_growth", result), growth > Double(memoryGrowthBytes) {
            reasons.append("bytes in use grew by \(Quantity.format(bytes: growth))")
        }
        return reasons
    }

    /// The figures of a try for the curve.
    static func curve(_ result: RunResult) -> [String: Double] {
        curveMetrics.reduce(into: [:]) { curve, name in curve[name] = value(name, result) }
    }

    private static func value(_ name: String, _ result: RunResult) -> Double? {
        MetricCatalogue.metric(named: name).flatMap { result.reading(of: $0).value }
    }
}
