/// A reference from a span to another, of the same trace or not.
///
/// Source: https://opentelemetry.io/docs/specs/otel/trace/api/#link
public struct SpanLink: Sendable {
    /// The span that is referred to.
    public var context: SpanContext
    /// What there is to say of the relation.
    public var attributes: Attributes

    /// Makes a link.
    public init(_ context: SpanContext, attributes: Attributes = [:]) {
        self.context = context
        self.attributes = attributes
    }
}
