package import LoadEngine

/// What the streams of a run's metrics prove of its measurements, at one moment.
///
/// Measurements have no ids; what proves them is what they add up to. Each counter operation adds 1, so the sums of its
/// streams are the number of operations that arrived; a histogram tells its count; and a gauge is set to the number of
/// the operation, so that its last value says how far the export has come.
package struct MeasurementProof: Codable, Sendable, Equatable {
    /// Counter operations that arrived.
    package var counters: UInt64 = 0
    /// Histogram operations that arrived.
    package var histograms: UInt64 = 0
    /// The last value of each producer's gauge.
    package var gauges: [Int: UInt64] = [:]
    /// The last value of a gauge that all producers share.
    package var sharedGauge: UInt64?
    /// Requests with metrics.
    package var requests: UInt64 = 0
    /// Bytes of their bodies.
    package var bodyBytes: UInt64 = 0

    private enum CodingKeys: String, CodingKey {
        case counters
        case histograms
        case gauges
        case sharedGauge = "shared_gauge"
        case requests
        case bodyBytes = "body_bytes"
    }

    /// The proof of nothing.
    package init() {}

    /// Adds up the streams.
    package init(_ metrics: LedgerSnapshot.MetricSignal) {
        requests = metrics.requests ?? 0
        bodyBytes = metrics.bodyBytes ?? 0
        for stream in metrics.streams {
            switch stream.name {
            case "bench.counter": counters += Self.whole(stream.sum)
            case "bench.histogram": histograms += stream.count ?? 0
            case "bench.gauge":
                if let producer = stream.producer {
                    gauges[producer] = max(gauges[producer] ?? 0, Self.whole(stream.last))
                } else {
                    sharedGauge = max(sharedGauge ?? 0, Self.whole(stream.last))
                }
            default: break
            }
        }
    }

    /// How many measurements of a kind arrived since an earlier moment.
    ///
    /// - Parameters:
    ///   - kind: a kind of metric operation.
    ///   - accepted: how many of them the system has accepted meanwhile.
    ///   - earlier: the proof of the earlier moment.
    ///   - expected: the value that each producer set its gauge to last.
    /// - Returns: a number; it differs from `accepted` where measurements were lost, or counted more than once.
    package func delivered(
        _ kind: Workload.Operation,
        accepted: UInt64,
        since earlier: MeasurementProof,
        gauges expected: [UInt64]
    ) -> UInt64 {
        switch kind {
        case .counter: counters - min(counters, earlier.counters)
        case .histogram: histograms - min(histograms, earlier.histograms)
        case .gauge:
            // A gauge that stands where it was left has superseded all values before it.
            UInt64(max(0, Int64(clamping: accepted) - missingGaugeValues(expected)))
        case .event, .log, .error, .span: 0
        }
    }

    /// By how many operations the gauges are behind; negative if one is ahead of what was ever set.
    private func missingGaugeValues(_ expected: [UInt64]) -> Int64 {
        func distance(_ value: UInt64, _ last: UInt64) -> Int64 { Int64(clamping: last) - Int64(clamping: value) }
        if let sharedGauge {
            // Whoever of the producers was the last one.
            let distances = expected.filter { $0 > 0 }.map { distance(sharedGauge, $0) }
            return distances.min { $0.magnitude < $1.magnitude } ?? distance(sharedGauge, 0)
        }
        return expected.enumerated().reduce(0) { $0 + distance(gauges[$1.offset] ?? 0, $1.element) }
    }

    /// A sum of ones is a whole number that is not negative; anything else proves nothing.
    private static func whole(_ value: Double?) -> UInt64 {
        value.flatMap { UInt64(exactly: $0) } ?? 0
    }
}
