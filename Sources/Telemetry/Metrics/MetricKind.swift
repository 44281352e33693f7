/// What the values of a metric mean, and so how they are aggregated.
///
/// Source: https://opentelemetry.io/docs/specs/otel/metrics/api/#instrument
public enum MetricKind: String, Sendable, Hashable, CaseIterable {
    /// A sum of increments that are never negative.
    case counter
    /// A sum of increments of either sign.
    case upDownCounter = "up_down_counter"
    /// The value recorded last.
    case gauge
    /// The distribution of values over buckets.
    case histogram
}
