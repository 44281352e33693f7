/// What receives the content of a request while it is decoded: see the protocols of the signals.
///
/// The order is that of the input: a resource, then for each of its scopes the scope and its items. The views are valid
/// only during the call. When the input turns out malformed, what came before has already been shown: a visitor that must
/// take all or nothing collects, and commits after ``OTLPDecoder/decode(_:into:)`` has returned.
@usableFromInline package protocol OTLPVisitor: ~Copyable {
    /// Begins the items of one resource.
    mutating func resource(_ resource: ResourceView) throws(OTLPDecodingError)
    /// Begins the items of one instrumentation scope.
    mutating func scope(_ scope: ScopeView) throws(OTLPDecodingError)
    /// Takes the bytes of one item, not validated yet; the protocols of the signals do it for their visitors.
    mutating func item(_ message: ProtobufCursor) throws(OTLPDecodingError)
    /// Takes a field of an envelope that holds neither items nor other envelopes: resource, scope, schema URL, unknown ones.
    ///
    /// - Parameters:
    ///   - tag: The field's tag.
    ///   - level: Which envelope it is a field of.
    ///   - value: A cursor at its value, which has been validated.
    /// - Throws: ``OTLPDecodingError`` as the visitor likes.
    mutating func field(_ tag: UInt32, of level: EnvelopeLevel, value: ProtobufCursor) throws(OTLPDecodingError)
    /// Ends an envelope, all of which has been shown.
    mutating func end(_ level: EnvelopeLevel)
}

/// The messages around the items of a request.
@usableFromInline package enum EnvelopeLevel: Sendable {
    /// `Export…ServiceRequest`.
    case request
    /// `ResourceLogs`, `ResourceSpans` or `ResourceMetrics`.
    case resource
    /// `ScopeLogs`, `ScopeSpans` or `ScopeMetrics`.
    case scope
}

extension OTLPVisitor where Self: ~Copyable {
    /// Ignores it.
    @inlinable @inline(__always)
    package mutating func field(_ tag: UInt32, of level: EnvelopeLevel, value: ProtobufCursor) {}

    /// Ignores it.
    @inlinable @inline(__always)
    package mutating func end(_ level: EnvelopeLevel) {}
}

/// What receives the content of a logs request.
@usableFromInline package protocol OTLPLogsVisitor: OTLPVisitor, ~Copyable {
    /// Takes one record.
    mutating func logRecord(_ record: borrowing LogRecordView) throws(OTLPDecodingError)
}

/// What receives the content of a traces request.
@usableFromInline package protocol OTLPTracesVisitor: OTLPVisitor, ~Copyable {
    /// Takes one span.
    mutating func span(_ span: borrowing SpanView) throws(OTLPDecodingError)
}

/// What receives the content of a metrics request.
@usableFromInline package protocol OTLPMetricsVisitor: OTLPVisitor, ~Copyable {
    /// Takes one metric with all its data points.
    mutating func metric(_ metric: borrowing MetricView) throws(OTLPDecodingError)
}

extension OTLPLogsVisitor where Self: ~Copyable {
    /// Reads a `LogRecord` and shows it.
    @inlinable @inline(__always)
    package mutating func item(_ message: ProtobufCursor) throws(OTLPDecodingError) {
        let record = try LogRecordView(message, depth: 3)
        try logRecord(record)
    }
}

extension OTLPTracesVisitor where Self: ~Copyable {
    /// Reads a `Span` and shows it.
    @inlinable @inline(__always)
    package mutating func item(_ message: ProtobufCursor) throws(OTLPDecodingError) {
        let view = try SpanView(message, depth: 3)
        try span(view)
    }
}

extension OTLPMetricsVisitor where Self: ~Copyable {
    /// Reads a `Metric` and shows it.
    @inlinable @inline(__always)
    package mutating func item(_ message: ProtobufCursor) throws(OTLPDecodingError) {
        let view = try MetricView(message, depth: 3)
        try metric(view)
    }
}
