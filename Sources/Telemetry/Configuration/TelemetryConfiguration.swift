/// The settings of a `Telemetry` client, as far as the program wants to say them.
///
/// A field that is nil is not said: the environment decides, and after it the default. What is said here always wins.
/// The variables are those of OpenTelemetry (https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/)
/// and, for what it has no name for, `TELEMETRY_…`; a variable that is empty is not set, and one that cannot be used is
/// warned about once and passed over.
///
/// The defaults are those of OpenTelemetry's batching processors: batches of 512 from a queue of 2,048, for logs one
/// second apart at most, for spans five (https://opentelemetry.io/docs/specs/otel/logs/sdk/#batching-processor).
public struct TelemetryConfiguration: Sendable {
    /// What happens to an item when the queue is full.
    public enum OverflowPolicy: Sendable, Equatable {
        /// The new item is refused and counted; the caller never waits.
        case dropNewest
        /// The caller waits until there is room or the client is shut down.
        case wait
    }

    /// When full or old batches are sent.
    public enum ExportMode: Sendable, Equatable {
        /// When a batch is full, when the flush interval has passed, and on flush.
        case automatic
        /// On flush and shutdown only: for programs that choose their own quiet moments.
        case manual
    }

    // MARK: - The program

    /// The name of the program, sent as `service.name`.
    ///
    /// Not empty. `OTEL_SERVICE_NAME`, or `service.name` in `OTEL_RESOURCE_ATTRIBUTES`; by default
    /// `unknown_service:` and the name of the executable.
    public var projectName: String?
    /// The version of the program, sent as `service.version`.
    public var projectVersion: String?
    /// Attributes of the resource, sent once a request.
    ///
    /// They win over those of `OTEL_RESOURCE_ATTRIBUTES`, and these over what the SDK finds out by itself; `service.name`
    /// and `service.version` come from the fields above if these are said.
    public var resourceAttributes: Attributes = [:]
    /// Who uses the program, sent as `user.id`; by default it is not sent.
    ///
    /// Choose something that is no name: it is sent as it is.
    public var userID: String?
    /// Which run of the program this is, sent as `session.id`; by default a random UUID.
    public var sessionID: String?

    // MARK: - Whether anything is recorded

    /// Whether anything is recorded; when false every call is a cheap no-op.
    ///
    /// Not said, it is false if `OTEL_SDK_DISABLED` is `true`; else what `TELEMETRY_ENABLED` says; else false if the
    /// opt-out file exists or the process runs in continuous integration; else true.
    public var isEnabled: Bool?
    /// The file that switches the client off by being there, `~/.telemetry-opt-out` by default.
    ///
    /// `TELEMETRY_OPT_OUT_FILE`.
    public var optOutFile: String?
    /// Which data is kept from leaving the process; on by default.
    ///
    /// `TELEMETRY_PRIVACY`: `on` or `off`.
    public var privacy: PrivacySettings?
    /// Whether the client says on standard error what became of each request.
    ///
    /// `TELEMETRY_VERBOSE`; false by default.
    public var isVerbose: Bool?

    // MARK: - Export

    /// What the client delivers to.
    ///
    /// `TELEMETRY_BACKEND`; OTLP by default.
    public var backend: TelemetryBackend?
    /// The receiver's base address; `/v1/logs`, `/v1/traces` and `/v1/metrics` are appended to it.
    ///
    /// `OTEL_EXPORTER_OTLP_ENDPOINT`; `http://localhost:4318` by default.
    public var endpoint: String?
    /// Headers of every request, by name.
    ///
    /// `OTEL_EXPORTER_OTLP_HEADERS`; none by default.
    public var headers: [String: String]?
    /// How bodies are compressed.
    ///
    /// `OTEL_EXPORTER_OTLP_COMPRESSION`; not by default.
    public var compression: ExportCompression?
    /// The size in bytes from which bodies are compressed; 1,024 by default.
    ///
    /// Zero or more.
    public var compressionThreshold: Int?
    /// The longest a single request may take, answer included.
    ///
    /// Positive. `OTEL_EXPORTER_OTLP_TIMEOUT`; 10 s by default.
    public var requestTimeout: Duration?
    /// The encoding of requests.
    ///
    /// `OTEL_EXPORTER_OTLP_PROTOCOL`; protobuf by default.
    public var protocolFormat: ProtocolFormat?
    /// What is different for traces; `OTEL_EXPORTER_OTLP_TRACES_…`.
    public var traces = Export()
    /// What is different for metrics; `OTEL_EXPORTER_OTLP_METRICS_…`.
    public var metrics = Export()
    /// What is different for logs and events; `OTEL_EXPORTER_OTLP_LOGS_…`.
    public var logs = Export()
    /// How failed requests are repeated.
    public var retry: RetryPolicy = RetryPolicy()
    /// What speaks to `https://` endpoints; without it they are refused.
    ///
    /// The library `TelemetryURLSession` has one.
    public var secureTransport: SecureTransportFactory?

    // MARK: - Batching

    /// The number of items that are sent in one request at most.
    ///
    /// 1 … `queueLimit`. `OTEL_BSP_MAX_EXPORT_BATCH_SIZE` for spans, `OTEL_BLRP_MAX_EXPORT_BATCH_SIZE` for logs, then
    /// `TELEMETRY_BATCH_SIZE`; 512 by default, or the queue limit if that is lower.
    public var batchSize: Int?
    /// How long an item waits for its batch to fill.
    ///
    /// Positive. `OTEL_BSP_SCHEDULE_DELAY` for spans, `OTEL_BLRP_SCHEDULE_DELAY` for logs, then
    /// `TELEMETRY_FLUSH_INTERVAL` (seconds, or `250ms`); by default 5 s for spans and 1 s for logs.
    public var flushInterval: Duration?
    /// The number of items of a signal that may wait or be in flight at a time.
    ///
    /// Positive. `OTEL_BSP_MAX_QUEUE_SIZE` for spans, `OTEL_BLRP_MAX_QUEUE_SIZE` for logs; 2,048 by default.
    public var queueLimit: Int?
    /// The encoded bytes of a signal that may wait or be in flight at a time; 64 MiB by default.
    ///
    /// Positive.
    public var queueByteLimit: Int?
    /// What happens when the queue is full; the new item is dropped by default.
    public var overflow: OverflowPolicy?
    /// When batches are sent; automatically by default.
    public var exportMode: ExportMode?
    /// What is different for spans.
    public var spanBatching = Batching()
    /// What is different for logs and events.
    public var logBatching = Batching()

    // MARK: - Metrics

    /// How often metrics are collected and exported.
    ///
    /// Positive. `OTEL_METRIC_EXPORT_INTERVAL`; 60 s by default.
    public var metricInterval: Duration?
    /// The longest one export of metrics may take, retries included.
    ///
    /// Positive. `OTEL_METRIC_EXPORT_TIMEOUT`; 30 s by default.
    public var metricTimeout: Duration?
    /// What sums and histograms cover.
    ///
    /// `OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE`; cumulative by default.
    public var temporality: AggregationTemporality?
    /// Whether what the client counts of itself is exported too, as the metrics `otel.sdk.*`.
    ///
    /// `TELEMETRY_SELF_METRICS`; false by default. `selfMetrics` has them at any time.
    public var exportsSelfMetrics: Bool?

    // MARK: - Traces and limits

    /// Which traces are recorded.
    ///
    /// `OTEL_TRACES_SAMPLER` and `OTEL_TRACES_SAMPLER_ARG`; by default every trace whose parent is.
    public var sampler: Sampler?
    /// How much one record may hold.
    public var limits = RecordLimits()

    /// Makes settings that say where to send to, or nothing at all.
    ///
    /// - Parameters:
    ///   - projectName: The name of the program; checked when the client is made.
    ///   - endpoint: The receiver's base address, `http://host:port`.
    public init(projectName: String? = nil, endpoint: String? = nil) {
        self.projectName = projectName
        self.endpoint = endpoint
    }
}
