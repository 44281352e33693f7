/// Decodes an OTLP request in protobuf: logs, traces or metrics, as its visitor says.
///
/// The three requests have one shape: groups of one resource each, in them groups of one scope each, in them the items.
///
///     Export…ServiceRequest ── 1 Resource… ──┬─ 1 Resource
///                                            └─ 2 Scope… ──┬─ 1 InstrumentationScope
///                                                          └─ 2 LogRecord | Span | Metric
///
/// Streaming: nothing is allocated and nothing copied; each item is shown once to a visitor, for which the decoder is
/// specialised. Fields may come in any order, unknown ones are skipped, and a known field with another wire type counts
/// as unknown, as protobuf rules. Strings are not checked to be UTF-8 before they are asked for.
///
/// Never reads out of bounds: see ``ProtobufCursor``.
@usableFromInline package enum OTLPDecoder {
    /// Deepest nesting of messages and groups that is accepted.
    ///
    /// The request itself is level 0, an item level 3.
    @inlinable package static var maximumNesting: Int { 64 }

    /// Decodes `bytes` and shows their content to `visitor`.
    ///
    /// Hot path: about 30 ns for a log record with one attribute.
    ///
    /// Throws ``OTLPDecodingError`` when the bytes are malformed, or what the visitor throws.
    @inlinable
    package static func decode<Visitor: OTLPVisitor & ~Copyable>(
        _ bytes: UnsafeRawBufferPointer,
        into visitor: inout Visitor
    ) throws(OTLPDecodingError) {
        var request = ProtobufCursor(bytes)
        while !request.isAtEnd {
            let tag = try request.readTag()
            if tag == ExportLogsRequestTag.resourceLogs {
                try decodeResource(request.readMessage(), into: &visitor)
            } else {
                let value = request
                try request.skipValue(of: tag, depth: 0)
                try visitor.field(tag, of: .request, value: value)
            }
        }
        visitor.end(.request)
    }

    @inlinable
    internal static func decodeResource<Visitor: OTLPVisitor & ~Copyable>(
        _ message: ProtobufCursor,
        into visitor: inout Visitor
    ) throws(OTLPDecodingError) {
        try visitor.resource(ResourceView(resourceLogs: message))
        var cursor = message
        while !cursor.isAtEnd {
            let tag = try cursor.readTag()
            switch tag {
            case ResourceLogsTag.scopeLogs: try decodeScope(cursor.readMessage(), into: &visitor)
            case ResourceLogsTag.resource:
                let value = cursor
                try cursor.readMessage().validateAttributed(attributesTag: ResourceTag.attributes, depth: 2)
                try visitor.field(tag, of: .resource, value: value)
            default:
                let value = cursor
                try cursor.skipValue(of: tag, depth: 1)
                try visitor.field(tag, of: .resource, value: value)
            }
        }
        visitor.end(.resource)
    }

    @inlinable
    internal static func decodeScope<Visitor: OTLPVisitor & ~Copyable>(
        _ message: ProtobufCursor,
        into visitor: inout Visitor
    ) throws(OTLPDecodingError) {
        try visitor.scope(ScopeView(scopeLogs: message))
        var cursor = message
        while !cursor.isAtEnd {
            let tag = try cursor.readTag()
            switch tag {
            case ScopeLogsTag.logRecords: try visitor.item(cursor.readMessage())
            case ScopeLogsTag.scope:
                let value = cursor
                let scope = try cursor.readMessage()
                try scope.validateAttributed(attributesTag: InstrumentationScopeTag.attributes, depth: 3)
                try visitor.field(tag, of: .scope, value: value)
            default:
                let value = cursor
                try cursor.skipValue(of: tag, depth: 2)
                try visitor.field(tag, of: .scope, value: value)
            }
        }
        visitor.end(.scope)
    }
}
