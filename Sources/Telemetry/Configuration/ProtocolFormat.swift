/// The encoding of OTLP requests.
///
/// Source: https://opentelemetry.io/docs/specs/otel/protocol/exporter/#specify-protocol
public enum ProtocolFormat: String, Sendable, CaseIterable {
    /// Binary protobuf.
    case protobuf = "http/protobuf"
    /// JSON by the rules of OTLP.
    case json = "http/json"
}
