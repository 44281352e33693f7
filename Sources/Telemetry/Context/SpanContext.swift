/// What identifies a span, within the program and beyond.
///
/// Source: https://opentelemetry.io/docs/specs/otel/trace/api/#spancontext
public struct SpanContext: Sendable, Hashable {
    /// The trace that the span belongs to.
    public var traceID: TraceID
    /// The span.
    public var spanID: SpanID
    /// Whether the trace is recorded: the W3C trace flag of this name.
    public var isSampled: Bool
    /// Whether the span lives in another process.
    public var isRemote: Bool

    /// Makes the context of a span known by its ids.
    public init(traceID: TraceID, spanID: SpanID, isSampled: Bool, isRemote: Bool = false) {
        self.traceID = traceID
        self.spanID = spanID
        self.isSampled = isSampled
        self.isRemote = isRemote
    }

    /// The context of no span: what a disabled client gives out.
    public static let invalid = SpanContext(
        traceID: TraceID(high: 0, low: 0),
        spanID: SpanID(0),
        isSampled: false
    )

    /// Whether both ids are.
    public var isValid: Bool {
        traceID.isValid && spanID.isValid
    }

    /// The low eight bits of OTLP's flags.
    var traceFlags: UInt32 {
        isSampled ? 1 : 0
    }
}
