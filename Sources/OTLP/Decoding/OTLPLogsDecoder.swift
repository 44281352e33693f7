/// What receives the content of a logs request while it is decoded.
///
/// The order is that of the input: a resource, then for each of its scopes the scope and its records. The views are valid
/// only during the call. When the input turns out malformed, what came before has already been shown: a visitor that must
/// take all or nothing collects, and commits after ``OTLPLogsDecoder/decode(_:into:)`` has returned.
@usableFromInline package protocol OTLPLogsVisitor: ~Copyable {
    /// Begins the records of one resource.
    mutating func resource(_ resource: ResourceView) throws(OTLPDecodingError)
    /// Begins the records of one instrumentation scope.
    mutating func scope(_ scope: ScopeView) throws(OTLPDecodingError)
    /// Takes one record.
    mutating func logRecord(_ record: borrowing LogRecordView) throws(OTLPDecodingError)
}

/// Decodes an OTLP `ExportLogsServiceRequest` in protobuf.
///
/// Streaming: nothing is allocated and nothing copied; each record is shown once to a visitor, for which the decoder is
/// specialised. Fields may come in any order, unknown ones are skipped, and a known field with another wire type counts
/// as unknown, as protobuf rules. Strings are not checked to be UTF-8 before they are asked for.
///
/// Never reads out of bounds: see ``ProtobufCursor``.
///
/// Public, like everything on its hot path, though OTLP is no product: Swift 6.3.1 inlines and specialises no `package`
/// declaration in another target, whatever its attributes.
@usableFromInline package enum OTLPLogsDecoder {
    /// Deepest nesting of messages and groups that is accepted.
    ///
    /// The request itself is level 0, a record level 3.
    @inlinable package static var maximumNesting: Int { 64 }

    /// Decodes `bytes` and shows their content to `visitor`.
    ///
    /// Hot path: about 30 ns for a record with one attribute.
    ///
    /// Throws ``OTLPDecodingError`` when the bytes are malformed, or what the visitor throws.
    @inlinable
    package static func decode<Visitor: OTLPLogsVisitor & ~Copyable>(
        _ bytes: UnsafeRawBufferPointer,
        into visitor: inout Visitor
    ) throws(OTLPDecodingError) {
        var request = ProtobufCursor(bytes)
        while !request.isAtEnd {
            let tag = try request.readTag()
            if tag == ExportLogsRequestTag.resourceLogs {
                try decodeResourceLogs(request.readMessage(), into: &visitor)
            } else {
                try request.skipValue(of: tag, depth: 0)
            }
        }
    }

    @inlinable
    internal static func decodeResourceLogs<Visitor: OTLPLogsVisitor & ~Copyable>(
        _ message: ProtobufCursor,
        into visitor: inout Visitor
    ) throws(OTLPDecodingError) {
        try visitor.resource(ResourceView(resourceLogs: message))
        var cursor = message
        while !cursor.isAtEnd {
            let tag = try cursor.readTag()
            switch tag {
            case ResourceLogsTag.scopeLogs: try decodeScopeLogs(cursor.readMessage(), into: &visitor)
            case ResourceLogsTag.resource:
                try cursor.readMessage().validateAttributed(attributesTag: ResourceTag.attributes, depth: 2)
            default: try cursor.skipValue(of: tag, depth: 1)
            }
        }
    }

    @inlinable
    internal static func decodeScopeLogs<Visitor: OTLPLogsVisitor & ~Copyable>(
        _ message: ProtobufCursor,
        into visitor: inout Visitor
    ) throws(OTLPDecodingError) {
        try visitor.scope(ScopeView(scopeLogs: message))
        var cursor = message
        while !cursor.isAtEnd {
            let tag = try cursor.readTag()
            switch tag {
            case ScopeLogsTag.logRecords:
                let record = try LogRecordView(cursor.readMessage(), depth: 3)
                try visitor.logRecord(record)
            case ScopeLogsTag.scope:
                let scope = try cursor.readMessage()
                try scope.validateAttributed(attributesTag: InstrumentationScopeTag.attributes, depth: 3)
            default: try cursor.skipValue(of: tag, depth: 2)
            }
        }
    }
}
