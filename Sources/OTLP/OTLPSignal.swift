/// The signals that OTLP carries, with what differs between them on the wire.
///
/// Source: opentelemetry-proto `collector/{logs,trace,metrics}/v1/*_service.proto`; https://opentelemetry.io/docs/specs/otlp/#otlphttp-request.
package enum OTLPSignal: String, Sendable, CaseIterable {
    /// Log records, events among them.
    case logs
    /// Spans.
    case traces
    /// Metrics.
    case metrics

    /// The path that requests of the signal are posted to.
    package var path: String {
        "/v1/\(rawValue)"
    }

    /// The JSON name of the request's one field, `resource_…`.
    package var resourceItemsName: String {
        switch self {
        case .logs: "resourceLogs"
        case .traces: "resourceSpans"
        case .metrics: "resourceMetrics"
        }
    }

    /// The JSON name of a resource's items, `scope_…`.
    package var scopeItemsName: String {
        switch self {
        case .logs: "scopeLogs"
        case .traces: "scopeSpans"
        case .metrics: "scopeMetrics"
        }
    }

    /// The JSON name of a scope's items.
    package var itemsName: String {
        switch self {
        case .logs: "logRecords"
        case .traces: "spans"
        case .metrics: "metrics"
        }
    }

    /// The message of one item.
    package var itemMessage: OTLPMessage {
        switch self {
        case .logs: .logRecord
        case .traces: .span
        case .metrics: .metric
        }
    }
}
