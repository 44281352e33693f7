/// Every setting of a client with its value, checked: what the rest of the SDK works from.
struct ResolvedConfiguration: Sendable {
    /// How one signal is exported.
    struct Export: Sendable {
        /// The complete address.
        var destination: ExportDestination
        /// Valid names and values.
        var headers: [(name: String, value: String)]
        var compression: ExportCompression
        /// Positive.
        var requestTimeout: Duration
        var protocolFormat: ProtocolFormat
    }

    /// How one signal is batched.
    struct Batching: Sendable, Equatable {
        /// 1 … `queueLimit`.
        var batchSize: Int
        /// Positive.
        var queueLimit: Int
        /// Positive.
        var flushInterval: Duration
        /// Positive: the longest the export of one batch may take, retries included.
        var exportTimeout: Duration
    }

    /// How much one record may hold, all zero or more.
    struct Limits: Sendable, Equatable {
        /// Attributes of a span.
        var attributes: Int
        /// Bytes of a string value of a span; nil without limit.
        var attributeValueLength: Int?
        var events: Int
        var links: Int
        var attributesPerEvent: Int
        var attributesPerLink: Int
        /// Attributes of an event or a log record.
        var logAttributes: Int
        /// Bytes of a string value of an event or a log record; nil without limit.
        var logAttributeValueLength: Int?
        /// Characters of the body of a log record.
        var logBodyLength: Int
        /// Characters of the message of an error, as an event and as a status.
        var errorMessageLength: Int
    }

    /// Whether the client records, and who said so.
    var enablement: TelemetryStatus.Enablement
    var isVerbose: Bool
    var backend: TelemetryBackend

    /// The attributes of the resource, complete: each key once.
    var resource: Attributes

    var traces: Export
    var metrics: Export
    var logs: Export
    /// Bodies larger than this are compressed, if at all.
    var compressionThreshold: Int
    var retry: RetryPolicy

    var spanBatching: Batching
    var logBatching: Batching
    /// The encoded bytes of one signal that may be queued; positive.
    var queueByteLimit: Int
    var overflow: TelemetryConfiguration.OverflowPolicy
    var exportMode: TelemetryConfiguration.ExportMode

    /// Positive.
    var metricInterval: Duration
    /// Positive.
    var metricTimeout: Duration
    var temporality: AggregationTemporality
    var exportsSelfMetrics: Bool

    var sampler: Sampler
    var limits: Limits
    var privacy: PrivacySettings

    /// Where each setting came from, by the name of its field in `TelemetryConfiguration`, such as `traces.endpoint`.
    var origins: [String: ConfigurationOrigin]
}
