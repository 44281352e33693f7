import Measurement
import Results

/// A distribution that a phase may have.
enum LatencyMetric: String, CaseIterable {
    case responseTime = "response_time"
    case serviceTime = "service_time"
    case lag
    case flushLatency = "flush_latency"
    case freshness

    /// All names, for messages.
    static var names: String { allCases.map(\.rawValue).joined(separator: ", ") }

    /// The distribution in a phase; nil if it has none.
    func summary(of latency: PhaseLatency) -> LatencySummary? {
        switch self {
        case .responseTime: latency.responseTime
        case .serviceTime: latency.serviceTime
        case .lag: latency.lag
        case .flushLatency: latency.flushLatency
        case .freshness: latency.freshness
        }
    }
}
