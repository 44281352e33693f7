/// How the operation of a span went.
///
/// Source: https://opentelemetry.io/docs/specs/otel/trace/api/#set-status; the numbers are those of OTLP.
public enum SpanStatus: Sendable, Equatable {
    /// Nothing was said.
    case unset
    /// The program says that it went well, whatever else is said.
    case ok
    /// It failed, and why; the text may be empty.
    case error(String)

    /// The number sent as `code`.
    var code: UInt8 {
        switch self {
        case .unset: 0
        case .ok: 1
        case .error: 2
        }
    }
}
