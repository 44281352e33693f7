import OTLP

extension WireCheck {
    /// Begins a group of one resource.
    internal mutating func begin(_ resource: ResourceView) {
        isInItem = false
        envelope.resources += 1
        envelope.scopes = 0
        envelope.hasResource = false
        envelope.hasServiceName = resource.attributes.text(forKey: "service.name").map { !$0.isEmpty } ?? false
    }

    /// Begins a group of one scope.
    internal mutating func beginScope() {
        isInItem = false
        envelope.scopes += 1
        envelope.hasScope = false
        envelope.itemsBefore = items
    }

    /// Checks a field of an envelope that is neither item nor envelope.
    internal mutating func field(
        _ tag: UInt32,
        of level: EnvelopeLevel,
        value: ProtobufCursor
    ) throws(OTLPDecodingError) {
        isInItem = false
        var cursor = value
        switch (level, tag) {
        case (.resource, ResourceLogsTag.resource):
            envelope.hasResource = true
            try walk(cursor.readMessage(), .resource, depth: 2)
        case (.scope, ScopeLogsTag.scope):
            envelope.hasScope = true
            try walk(cursor.readMessage(), .scope, depth: 3)
        case (.resource, ResourceLogsTag.schemaURL), (.scope, ScopeLogsTag.schemaURL): text(try cursor.readText())
        default: noteField(tag, of: message(level))
        }
    }

    /// Ends an envelope: what it must have has come by now.
    internal mutating func end(_ level: EnvelopeLevel) {
        isInItem = false
        switch level {
        case .request:
            if envelope.resources == 0 { note(.emptyEnvelope) { "the request has nothing in it" } }
        case .resource:
            let name = message(level)
            if envelope.scopes == 0 { note(.emptyEnvelope) { "\(name) without scopes" } }
            if !envelope.hasResource {
                note(.missingResource) { "\(name) without a resource" }
            } else if !envelope.hasServiceName {
                note(.missingServiceName) { "the resource has no service.name" }
            }
        case .scope:
            let name = message(level)
            if items == envelope.itemsBefore { note(.emptyEnvelope) { "\(name) without items" } }
            if !envelope.hasScope { note(.missingScope) { "\(name) without an instrumentation scope" } }
        }
    }

    private func message(_ level: EnvelopeLevel) -> JSONMessage {
        switch (level, signal) {
        case (.request, .logs): .exportLogs
        case (.request, .traces): .exportTraces
        case (.request, .metrics): .exportMetrics
        case (.resource, .logs): .resourceLogs
        case (.resource, .traces): .resourceSpans
        case (.resource, .metrics): .resourceMetrics
        case (.scope, .logs): .scopeLogs
        case (.scope, .traces): .scopeSpans
        case (.scope, .metrics): .scopeMetrics
        }
    }
}
