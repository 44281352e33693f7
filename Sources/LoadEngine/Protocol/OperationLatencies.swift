package import Measurement

/// How long the operations of one kind took in an interval.
package struct OperationLatencies: Sendable, Equatable, Codable {
    /// Response times (open model), or nil when there are none.
    package var response: HistogramSnapshot?
    /// Service times, or nil when there are none.
    package var service: HistogramSnapshot?
    /// The generator's own lateness (open model), or nil when there is none.
    package var lag: HistogramSnapshot?

    /// Creates distributions.
    package init(
        response: HistogramSnapshot? = nil,
        service: HistogramSnapshot? = nil,
        lag: HistogramSnapshot? = nil
    ) {
        self.response = response
        self.service = service
        self.lag = lag
    }

    /// Whether nothing was recorded.
    package var isEmpty: Bool { response == nil && service == nil && lag == nil }

    /// Adds what was recorded elsewhere.
    package mutating func add(_ other: OperationLatencies) {
        response = Self.sum(response, other.response)
        service = Self.sum(service, other.service)
        lag = Self.sum(lag, other.lag)
    }

    private static func sum(_ one: HistogramSnapshot?, _ other: HistogramSnapshot?) -> HistogramSnapshot? {
        guard var sum = one else { return other }
        if let other { sum.add(other) }
        return sum
    }
}

extension WorkerMessage.Interval {
    /// Sets the distributions over all operations to the sum over kinds.
    mutating func setTotals(of kinds: some Sequence<OperationLatencies>) {
        let total = kinds.reduce(into: OperationLatencies()) { $0.add($1) }
        (response, service, lag) = (total.response, total.service, total.lag)
    }
}
