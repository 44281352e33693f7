/// The visitor that copies everything it sees into plain values.
internal struct DecodedLogsBuilder: OTLPLogsVisitor {
    /// What has been seen so far.
    internal var resources: [DecodedResourceLogs] = []

    internal mutating func resource(_ resource: ResourceView) throws(OTLPDecodingError) {
        resources.append(
            DecodedResourceLogs(
                attributes: try resource.attributes.decoded(),
                droppedAttributesCount: resource.droppedAttributesCount,
                schemaURL: try resource.schemaURL.string()
            )
        )
    }

    internal mutating func scope(_ scope: ScopeView) throws(OTLPDecodingError) {
        resources[resources.count - 1].scopes.append(
            DecodedScopeLogs(
                name: try scope.name.string(),
                version: try scope.version.string(),
                attributes: try scope.attributes.decoded(),
                droppedAttributesCount: scope.droppedAttributesCount,
                schemaURL: try scope.schemaURL.string()
            )
        )
    }

    internal mutating func logRecord(_ record: borrowing LogRecordView) throws(OTLPDecodingError) {
        let resource = resources.count - 1
        let scope = resources[resource].scopes.count - 1
        resources[resource].scopes[scope].logRecords.append(
            DecodedLogRecord(
                timeUnixNano: record.timeUnixNano,
                observedTimeUnixNano: record.observedTimeUnixNano,
                severityNumber: record.severityNumber,
                severityText: try record.severityText.string(),
                eventName: try record.eventName.string(),
                body: try record.body?.decoded(),
                attributes: try record.attributes.decoded(),
                droppedAttributesCount: record.droppedAttributesCount,
                flags: record.flags,
                traceID: Array(record.traceID.bytes),
                spanID: Array(record.spanID.bytes)
            )
        )
    }
}

extension AttributeList {
    /// The attributes as plain values, in order.
    ///
    /// Throws when a key or a string value is not UTF-8.
    fileprivate func decoded() throws(OTLPDecodingError) -> [DecodedAttribute] {
        var result: [DecodedAttribute] = []
        for attribute in self {
            result.append(DecodedAttribute(key: try attribute.key.string(), value: try attribute.value.decoded()))
        }
        return result
    }
}

extension AnyValueView {
    /// The value as a plain value; throws when a string in it is not UTF-8.
    ///
    /// Recursion is bounded in validated bytes; a resource or scope that is not validated yet ends at the fault, and its
    /// own nesting is bounded by `depth`.
    fileprivate func decoded(depth: Int = 0) throws(OTLPDecodingError) -> DecodedValue {
        guard depth <= OTLPLogsDecoder.maximumNesting else {
            throw OTLPDecodingError(.nestingTooDeep, at: cursor.offset)
        }
        switch content {
        case .empty: return .empty
        case .string(let text): return .string(try text.string())
        case .bool(let value): return .bool(value)
        case .int(let value): return .int(value)
        case .double(let value): return .double(value)
        case .bytes(let text): return .bytes(Array(text.bytes))
        case .array(let elements):
            var values: [DecodedValue] = []
            for element in elements { values.append(try element.decoded(depth: depth + 1)) }
            return .array(values)
        case .keyValueList(let list):
            var attributes: [DecodedAttribute] = []
            for attribute in list {
                let value = try attribute.value.decoded(depth: depth + 1)
                attributes.append(DecodedAttribute(key: try attribute.key.string(), value: value))
            }
            return .keyValueList(attributes)
        }
    }
}
