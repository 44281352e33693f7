/// Names of the OTLP/HTTP transport that its sender and its receiver share.
///
/// Source: https://opentelemetry.io/docs/specs/otlp/#otlphttp.
package enum OTLPHTTP {
    /// Path to which log records, and so events, are posted.
    @inlinable package static var logsPath: String { "/v1/logs" }

    /// Path to which metrics are posted.
    @inlinable package static var metricsPath: String { "/v1/metrics" }

    /// Content type of a request and of its answer in protobuf.
    @inlinable package static var protobufContentType: String { "application/x-protobuf" }

    /// Content type of a request and of its answer in JSON.
    @inlinable package static var jsonContentType: String { "application/json" }

    /// Port on which a receiver listens by default.
    @inlinable package static var defaultPort: UInt16 { 4318 }
}
