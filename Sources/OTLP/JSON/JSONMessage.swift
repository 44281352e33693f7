/// The messages of OTLP that can be read as JSON.
///
/// Source of their fields: open-telemetry/opentelemetry-proto `opentelemetry/proto/**`; a name in JSON is the field's in
/// lowerCamelCase, and the only one accepted.
internal enum JSONMessage: Int, CaseIterable {
    /// No message.
    case none
    /// `ExportLogsServiceRequest`.
    case exportLogs
    /// `ExportTraceServiceRequest`.
    case exportTraces
    /// `ExportMetricsServiceRequest`.
    case exportMetrics
    /// The answers to these: `Export…ServiceResponse`.
    case exportResponse
    /// `Export…PartialSuccess`.
    case partialSuccess
    /// `google.rpc.Status`.
    case rpcStatus
    /// `KeyValue`.
    case keyValue
    /// `AnyValue`.
    case anyValue
    /// `ArrayValue`.
    case arrayValue
    /// `KeyValueList`.
    case keyValueList
    /// `Resource`.
    case resource
    /// `InstrumentationScope`.
    case scope
    /// `ResourceLogs`.
    case resourceLogs
    /// `ScopeLogs`.
    case scopeLogs
    /// `LogRecord`.
    case logRecord
    /// `ResourceSpans`.
    case resourceSpans
    /// `ScopeSpans`.
    case scopeSpans
    /// `Span`.
    case span
    /// `Span.Event`.
    case spanEvent
    /// `Span.Link`.
    case spanLink
    /// `Status`.
    case spanStatus
    /// `ResourceMetrics`.
    case resourceMetrics
    /// `ScopeMetrics`.
    case scopeMetrics
    /// `Metric`.
    case metric
    /// `Gauge`.
    case gauge
    /// `Sum`.
    case sum
    /// `Histogram`.
    case histogram
    /// `ExponentialHistogram`.
    case exponentialHistogram
    /// `Summary`.
    case summary
    /// `NumberDataPoint`.
    case numberDataPoint
    /// `HistogramDataPoint`.
    case histogramDataPoint
    /// `ExponentialHistogramDataPoint`.
    case exponentialHistogramDataPoint
    /// `ExponentialHistogramDataPoint.Buckets`.
    case exponentialBuckets
    /// `SummaryDataPoint`.
    case summaryDataPoint
    /// `SummaryDataPoint.ValueAtQuantile`.
    case valueAtQuantile
    /// `Exemplar`.
    case exemplar

    /// The fields, those that are most likely to come next one behind the other.
    fileprivate var fields: [JSONField] {
        switch self {
        case .none: []
        case .exportLogs: [.messages("resourceLogs", ExportLogsRequestTag.resourceLogs, .resourceLogs)]
        case .exportTraces: [.messages("resourceSpans", ExportLogsRequestTag.resourceLogs, .resourceSpans)]
        case .exportMetrics: [.messages("resourceMetrics", ExportLogsRequestTag.resourceLogs, .resourceMetrics)]
        case .exportResponse:
            [JSONField("partialSuccess", ExportLogsResponseTag.partialSuccess, .message, message: .partialSuccess)]
        case .partialSuccess: Self.partialSuccessFields
        case .rpcStatus: Self.rpcStatusFields
        case .keyValue, .anyValue, .arrayValue, .keyValueList, .resource, .scope: commonFields
        case .resourceLogs, .scopeLogs, .resourceSpans, .scopeSpans, .resourceMetrics, .scopeMetrics: groupFields
        case .logRecord: Self.logRecordFields
        case .span: Self.spanFields
        case .spanEvent, .spanLink, .spanStatus: spanPartFields
        case .metric: Self.metricFields
        case .gauge, .sum, .histogram, .exponentialHistogram, .summary: metricDataFields
        case .numberDataPoint: Self.numberDataPointFields
        case .histogramDataPoint: Self.histogramDataPointFields
        case .exponentialHistogramDataPoint: Self.exponentialHistogramDataPointFields
        case .exponentialBuckets, .summaryDataPoint, .valueAtQuantile, .exemplar: dataPointPartFields
        }
    }
}

/// The fields of all messages in one piece of memory, looked up by name.
internal struct JSONSchema: Sendable {
    /// The one schema; never freed.
    internal static let shared = JSONSchema()

    // Safe: written once, before the schema is shared.
    nonisolated(unsafe) private let fields: UnsafeMutablePointer<JSONField>
    nonisolated(unsafe) private let starts: UnsafeMutablePointer<Int>

    private init() {
        let messages = JSONMessage.allCases.map(\.fields)
        fields = .allocate(capacity: messages.reduce(0) { $0 + $1.count })
        starts = .allocate(capacity: messages.count + 1)
        var count = 0
        for (index, message) in messages.enumerated() {
            // A message's fields are told apart by the bits of one word.
            precondition(message.count < 32, "a message has too many fields")
            starts[index] = count
            for field in message {
                (fields + count).initialize(to: field)
                count += 1
            }
        }
        starts[messages.count] = count
    }

    /// Looks a field up.
    ///
    /// Hot path: senders write fields in one order, so the search begins behind the field found last.
    ///
    /// - Parameters:
    ///   - name: The name.
    ///   - message: The message.
    ///   - hint: Index at which to begin.
    /// - Returns: Index of the field in its message, and the field; nil when there is none of this name.
    @inline(__always)
    internal func field(_ name: OTLPText, of message: JSONMessage, from hint: Int) -> (index: Int, field: JSONField)? {
        let start = starts[message.rawValue]
        let count = starts[message.rawValue + 1] - start
        var index = hint
        for _ in 0..<count {
            if index >= count { index = 0 }
            let field = fields + start + index
            if field.pointee.nameCount == name.count, name.equals(field.pointee.nameStart) {
                return (index, field.pointee)
            }
            index += 1
        }
        return nil
    }
}

extension OTLPText {
    /// Whether the bytes are those at `other`, of which there are as many.
    @inline(__always)
    fileprivate func equals(_ other: UnsafePointer<UInt8>) -> Bool {
        for index in 0..<count where (start + index).load(as: UInt8.self) != other[index] { return false }
        return true
    }
}

// MARK: - Fields

extension JSONMessage {
    private static var partialSuccessFields: [JSONField] {
        [
            .member("rejectedLogRecords", ExportLogsPartialSuccessTag.rejectedLogRecords, .int64),
            .member("rejectedSpans", ExportLogsPartialSuccessTag.rejectedLogRecords, .int64),
            .member("rejectedDataPoints", ExportLogsPartialSuccessTag.rejectedLogRecords, .int64),
            JSONField("errorMessage", ExportLogsPartialSuccessTag.errorMessage, .string),
        ]
    }

    private static var rpcStatusFields: [JSONField] {
        [
            JSONField("code", RPCStatusTag.code, .enumeration),
            JSONField("message", RPCStatusTag.message, .string),
        ]
    }

    private var commonFields: [JSONField] {
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

    private var groupFields: [JSONField] {
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

    private static var logRecordFields: [JSONField] {
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

    private static var spanFields: [JSONField] {
        [
            JSONField("traceId", SpanTag.traceID, .hexadecimal),
            JSONField("spanId", SpanTag.spanID, .hexadecimal),
            JSONField("traceState", SpanTag.traceState, .string),
            JSONField("parentSpanId", SpanTag.parentSpanID, .hexadecimal),
            JSONField("name", SpanTag.name, .string),
            JSONField("kind", SpanTag.kind, .enumeration),
            JSONField("startTimeUnixNano", SpanTag.startTimeUnixNano, .fixed64),
            JSONField("endTimeUnixNano", SpanTag.endTimeUnixNano, .fixed64),
            .attributes(SpanTag.attributes),
            JSONField("droppedAttributesCount", SpanTag.droppedAttributesCount, .uint32),
            .messages("events", SpanTag.events, .spanEvent),
            JSONField("droppedEventsCount", SpanTag.droppedEventsCount, .uint32),
            .messages("links", SpanTag.links, .spanLink),
            JSONField("droppedLinksCount", SpanTag.droppedLinksCount, .uint32),
            JSONField("status", SpanTag.status, .message, message: .spanStatus),
            JSONField("flags", SpanTag.flags, .fixed32),
        ]
    }

    private var spanPartFields: [JSONField] {
        switch self {
        case .spanEvent:
            [
                JSONField("timeUnixNano", SpanEventTag.timeUnixNano, .fixed64),
                JSONField("name", SpanEventTag.name, .string),
                .attributes(SpanEventTag.attributes),
                JSONField("droppedAttributesCount", SpanEventTag.droppedAttributesCount, .uint32),
            ]
        case .spanLink:
            [
                JSONField("traceId", SpanLinkTag.traceID, .hexadecimal),
                JSONField("spanId", SpanLinkTag.spanID, .hexadecimal),
                JSONField("traceState", SpanLinkTag.traceState, .string),
                .attributes(SpanLinkTag.attributes),
                JSONField("droppedAttributesCount", SpanLinkTag.droppedAttributesCount, .uint32),
                JSONField("flags", SpanLinkTag.flags, .fixed32),
            ]
        default:
            [
                JSONField("message", SpanStatusTag.message, .string),
                JSONField("code", SpanStatusTag.code, .enumeration),
            ]
        }
    }

    private static var metricFields: [JSONField] {
        [
            JSONField("name", MetricTag.name, .string),
            JSONField("description", MetricTag.description, .string),
            JSONField("unit", MetricTag.unit, .string),
            .member("gauge", MetricTag.gauge, .gauge),
            .member("sum", MetricTag.sum, .sum),
            .member("histogram", MetricTag.histogram, .histogram),
            .member("exponentialHistogram", MetricTag.exponentialHistogram, .exponentialHistogram),
            .member("summary", MetricTag.summary, .summary),
            .messages("metadata", MetricTag.metadata, .keyValue),
        ]
    }

    private var metricDataFields: [JSONField] {
        let tag = MetricDataTag.dataPoints
        let temporality = JSONField("aggregationTemporality", MetricDataTag.aggregationTemporality, .enumeration)
        return switch self {
        case .gauge: [.messages("dataPoints", tag, .numberDataPoint)]
        case .sum:
            [
                .messages("dataPoints", tag, .numberDataPoint), temporality,
                JSONField("isMonotonic", MetricDataTag.isMonotonic, .bool),
            ]
        case .histogram: [.messages("dataPoints", tag, .histogramDataPoint), temporality]
        case .exponentialHistogram: [.messages("dataPoints", tag, .exponentialHistogramDataPoint), temporality]
        default: [.messages("dataPoints", tag, .summaryDataPoint)]
        }
    }

    private static var numberDataPointFields: [JSONField] {
        [
            .attributes(NumberDataPointTag.attributes),
            JSONField("startTimeUnixNano", NumberDataPointTag.startTimeUnixNano, .fixed64),
            JSONField("timeUnixNano", NumberDataPointTag.timeUnixNano, .fixed64),
            .member("asDouble", NumberDataPointTag.asDouble, .double),
            .member("asInt", NumberDataPointTag.asInt, .sfixed64),
            .messages("exemplars", NumberDataPointTag.exemplars, .exemplar),
            JSONField("flags", NumberDataPointTag.flags, .uint32),
        ]
    }

    private static var histogramDataPointFields: [JSONField] {
        [
            .attributes(HistogramDataPointTag.attributes),
            JSONField("startTimeUnixNano", HistogramDataPointTag.startTimeUnixNano, .fixed64),
            JSONField("timeUnixNano", HistogramDataPointTag.timeUnixNano, .fixed64),
            JSONField("count", HistogramDataPointTag.count, .fixed64),
            JSONField("sum", HistogramDataPointTag.sum, .double),
            JSONField("bucketCounts", HistogramDataPointTag.bucketCounts, .fixed64, isRepeated: true),
            JSONField("explicitBounds", HistogramDataPointTag.explicitBounds, .double, isRepeated: true),
            .messages("exemplars", HistogramDataPointTag.exemplars, .exemplar),
            JSONField("flags", HistogramDataPointTag.flags, .uint32),
            JSONField("min", HistogramDataPointTag.min, .double),
            JSONField("max", HistogramDataPointTag.max, .double),
        ]
    }

    private static var exponentialHistogramDataPointFields: [JSONField] {
        [
            .attributes(ExponentialHistogramDataPointTag.attributes),
            JSONField("startTimeUnixNano", ExponentialHistogramDataPointTag.startTimeUnixNano, .fixed64),
            JSONField("timeUnixNano", ExponentialHistogramDataPointTag.timeUnixNano, .fixed64),
            JSONField("count", ExponentialHistogramDataPointTag.count, .fixed64),
            JSONField("sum", ExponentialHistogramDataPointTag.sum, .double),
            JSONField("scale", ExponentialHistogramDataPointTag.scale, .sint32),
            JSONField("zeroCount", ExponentialHistogramDataPointTag.zeroCount, .fixed64),
            JSONField("positive", ExponentialHistogramDataPointTag.positive, .message, message: .exponentialBuckets),
            JSONField("negative", ExponentialHistogramDataPointTag.negative, .message, message: .exponentialBuckets),
            JSONField("flags", ExponentialHistogramDataPointTag.flags, .uint32),
            .messages("exemplars", ExponentialHistogramDataPointTag.exemplars, .exemplar),
            JSONField("min", ExponentialHistogramDataPointTag.min, .double),
            JSONField("max", ExponentialHistogramDataPointTag.max, .double),
            JSONField("zeroThreshold", ExponentialHistogramDataPointTag.zeroThreshold, .double),
        ]
    }

    private var dataPointPartFields: [JSONField] {
        switch self {
        case .exponentialBuckets:
            [
                JSONField("offset", ExponentialBucketsTag.offset, .sint32),
                JSONField("bucketCounts", ExponentialBucketsTag.bucketCounts, .uint64, isRepeated: true),
            ]
        case .summaryDataPoint:
            [
                .attributes(SummaryDataPointTag.attributes),
                JSONField("startTimeUnixNano", SummaryDataPointTag.startTimeUnixNano, .fixed64),
                JSONField("timeUnixNano", SummaryDataPointTag.timeUnixNano, .fixed64),
                JSONField("count", SummaryDataPointTag.count, .fixed64),
                JSONField("sum", SummaryDataPointTag.sum, .double),
                .messages("quantileValues", SummaryDataPointTag.quantileValues, .valueAtQuantile),
                JSONField("flags", SummaryDataPointTag.flags, .uint32),
            ]
        case .valueAtQuantile:
            [
                JSONField("quantile", ValueAtQuantileTag.quantile, .double),
                JSONField("value", ValueAtQuantileTag.value, .double),
            ]
        default:
            [
                .messages("filteredAttributes", ExemplarTag.filteredAttributes, .keyValue),
                JSONField("timeUnixNano", ExemplarTag.timeUnixNano, .fixed64),
                .member("asDouble", ExemplarTag.asDouble, .double),
                .member("asInt", ExemplarTag.asInt, .sfixed64),
                JSONField("spanId", ExemplarTag.spanID, .hexadecimal),
                JSONField("traceId", ExemplarTag.traceID, .hexadecimal),
            ]
        }
    }
}
