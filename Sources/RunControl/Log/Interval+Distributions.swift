import LoadEngine
import Measurement

extension WorkerMessage.Interval {
    /// The distributions that were recorded, each with the end of its tag in the log: `service`, `service.span`.
    var distributions: [(tag: String, histogram: HistogramSnapshot)] {
        var all: [(String, HistogramSnapshot?)] = [
            ("response", response), ("service", service), ("lag", lag), ("flush", flushLatency),
        ]
        for (kind, own) in kinds.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            let name = kind.rawValue
            all += [("response.\(name)", own.response), ("service.\(name)", own.service), ("lag.\(name)", own.lag)]
        }
        return all.compactMap { tag, histogram in histogram.map { (tag, $0) } }
    }

    /// The interval without its distributions.
    var withoutDistributions: WorkerMessage.Interval {
        var bare = self
        (bare.response, bare.service, bare.lag, bare.flushLatency, bare.kinds) = (nil, nil, nil, nil, [:])
        return bare
    }

    /// An interval that has distributions alone.
    ///
    /// - Parameters:
    ///   - phase: the index of the phase.
    ///   - distribution: what was recorded under the end of a tag; nil if nothing was.
    init(phase: Int, distribution: (String) -> HistogramSnapshot?) {
        self.init(
            phase: phase,
            elapsedNanoseconds: 0,
            attempted: 0,
            accepted: 0,
            rejected: 0,
            response: distribution("response"),
            service: distribution("service"),
            lag: distribution("lag"),
            flushLatency: distribution("flush")
        )
        for kind in Workload.Operation.allCases {
            let own = OperationLatencies(
                response: distribution("response.\(kind.rawValue)"),
                service: distribution("service.\(kind.rawValue)"),
                lag: distribution("lag.\(kind.rawValue)")
            )
            if !own.isEmpty { kinds[kind] = own }
        }
    }
}
