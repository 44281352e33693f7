import Measurement

extension PhaseLatency {
    /// Several distributions as one, without loss.
    static func merged(_ latencies: [PhaseLatency]) -> PhaseLatency {
        let merge = { (summary: (PhaseLatency) -> LatencySummary?) -> LatencySummary? in
            var counts = HistogramSnapshot()
            for latency in latencies {
                if let summary = summary(latency) { counts.add(summary.hdr) }
            }
            return LatencySummary(counts)
        }
        return PhaseLatency(
            responseTime: merge { $0.responseTime },
            serviceTime: merge { $0.serviceTime },
            lag: merge { $0.lag },
            flushLatency: merge { $0.flushLatency },
            freshness: merge { $0.freshness }
        )
    }
}
