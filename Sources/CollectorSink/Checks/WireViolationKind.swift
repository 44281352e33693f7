/// A way in which a request can break OTLP's rules.
package enum WireViolationKind: String, Codable, CaseIterable, Sendable {
    /// An id of another length than 16 bytes (traces) or 8 (spans).
    case idWidth = "id_width"
    /// An id of zeros alone.
    case idZero = "id_zero"
    /// A field that the message does not have.
    case unknownField = "unknown_field"
    /// A field of the message with a wire type that is not its own; in JSON a value of another type.
    case fieldType = "field_type"
    /// An enum given as a string in JSON: "Values of enum fields MUST be encoded as integer values".
    case enumName = "enum_name"
    /// An enum with a value that OTLP does not have.
    case enumValue = "enum_value"
    /// A group of items without a resource.
    case missingResource = "missing_resource"
    /// A group of items without an instrumentation scope.
    case missingScope = "missing_scope"
    /// A resource without `service.name`, which "MUST be provided by the SDK".
    /// https://opentelemetry.io/docs/specs/otel/resource/sdk/#sdk-provided-resource-attributes
    case missingServiceName = "missing_service_name"
    /// An item or point without a time.
    case timeZero = "time_zero"
    /// A time beyond ``WireCheck/futureTolerance`` after the sink's clock.
    case timeFuture = "time_future"
    /// An end before its start.
    case timeReversed = "time_reversed"
    /// A cumulative point below the one before, or time that goes back.
    case pointBackwards = "point_backwards"
    /// A stream whose start changes without a reset, or whose intervals overlap.
    case pointStart = "point_start"
    /// A point that contradicts itself or its stream in another way, such as buckets that do not fit their bounds.
    case pointShape = "point_shape"
    /// An attribute's key that occurs twice.
    case duplicateKey = "duplicate_key"
    /// An envelope with nothing in it.
    case emptyEnvelope = "empty_envelope"
    /// A string in protobuf that is not UTF-8.
    case invalidUTF8 = "invalid_utf8"
    /// A body that is not what its type says.
    case malformedBody = "malformed_body"
    /// A content type other than OTLP's two.
    case contentType = "content_type"
    /// A content encoding that is not gzip.
    case contentEncoding = "content_encoding"
    /// A body above the limit, as it was sent.
    case bodyTooLarge = "body_too_large"
    /// A body above the limit once it is decompressed.
    case inflatedTooLarge = "inflated_too_large"
    /// Gzip that does not inflate, or is followed by other bytes.
    case gzipMalformed = "gzip_malformed"
}
