/// Which traces are recorded.
///
/// Source: https://opentelemetry.io/docs/specs/otel/trace/sdk/#built-in-samplers
public indirect enum Sampler: Sendable, Equatable {
    /// Every one.
    case alwaysOn
    /// None.
    case alwaysOff
    /// This share of them, chosen by the trace id.
    ///
    /// 0 … 1.
    case traceIDRatio(Double)
    /// Those whose parent span is; a span without a parent is judged by `root`.
    case parentBased(root: Sampler)
}
