/// The resource of a group of records: what produced them.
///
/// Reads lazily out of the enclosing `ResourceLogs`, wherever in it the resource stands, and, as protobuf demands, merges
/// a resource that occurs twice. The decoder may not have validated these bytes yet when it shows them: a malformed part
/// reads as the end, and the decoder throws when it gets there. Valid only during the visitor's call.
@usableFromInline package struct ResourceView {
    private let cursor: ProtobufCursor

    @usableFromInline
    internal init(resourceLogs cursor: ProtobufCursor) {
        self.cursor = cursor
    }

    /// The attributes of the resource, such as `service.name`.
    @usableFromInline package var attributes: AttributeList {
        AttributeList(cursor, tag: ResourceTag.attributes, enclosingTag: ResourceLogsTag.resource)
    }

    /// How many attributes the sender says it dropped.
    @usableFromInline package var droppedAttributesCount: UInt32 {
        let field = (ResourceLogsTag.resource, ResourceTag.droppedAttributesCount)
        return UInt32(truncatingIfNeeded: cursor.lastVarint(of: field.1, inMessages: field.0))
    }

    /// URL of the schema of the resource's attributes; empty when not set.
    @usableFromInline package var schemaURL: OTLPText {
        cursor.lastText(of: ResourceLogsTag.schemaURL)
    }
}

/// The instrumentation scope of a group of records: the library that recorded them.
///
/// Reads lazily, under the same conditions as ``ResourceView``.
@usableFromInline package struct ScopeView {
    private let cursor: ProtobufCursor

    @usableFromInline
    internal init(scopeLogs cursor: ProtobufCursor) {
        self.cursor = cursor
    }

    /// Name of the scope; empty when not set.
    @usableFromInline package var name: OTLPText {
        cursor.lastText(of: InstrumentationScopeTag.name, inMessages: ScopeLogsTag.scope)
    }

    /// Version of the scope; empty when not set.
    @usableFromInline package var version: OTLPText {
        cursor.lastText(of: InstrumentationScopeTag.version, inMessages: ScopeLogsTag.scope)
    }

    /// The attributes of the scope.
    @usableFromInline package var attributes: AttributeList {
        AttributeList(cursor, tag: InstrumentationScopeTag.attributes, enclosingTag: ScopeLogsTag.scope)
    }

    /// How many attributes the sender says it dropped.
    @usableFromInline package var droppedAttributesCount: UInt32 {
        let tag = InstrumentationScopeTag.droppedAttributesCount
        return UInt32(truncatingIfNeeded: cursor.lastVarint(of: tag, inMessages: ScopeLogsTag.scope))
    }

    /// URL of the schema of the records; empty when not set.
    @usableFromInline package var schemaURL: OTLPText {
        cursor.lastText(of: ScopeLogsTag.schemaURL)
    }
}

extension ProtobufCursor {
    /// The last text field with `tag` in this message; empty when there is none.
    fileprivate func lastText(of tag: UInt32) -> OTLPText {
        var result = OTLPText(emptyAt: self)
        forEachField { (found: UInt32, cursor: inout ProtobufCursor) throws(OTLPDecodingError) in
            guard found == tag else { return false }
            result = try cursor.readText()
            return true
        }
        return result
    }

    /// The last text field with `tag` in any of the messages that this one holds in fields with `enclosingTag`.
    fileprivate func lastText(of tag: UInt32, inMessages enclosingTag: UInt32) -> OTLPText {
        var result = OTLPText(emptyAt: self)
        forEachField { (found: UInt32, cursor: inout ProtobufCursor) throws(OTLPDecodingError) in
            guard found == enclosingTag else { return false }
            let text = try cursor.readMessage().lastText(of: tag)
            if !text.isEmpty { result = text }
            return true
        }
        return result
    }

    /// The last varint field with `tag` in any of the messages held in fields with `enclosingTag`; 0 when there is none.
    fileprivate func lastVarint(of tag: UInt32, inMessages enclosingTag: UInt32) -> UInt64 {
        var result: UInt64 = 0
        forEachField { (found: UInt32, cursor: inout ProtobufCursor) throws(OTLPDecodingError) in
            guard found == enclosingTag else { return false }
            let message = try cursor.readMessage()
            message.forEachField { (found: UInt32, cursor: inout ProtobufCursor) throws(OTLPDecodingError) in
                guard found == tag else { return false }
                result = try cursor.readVarint()
                return true
            }
            return true
        }
        return result
    }

    /// Calls `body` with every tag until the end or the first fault; `body` returns whether it has read the value.
    private func forEachField(_ body: (UInt32, inout ProtobufCursor) throws(OTLPDecodingError) -> Bool) {
        var cursor = self
        do throws(OTLPDecodingError) {
            while !cursor.isAtEnd {
                let tag = try cursor.readTag()
                if try !body(tag, &cursor) { try cursor.skipValue(of: tag, depth: 0) }
            }
        } catch {
            // Not validated yet: what follows the fault does not exist for a reader. The decoder reports it.
            return
        }
    }
}
