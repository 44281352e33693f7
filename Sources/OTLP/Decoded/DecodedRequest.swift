/// A whole request as plain values: comfortable, and slow beside the views.
///
/// For tests and tools. The receiver's hot path uses ``OTLPDecoder`` with a visitor.
package struct DecodedRequest<Item: DecodedItem>: Equatable, Sendable {
    /// The groups of the request, one for each `ResourceLogs`, `ResourceSpans` or `ResourceMetrics`, in order.
    package var resources: [DecodedResource<Item>] = []

    /// Decodes a request.
    ///
    /// - Parameter bytes: An export request of the item's signal in protobuf.
    /// - Throws: ``OTLPDecodingError`` when the bytes are malformed or any string is not UTF-8.
    package init(decoding bytes: UnsafeRawBufferPointer) throws(OTLPDecodingError) {
        var builder = DecodedRequestBuilder<Item>()
        try OTLPDecoder.decode(bytes, into: &builder)
        resources = builder.resources
    }

    /// Decodes a request from an array.
    ///
    /// - Parameter bytes: An export request of the item's signal in protobuf.
    /// - Throws: ``OTLPDecodingError`` when the bytes are malformed or any string is not UTF-8.
    package init(decoding bytes: [UInt8]) throws(OTLPDecodingError) {
        // Through a span: the closure of Array.withUnsafeBytes would lose the error's type.
        self = try bytes.span.bytes.withUnsafeBytes { (buffer) throws(OTLPDecodingError) in
            try DecodedRequest(decoding: buffer)
        }
    }

    /// Decodes a request in JSON.
    ///
    /// - Parameter bytes: An export request of the item's signal in JSON.
    /// - Throws: ``OTLPJSONError`` when the bytes are no such request.
    package init(decodingJSON bytes: [UInt8]) throws(OTLPJSONError) {
        var transcoder = OTLPJSONTranscoder()
        self = try bytes.span.bytes.withUnsafeBytes { (buffer) throws(OTLPJSONError) in
            try transcoder.transcode(buffer, of: Item.signal) { protobuf in
                do throws(OTLPDecodingError) {
                    return try DecodedRequest(decoding: protobuf)
                } catch {
                    fatalError("the transcoder wrote malformed protobuf: \(error)")
                }
            }
        }
    }

    /// All items in order, whatever resource and scope they belong to.
    package var items: [Item] {
        resources.flatMap { $0.scopes.flatMap(\.items) }
    }
}

/// A logs request as plain values.
package typealias DecodedLogs = DecodedRequest<DecodedLogRecord>

/// A traces request as plain values.
package typealias DecodedTraces = DecodedRequest<DecodedSpan>

/// A metrics request as plain values.
package typealias DecodedMetrics = DecodedRequest<DecodedMetric>

extension DecodedRequest where Item == DecodedLogRecord {
    /// All records in order.
    package var logRecords: [DecodedLogRecord] { items }
}

extension DecodedRequest where Item == DecodedSpan {
    /// All spans in order.
    package var spans: [DecodedSpan] { items }
}

extension DecodedRequest where Item == DecodedMetric {
    /// All metrics in order.
    package var metrics: [DecodedMetric] { items }
}

/// What a request has in its scopes, as a plain value.
package protocol DecodedItem: Equatable, Sendable {
    /// The signal whose requests have such items.
    static var signal: OTLPSignal { get }
    /// Reads an item; throws when it is malformed or any string in it is not UTF-8.
    init(message: ProtobufCursor) throws(OTLPDecodingError)
}

/// The items of one resource as plain values.
package struct DecodedResource<Item: DecodedItem>: Equatable, Sendable {
    /// Attributes of the resource, in order.
    package var attributes: [DecodedAttribute]
    /// How many attributes the sender says it dropped.
    package var droppedAttributesCount: UInt32
    /// Schema URL; empty when not set.
    package var schemaURL: String
    /// The groups of items, one for each scope, in order.
    package var scopes: [DecodedScope<Item>] = []
}

/// The items of one instrumentation scope as plain values.
package struct DecodedScope<Item: DecodedItem>: Equatable, Sendable {
    /// Name of the instrumentation scope; empty when not set.
    package var name: String
    /// Version of the instrumentation scope; empty when not set.
    package var version: String
    /// Attributes of the scope, in order.
    package var attributes: [DecodedAttribute]
    /// How many attributes the sender says it dropped.
    package var droppedAttributesCount: UInt32
    /// Schema URL; empty when not set.
    package var schemaURL: String
    /// The items, in order.
    package var items: [Item] = []
}

extension DecodedScope where Item == DecodedLogRecord {
    /// The records, in order.
    package var logRecords: [DecodedLogRecord] { items }
}

/// The visitor that copies everything it sees into plain values.
private struct DecodedRequestBuilder<Item: DecodedItem>: OTLPVisitor {
    /// What has been seen so far.
    var resources: [DecodedResource<Item>] = []

    mutating func resource(_ resource: ResourceView) throws(OTLPDecodingError) {
        resources.append(
            DecodedResource(
                attributes: try resource.attributes.decoded(),
                droppedAttributesCount: resource.droppedAttributesCount,
                schemaURL: try resource.schemaURL.string()
            )
        )
    }

    mutating func scope(_ scope: ScopeView) throws(OTLPDecodingError) {
        resources[resources.count - 1].scopes.append(
            DecodedScope(
                name: try scope.name.string(),
                version: try scope.version.string(),
                attributes: try scope.attributes.decoded(),
                droppedAttributesCount: scope.droppedAttributesCount,
                schemaURL: try scope.schemaURL.string()
            )
        )
    }

    mutating func item(_ message: ProtobufCursor) throws(OTLPDecodingError) {
        let resource = resources.count - 1
        let scope = resources[resource].scopes.count - 1
        resources[resource].scopes[scope].items.append(try Item(message: message))
    }
}
