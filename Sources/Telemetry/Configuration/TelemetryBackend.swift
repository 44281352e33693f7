/// What the client delivers to.
public enum TelemetryBackend: String, Sendable, CaseIterable {
    /// A receiver that speaks OTLP/HTTP, such as the OpenTelemetry Collector.
    case otlp
}
