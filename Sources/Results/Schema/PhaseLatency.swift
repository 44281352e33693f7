package import Measurement

/// How long things took in a phase.
package struct PhaseLatency: Codable, Equatable, Sendable {
    /// End minus intended start of an operation: what a caller would feel.
    package var responseTime: LatencySummary?
    /// End minus actual start of an operation.
    package var serviceTime: LatencySummary?
    /// Actual minus intended start: the generator's own lateness.
    package var lag: LatencySummary?
    /// Duration of an explicit flush.
    package var flushLatency: LatencySummary?
    /// From the call until the sink has the item.
    package var freshness: LatencySummary?

    /// Makes the value; what was not measured is left out.
    package init(
        responseTime: LatencySummary? = nil,
        serviceTime: LatencySummary? = nil,
        lag: LatencySummary? = nil,
        flushLatency: LatencySummary? = nil,
        freshness: LatencySummary? = nil
    ) {
        self.responseTime = responseTime
        self.serviceTime = serviceTime
        self.lag = lag
        self.flushLatency = flushLatency
        self.freshness = freshness
    }

    private enum CodingKeys: String, CodingKey {
        case responseTime = "response_time"
        case serviceTime = "service_time"
        case lag
        case flushLatency = "flush_latency"
        case freshness
    }
}
