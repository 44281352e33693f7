// Tags (`field << 3 | wire type`) of every message of an OTLP logs request. Source: open-telemetry/opentelemetry-proto
// `opentelemetry/proto/{collector/logs,logs,resource,common}/v1/*.proto`. Computed properties, so that a `switch` on
// them in inlined code compiles to a jump table of constants.

/// Tags of `ExportLogsServiceRequest`.
@usableFromInline package enum ExportLogsRequestTag {
    /// `repeated ResourceLogs resource_logs = 1`.
    @inlinable package static var resourceLogs: UInt32 { 0x0A }
}

/// Tags of `ExportLogsServiceResponse`.
@usableFromInline package enum ExportLogsResponseTag {
    /// `ExportLogsPartialSuccess partial_success = 1`.
    @inlinable package static var partialSuccess: UInt32 { 0x0A }
}

/// Tags of `ExportLogsPartialSuccess`.
@usableFromInline package enum ExportLogsPartialSuccessTag {
    /// `int64 rejected_log_records = 1`.
    @inlinable package static var rejectedLogRecords: UInt32 { 0x08 }
    /// `string error_message = 2`.
    @inlinable package static var errorMessage: UInt32 { 0x12 }
}

/// Tags of `ResourceLogs`.
@usableFromInline package enum ResourceLogsTag {
    /// `Resource resource = 1`.
    @inlinable package static var resource: UInt32 { 0x0A }
    /// `repeated ScopeLogs scope_logs = 2`.
    @inlinable package static var scopeLogs: UInt32 { 0x12 }
    /// `string schema_url = 3`.
    @inlinable package static var schemaURL: UInt32 { 0x1A }
}

/// Tags of `ScopeLogs`.
@usableFromInline package enum ScopeLogsTag {
    /// `InstrumentationScope scope = 1`.
    @inlinable package static var scope: UInt32 { 0x0A }
    /// `repeated LogRecord log_records = 2`.
    @inlinable package static var logRecords: UInt32 { 0x12 }
    /// `string schema_url = 3`.
    @inlinable package static var schemaURL: UInt32 { 0x1A }
}

/// Tags of `Resource`.
@usableFromInline package enum ResourceTag {
    /// `repeated KeyValue attributes = 1`.
    @inlinable package static var attributes: UInt32 { 0x0A }
    /// `uint32 dropped_attributes_count = 2`.
    @inlinable package static var droppedAttributesCount: UInt32 { 0x10 }
}

/// Tags of `InstrumentationScope`.
@usableFromInline package enum InstrumentationScopeTag {
    /// `string name = 1`.
    @inlinable package static var name: UInt32 { 0x0A }
    /// `string version = 2`.
    @inlinable package static var version: UInt32 { 0x12 }
    /// `repeated KeyValue attributes = 3`.
    @inlinable package static var attributes: UInt32 { 0x1A }
    /// `uint32 dropped_attributes_count = 4`.
    @inlinable package static var droppedAttributesCount: UInt32 { 0x20 }
}

/// Tags of `LogRecord`, one byte each.
@usableFromInline package enum LogRecordTag {
    /// `fixed64 time_unix_nano = 1`: nanoseconds since 1970, 0 = unknown.
    @inlinable package static var timeUnixNano: UInt32 { 0x09 }
    /// `SeverityNumber severity_number = 2`: 0 (unspecified) to 24.
    @inlinable package static var severityNumber: UInt32 { 0x10 }
    /// `string severity_text = 3`.
    @inlinable package static var severityText: UInt32 { 0x1A }
    /// `AnyValue body = 5`.
    @inlinable package static var body: UInt32 { 0x2A }
    /// `repeated KeyValue attributes = 6`.
    @inlinable package static var attributes: UInt32 { 0x32 }
    /// `uint32 dropped_attributes_count = 7`.
    @inlinable package static var droppedAttributesCount: UInt32 { 0x38 }
    /// `fixed32 flags = 8`: the low eight bits are the W3C trace flags.
    @inlinable package static var flags: UInt32 { 0x45 }
    /// `bytes trace_id = 9`: 16 bytes.
    @inlinable package static var traceID: UInt32 { 0x4A }
    /// `bytes span_id = 10`: 8 bytes.
    @inlinable package static var spanID: UInt32 { 0x52 }
    /// `fixed64 observed_time_unix_nano = 11`: nanoseconds since 1970.
    @inlinable package static var observedTimeUnixNano: UInt32 { 0x59 }
    /// `string event_name = 12`.
    @inlinable package static var eventName: UInt32 { 0x62 }
}

/// Tags of `KeyValue`.
@usableFromInline package enum KeyValueTag {
    /// `string key = 1`.
    @inlinable package static var key: UInt32 { 0x0A }
    /// `AnyValue value = 2`.
    @inlinable package static var value: UInt32 { 0x12 }
}

/// Tags of `AnyValue`, of which at most one is set.
@usableFromInline package enum AnyValueTag {
    /// `string string_value = 1`.
    @inlinable package static var string: UInt32 { 0x0A }
    /// `bool bool_value = 2`.
    @inlinable package static var bool: UInt32 { 0x10 }
    /// `int64 int_value = 3`: a plain varint, ten bytes when negative.
    @inlinable package static var int: UInt32 { 0x18 }
    /// `double double_value = 4`.
    @inlinable package static var double: UInt32 { 0x21 }
    /// `ArrayValue array_value = 5`.
    @inlinable package static var array: UInt32 { 0x2A }
    /// `KeyValueList kvlist_value = 6`.
    @inlinable package static var keyValueList: UInt32 { 0x32 }
    /// `bytes bytes_value = 7`.
    @inlinable package static var bytes: UInt32 { 0x3A }
}

/// Tag of the one field of `ArrayValue` (AnyValue) and of `KeyValueList` (KeyValue): `repeated values = 1`.
@usableFromInline package enum ValueListTag {
    /// `repeated AnyValue values = 1` or `repeated KeyValue values = 1`.
    @inlinable package static var values: UInt32 { 0x0A }
}

/// Tags of `google.rpc.Status`, the body of an OTLP/HTTP error answer.
@usableFromInline package enum RPCStatusTag {
    /// `int32 code = 1`.
    @inlinable package static var code: UInt32 { 0x08 }
    /// `string message = 2`.
    @inlinable package static var message: UInt32 { 0x12 }
}
