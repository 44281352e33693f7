import OTLP

/// A kind of telemetry, each with a queue, an exporter and an account of its own.
public enum Signal: String, Sendable, CaseIterable {
    /// Log records: events, logs and errors.
    case logs
    /// Spans.
    case traces
    /// Metrics, counted by data point.
    case metrics

    /// The signal on the wire.
    var wire: OTLPSignal {
        switch self {
        case .logs: .logs
        case .traces: .traces
        case .metrics: .metrics
        }
    }
}

extension ResolvedConfiguration {
    /// How a signal is exported.
    func export(of signal: Signal) -> Export {
        switch signal {
        case .logs: logs
        case .traces: traces
        case .metrics: metrics
        }
    }
}
