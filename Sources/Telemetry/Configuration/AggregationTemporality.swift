/// What the sums and histograms of a metric export cover.
///
/// Source: https://opentelemetry.io/docs/specs/otel/metrics/data-model/#temporality
public enum AggregationTemporality: String, Sendable, CaseIterable {
    /// Everything since the instrument's first measurement.
    case cumulative
    /// What was measured since the last export; up-down counters stay cumulative, as OpenTelemetry asks.
    case delta
}
