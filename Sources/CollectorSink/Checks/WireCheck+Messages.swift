import OTLP

extension WireCheck {
    /// Checks any message by the table of its fields: slower than the readers of items, and enough for what is rare.
    @inline(never)
    internal mutating func walk(
        _ message: ProtobufCursor,
        _ type: JSONMessage,
        depth: Int
    ) throws(OTLPDecodingError) {
        let fields = WireSchema.fields(of: type)
        var hasCheckedKeys = false
        var hasIDs = (trace: false, span: false)
        var cursor = message
        while !cursor.isAtEnd {
            let start = cursor
            let tag = try cursor.readTag()
            let number = Int(tag >> 3)
            guard number < fields.count, let field = fields[number], field.accepts(tag) else {
                noteField(tag, of: type)
                try cursor.skipValue(of: tag, depth: depth)
                continue
            }
            switch field.kind {
            case .text: text(try cursor.readText())
            case .traceID:
                hasIDs.trace = true
                _ = id(try cursor.readText(), bytes: 16, isOptional: type != .spanLink, "trace id")
            case .spanID:
                hasIDs.span = true
                _ = id(try cursor.readText(), bytes: 8, isOptional: type != .spanLink, "span id")
            case .time: time(try cursor.readFixed64())
            case .enumeration(let greatest):
                let value = try cursor.readVarint()
                if value > greatest { note(.enumValue, "an enum has no value", value) }
            case .message(.keyValue):
                if !hasCheckedKeys { try checkKeys(start, tag: tag) }
                hasCheckedKeys = true
                _ = try pair(cursor.readMessage(), depth: depth + 1)
            case .message(.anyValue): _ = try value(cursor.readMessage(), depth: depth + 1)
            case .message(let inner): try walk(cursor.readMessage(), inner, depth: depth + 1)
            case .other: try cursor.skipValue(of: tag, depth: depth)
            }
        }
        if type == .spanLink {
            if !hasIDs.trace { note(.idWidth) { "a link has no trace id" } }
            if !hasIDs.span { note(.idWidth) { "a link has no span id" } }
        }
    }

    /// Looks for keys that occur twice in the fields with this tag, in a pass of its own: messages lie in one another.
    private mutating func checkKeys(_ message: ProtobufCursor, tag: UInt32) throws(OTLPDecodingError) {
        otherKeys.begin()
        var cursor = message
        while !cursor.isAtEnd {
            let found = try cursor.readTag()
            guard found == tag else {
                try cursor.skipValue(of: found, depth: 0)
                continue
            }
            var pair = try cursor.readMessage()
            var key: OTLPText?
            while !pair.isAtEnd {
                let field = try pair.readTag()
                if field == KeyValueTag.key {
                    key = try pair.readText()
                } else {
                    try pair.skipValue(of: field, depth: 0)
                }
            }
            let name = key ?? pair.rest
            if !otherKeys.insert(name.bytes) { note(.duplicateKey, "the key occurs twice:", name) }
        }
    }
}
