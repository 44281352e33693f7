/// The messages of OTLP, as they are read as JSON and as ``WireSchema`` describes them in protobuf.
///
/// Source of their fields: open-telemetry/opentelemetry-proto `opentelemetry/proto/**`; a name in JSON is the field's in
/// lowerCamelCase, and the only one accepted.
package enum JSONMessage: Int, CaseIterable, Sendable {
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
    internal var fields: [JSONField] {
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
