// Fields of the messages that all signals have, and of log records. Source:
// open-telemetry/opentelemetry-proto `opentelemetry/proto/{collector,common,resource,logs}/**`.

extension JSONMessage {
    /// `Export…PartialSuccess` of all signals: the counts are one field with three names.
    internal static var partialSuccessFields: [JSONField] {
        [
            .member("rejectedLogRecords", ExportLogsPartialSuccessTag.rejectedLogRecords, .int64),
            .member("rejectedSpans", ExportLogsPartialSuccessTag.rejectedLogRecords, .int64),
            .member("rejectedDataPoints", ExportLogsPartialSuccessTag.rejectedLogRecords, .int64),
            JSONField("errorMessage", ExportLogsPartialSuccessTag.errorMessage, .string),
        ]
    }

    /// `google.rpc.Status`.
    internal static var rpcStatusFields: [JSONField] {
        [
            JSONField("code", RPCStatusTag.code, .enumeration),
            JSONField("message", RPCStatusTag.message, .string),
        ]
    }

    /// Attributes, their values, resources and scopes.
    internal var commonFields: [JSONField] {
        switch self {
        case .keyValue:
            [
                JSONField("key", KeyValueTag.key, .string),
                JSONField("value", KeyValueTag.value, .message, message: .anyValue),
            ]
        case .anyValue:
            [
                .member("stringValue", AnyValueTag.string, .string),
                .member("intValue", AnyValueTag.int, .int64),
                .member("doubleValue", AnyValueTag.double, .double),
                .member("boolValue", AnyValueTag.bool, .bool),
                .member("arrayValue", AnyValueTag.array, .arrayValue),
                .member("kvlistValue", AnyValueTag.keyValueList, .keyValueList),
                .member("bytesValue", AnyValueTag.bytes, .base64),
            ]
        case .arrayValue: [.messages("values", ValueListTag.values, .anyValue)]
        case .keyValueList: [.messages("values", ValueListTag.values, .keyValue)]
        case .resource:
            [
                .attributes(ResourceTag.attributes),
                JSONField("droppedAttributesCount", ResourceTag.droppedAttributesCount, .uint32),
            ]
        default:
            [
                JSONField("name", InstrumentationScopeTag.name, .string),
                JSONField("version", InstrumentationScopeTag.version, .string),
                .attributes(InstrumentationScopeTag.attributes),
                JSONField("droppedAttributesCount", InstrumentationScopeTag.droppedAttributesCount, .uint32),
            ]
        }
    }

    /// The messages that hold items, by resource and by scope; those of all signals are numbered alike.
    internal var groupFields: [JSONField] {
        let schemaURL = JSONField("schemaUrl", ScopeLogsTag.schemaURL, .string)
        let resource = JSONField("resource", ResourceLogsTag.resource, .message, message: .resource)
        let scope = JSONField("scope", ScopeLogsTag.scope, .message, message: .scope)
        return switch self {
        case .resourceLogs: [resource, .messages("scopeLogs", ResourceLogsTag.scopeLogs, .scopeLogs), schemaURL]
        case .resourceSpans: [resource, .messages("scopeSpans", ResourceLogsTag.scopeLogs, .scopeSpans), schemaURL]
        case .resourceMetrics:
            [resource, .messages("scopeMetrics", ResourceLogsTag.scopeLogs, .scopeMetrics), schemaURL]
        case .scopeLogs: [scope, .messages("logRecords", ScopeLogsTag.logRecords, .logRecord), schemaURL]
        case .scopeSpans: [scope, .messages("spans", ScopeLogsTag.logRecords, .span), schemaURL]
        default: [scope, .messages("metrics", ScopeLogsTag.logRecords, .metric), schemaURL]
        }
    }

    /// `LogRecord`.
    internal static var logRecordFields: [JSONField] {
        [
            JSONField("timeUnixNano", LogRecordTag.timeUnixNano, .fixed64),
            JSONField("observedTimeUnixNano", LogRecordTag.observedTimeUnixNano, .fixed64),
            JSONField("severityNumber", LogRecordTag.severityNumber, .enumeration),
            JSONField("severityText", LogRecordTag.severityText, .string),
            JSONField("body", LogRecordTag.body, .message, message: .anyValue),
            .attributes(LogRecordTag.attributes),
            JSONField("droppedAttributesCount", LogRecordTag.droppedAttributesCount, .uint32),
            JSONField("flags", LogRecordTag.flags, .fixed32),
            JSONField("traceId", LogRecordTag.traceID, .hexadecimal),
            JSONField("spanId", LogRecordTag.spanID, .hexadecimal),
            JSONField("eventName", LogRecordTag.eventName, .string),
        ]
    }
}
