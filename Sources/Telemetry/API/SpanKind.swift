/// The role of a span in its trace.
///
/// Source: https://opentelemetry.io/docs/specs/otel/trace/api/#spankind; the raw values are those of OTLP.
public enum SpanKind: UInt8, Sendable, CaseIterable {
    /// An operation inside the program.
    case `internal` = 1
    /// The handling of a request that came from elsewhere.
    case server = 2
    /// A request to elsewhere that waits for its answer.
    case client = 3
    /// The start of work that is done later.
    case producer = 4
    /// Work that a producer started.
    case consumer = 5
}
